"""What every connection of one server shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from siso_local.realtime.access import Access
from siso_local.realtime.authorisation import Authorisation
from siso_local.realtime.listener import Listener
from siso_local.realtime.options import Options
from siso_local.realtime.rates import Rate
from siso_local.realtime.rooms import Rooms

if TYPE_CHECKING:
    from siso_local.realtime.connection import ClientConnection


@dataclass
class Context:
    options: Options
    access: Access
    authorisation: Authorisation
    rooms: Rooms
    listener: Listener
    joins: Rate
    connections: int = 0
    stopping: bool = False
    sockets: set[ClientConnection] = field(default_factory=set)
