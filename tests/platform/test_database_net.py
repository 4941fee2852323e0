"""pg_net and the runner: what `net.http_post` queues goes out once, byte for byte, and its answer is kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from siso_local.postgres import Cluster
from tests.platform.database_support import (
    Receiver,
    Runner,
    connect,
    eventually,
    new_platform,
    receiving,
    rows,
    running,
    value,
)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def db(fresh_runner: Runner) -> Iterator[psycopg.Connection]:
    with connect(fresh_runner.settings) as connection:
        yield connection


def response(db: psycopg.Connection, request_id: int) -> dict[str, Any]:
    query = """
        select jsonb_build_object(
            'status', status_code, 'type', content_type, 'content', content, 'timed_out', timed_out,
            'error', error_msg, 'headers', headers
        )
        from net._http_response where id = %s
    """
    found: dict[str, Any] = eventually(lambda: rows(db, query, request_id))[0][0]
    return found


def test_a_post_arrives_byte_for_byte(db: psycopg.Connection, receiver: Receiver) -> None:
    body = '{"z": 1, "a": ["ü", "€", "\\\\", null, 1.50], "": {"nested": true}}'
    sent = value(db, "select convert_to(%s::jsonb::text, 'UTF8')", body)
    request_id = value(
        db,
        "select net.http_post(url := %s, body := %s::jsonb, headers := %s::jsonb)",
        receiver.url("/bytes"),
        body,
        json.dumps({"X-One": "1", "content-type": "application/json"}),
    )
    assert response(db, request_id)["status"] == 200
    (request,) = receiver.got("/bytes")
    assert request.method == "POST"
    assert request.body == sent
    assert request.headers["content-type"] == "application/json"
    assert request.headers["x-one"] == "1"
    assert request.headers["content-length"] == str(len(sent))


def test_a_signature_over_the_text_holds_at_the_receiver(db: psycopg.Connection, receiver: Receiver) -> None:
    value(
        db,
        """
        select net.http_post(
            url := %s, body := b.body,
            headers := jsonb_build_object(
                'webhook-signature',
                encode(extensions.hmac(convert_to(b.body::text, 'UTF8'), '\\x6b', 'sha256'), 'base64')
            )
        )
        from (select jsonb_build_object('ids', jsonb_build_array(1, 2), 'name', 'größe') as body) as b
        """,
        receiver.url("/signed"),
    )
    (request,) = eventually(lambda: receiver.got("/signed"))
    expected = base64.b64encode(hmac.digest(b"k", request.body, hashlib.sha256)).decode()
    assert request.headers["webhook-signature"] == expected
    assert request.headers["content-type"] == "application/json"


def test_the_answer_is_kept(db: psycopg.Connection, receiver: Receiver) -> None:
    answer = response(db, value(db, "select net.http_get(%s)", receiver.url("/answer")))
    assert answer["content"] == "größe"
    assert answer["type"] == "text/plain"
    assert answer["headers"]["content-type"] == "text/plain"
    assert answer["timed_out"] is False
    assert answer["error"] is None


def test_parameters_are_encoded(db: psycopg.Connection, receiver: Receiver) -> None:
    url = receiver.url("/params?first=1")
    response(db, value(db, "select net.http_get(%s, %s::jsonb)", url, json.dumps({"a b": "ü&=?/~"})))
    assert receiver.got("/params")[0].path == "/params?first=1&a%20b=%C3%BC%26%3D%3F%2F~"


def test_delete_may_have_a_body(db: psycopg.Connection, receiver: Receiver) -> None:
    response(db, value(db, "select net.http_delete(%s, body := '{\"a\": 1}')", receiver.url("/delete")))
    (request,) = receiver.got("/delete")
    assert (request.method, request.body) == ("DELETE", b'{"a": 1}')


def test_a_slow_server_delays_nobody_else(db: psycopg.Connection, receiver: Receiver) -> None:
    slow = value(db, "select net.http_post(%s, timeout_milliseconds := 60000)", receiver.url("/held"))
    quick = value(db, "select net.http_post(%s)", receiver.url("/quick"))
    assert response(db, quick)["status"] == 200
    assert rows(db, "select id from net._http_response where id = %s", slow) == []
    receiver.release.set()
    assert response(db, slow)["status"] == 200


def test_a_silent_server_times_out(db: psycopg.Connection, receiver: Receiver) -> None:
    answer = response(db, value(db, "select net.http_post(%s, timeout_milliseconds := 700)", receiver.url("/held")))
    assert answer["timed_out"] is True
    assert answer["status"] is None
    assert "Timeout of 700 ms reached" in answer["error"]


def test_nothing_is_sent_twice(db: psycopg.Connection, receiver: Receiver) -> None:
    failing = value(db, "select net.http_post(%s)", receiver.url("/fail"))
    late = value(db, "select net.http_post(%s, timeout_milliseconds := 300)", receiver.url("/slow-once"))
    nowhere = value(db, "select net.http_post('http://127.0.0.1:9/')")
    assert response(db, failing)["status"] == 500
    assert response(db, late)["timed_out"] is True
    assert response(db, nowhere)["error"]
    time.sleep(2.5)  # longer than the runner's poll
    assert len(receiver.got("/fail")) == 1
    assert len(receiver.got("/slow-once")) == 1
    assert value(db, "select count(*) from net._http_response where id = any (%s)", [failing, late, nowhere]) == 3


def test_a_rolled_back_transaction_sends_nothing(db: psycopg.Connection, receiver: Receiver) -> None:
    with pytest.raises(ZeroDivisionError), db.transaction():
        value(db, "select net.http_post(%s)", receiver.url("/rolled-back"))
        raise ZeroDivisionError
    response(db, value(db, "select net.http_post(%s)", receiver.url("/committed")))
    assert receiver.got("/rolled-back") == []


def test_hundreds_at_once_arrive_once_each(db: psycopg.Connection, receiver: Receiver) -> None:
    db.execute(
        "select net.http_post(%s, jsonb_build_object('n', n)) from generate_series(1, 500) as n",
        [receiver.url("/many")],
    )
    eventually(lambda: len(receiver.got("/many")) >= 500, seconds=30)
    time.sleep(0.5)
    assert sorted(json.loads(request.body)["n"] for request in receiver.got("/many")) == list(range(1, 501))


@pytest.mark.parametrize("url", ["nonsense", "ftp://127.0.0.1/", "http://", "http://127.0.0.1:99999/", "http://[/"])
def test_a_bad_address_is_an_answer_with_an_error(db: psycopg.Connection, url: str) -> None:
    assert response(db, value(db, "select net.http_post(%s)", url))["error"]


def test_a_bad_header_is_an_answer_with_an_error(db: psycopg.Connection, receiver: Receiver) -> None:
    headers = json.dumps({"x": "a\r\nInjected: yes"})
    request_id = value(db, "select net.http_post(%s, headers := %s::jsonb)", receiver.url("/header"), headers)
    assert response(db, request_id)["error"]
    assert receiver.got("/header") == []


def test_another_content_type_is_refused(db: psycopg.Connection, receiver: Receiver) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match="Content-Type header must be"):
        value(db, 'select net.http_post(%s, headers := \'{"Content-Type": "text/plain"}\')', receiver.url("/"))


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role"])
def test_api_roles_may_call_it_as_on_hosted(db: psycopg.Connection, receiver: Receiver, role: str) -> None:
    with db.transaction():
        db.execute(f"set local role {role}".encode())
        value(db, "select net.http_post(%s)", receiver.url(f"/{role}"))
    assert eventually(lambda: receiver.got(f"/{role}"))


def test_answers_are_kept_for_six_hours(db: psycopg.Connection, fresh_runner: Runner, receiver: Receiver) -> None:
    db.execute("insert into net._http_response (id, created) values (-1, now() - interval '6 hours 1 minute')")
    db.execute("insert into net._http_response (id, created) values (-2, now() - interval '5 hours 59 minutes')")
    fresh_runner.stop()
    fresh_runner.start()  # it prunes with the first round
    response(db, value(db, "select net.http_post(%s)", receiver.url("/")))
    assert rows(db, "select id from net._http_response where id < 0") == [(-2,)]


def test_what_waits_is_sent_after_a_restart_of_either_side(
    tmp_path_factory: pytest.TempPathFactory, receiver: Receiver
) -> None:
    cluster: Cluster = new_platform(tmp_path_factory.mktemp("restart"))
    cluster.ensure()
    try:
        with connect(cluster.settings) as db:
            db.execute("create extension pg_net with schema extensions")
            db.execute("select net.http_post(%s)", [receiver.url("/before-the-runner")])
        with running(Runner(cluster.state, cluster.settings)) as runner:
            eventually(lambda: receiver.got("/before-the-runner"))
            cluster.stop()
            eventually(lambda: not runner.healthy())
            cluster.start()
            eventually(runner.healthy)
            with connect(cluster.settings) as db:
                db.execute("select net.http_post(%s)", [receiver.url("/after-the-restart")])
            eventually(lambda: receiver.got("/after-the-restart"))
            assert runner.stop() == 0
    finally:
        cluster.stop()
