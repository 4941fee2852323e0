"""Log lines of this part: ``log("event", "warning", field=value)``; the level may be left out."""

from __future__ import annotations

from functools import partial

from siso_local import web

PART = "realtime"
log = partial(web.log, PART)
