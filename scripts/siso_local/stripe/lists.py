"""Pages of lists, as v1 and v2 cut them, and expansion of ids into objects."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from siso_local.stripe.errors import invalid, no_such
from siso_local.stripe.store import Row
from siso_local.stripe.world import Call, World, public

DEFAULT_LIMIT, MAX_LIMIT = 10, 100


def _limit(call: Call) -> int:
    limit = int(call.params.get("limit", DEFAULT_LIMIT))
    if not 1 <= limit <= MAX_LIMIT:
        raise invalid(f"This value must be between 1 and {MAX_LIMIT}.", "parameter_invalid_integer", "limit")
    return limit


def page(call: Call, rows: list[Row], url: str) -> Row:
    """A v1 list: rows (newest first) filtered by ``created`` and cut by cursor and ``limit``."""
    limit = _limit(call)
    rows = [row for row in rows if _created_within(call.params.get("created"), row["created"])]
    after, before = _cursors(call)
    if after or before:
        place = next((index for index, row in enumerate(rows) if row["id"] in (after, before)), None)
        if place is None:
            raise _unknown_cursor(after, before)
        rows = rows[place + 1 :] if after else rows[:place]
    cut = rows[-limit:] if before else rows[:limit]
    return {"object": "list", "data": [public(row) for row in cut], "has_more": len(rows) > len(cut), "url": url}


def page_of(call: Call, kind: str, url: str, owner: str | None = None, **equal: Any) -> Row:
    """The same page, cut by the store: for kinds of which there may be very many."""
    limit = _limit(call)
    after, before = _cursors(call)
    limits = call.params.get("created")
    if limits is not None and not isinstance(limits, dict):
        limits = {"gte": limits, "lte": limits}
    rows = call.store.cut(
        kind,
        owner,
        equal,
        {name: int(value) for name, value in (limits or {}).items()},
        after or before,
        bool(before),
        limit + 1,
    )
    if rows is None:
        raise _unknown_cursor(after, before)
    cut = rows[:limit][::-1] if before else rows[:limit]
    return {"object": "list", "data": [public(row) for row in cut], "has_more": len(rows) > limit, "url": url}


def _cursors(call: Call) -> tuple[Any, Any]:
    after, before = call.params.get("starting_after"), call.params.get("ending_before")
    if after and before:
        raise invalid("You can use only one of starting_after and ending_before.")
    return after, before


def _unknown_cursor(after: Any, before: Any) -> Exception:
    return no_such("object", str(after or before), "starting_after" if after else "ending_before", status=400)


def _created_within(limits: Any, created: int) -> bool:
    if limits is None:
        return True
    if not isinstance(limits, dict):
        return created == int(limits)
    tests = {
        "gt": lambda limit: created > limit,
        "gte": lambda limit: created >= limit,
        "lt": lambda limit: created < limit,
        "lte": lambda limit: created <= limit,
    }
    return all(tests[name](int(limit)) for name, limit in limits.items())


def page_v2(call: Call, rows: list[Row], path: str, **filters: Any) -> Row:
    """A v2 list, newest first. The double's page token is the id after which the next page begins."""
    limit = _limit(call)
    token = call.params.get("page")
    if token:
        place = next((index for index, row in enumerate(rows) if row["id"] == token), None)
        if place is None:
            raise invalid("Invalid page token.", param="page")
        rows = rows[place + 1 :]
    more = len(rows) > limit
    query = urlencode({**filters, "limit": limit, "page": rows[limit - 1]["id"]}, doseq=True) if more else ""
    return {
        "data": [public(row) for row in rows[:limit]],
        "next_page_url": f"{path}?{query}" if more else None,
        "previous_page_url": None,
    }


def expand(world: World, body: Row, paths: list[str]) -> Row:
    """Replaces ids by the objects they name, at the paths that the caller asked for (``expand``)."""
    for path in paths:
        _expand_at(world, body, path.split("."), path)
    return body


def _expand_at(world: World, here: Any, parts: list[str], path: str) -> None:
    if isinstance(here, list):
        for item in here:
            _expand_at(world, item, parts, path)
        return
    name, rest = parts[0], parts[1:]
    if not isinstance(here, dict) or name not in here:
        raise invalid(f"This property cannot be expanded ({path}).", param="expand")
    if isinstance(here[name], str):
        found = world.any_view(here[name])
        if not found:
            raise invalid(f"This property cannot be expanded ({path}).", param="expand")
        here[name] = found
    if rest and here[name] is not None:
        _expand_at(world, here[name], rest, path)
