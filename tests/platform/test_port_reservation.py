"""A port that a part needs: held, waited for while it is lent to a connection, refused where somebody else listens."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from siso_local.errors import PlatformError
from siso_local.health import reserve
from siso_local.settings import HOST


def some_socket() -> tuple[socket.socket, int]:
    """Bound and not listening, as the near end of an outgoing connection."""
    bound = socket.socket()
    bound.bind((HOST, 0))
    return bound, bound.getsockname()[1]


def test_a_lent_port_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    """A connection that is half closed keeps it for longer than a moment."""
    lent, port = some_socket()
    began = time.monotonic()
    threading.Timer(4.0, lent.close).start()
    reserved = reserve(port, "db", 54320)
    assert time.monotonic() - began >= 4.0
    if reserved:
        reserved.close()
    assert capsys.readouterr().out.count(f"Port {port}, which db needs, is lent") == 1, "said once"


def test_a_port_of_another_program_is_refused_at_once() -> None:
    taken, port = some_socket()
    with taken:
        taken.listen()
        began = time.monotonic()
        with pytest.raises(PlatformError, match=f"Port {port}, which mail needs, is taken"):
            reserve(port, "mail", 54320)
        assert time.monotonic() - began < 3.0
