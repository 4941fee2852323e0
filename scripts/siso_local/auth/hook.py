"""The custom access token hook: a function of the project's database that may change the claims of a token."""

from __future__ import annotations

import re
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from siso_local.auth.errors import AuthError, unexpected
from siso_local.auth.http import Call
from siso_local.web import log

_URI = re.compile(r"pg-functions://postgres/(?P<schema>[A-Za-z_][\w$]*)/(?P<name>[A-Za-z_][\w$]*)")
_TIMEOUT = "2s"
# What a token must still say after the hook, and of which kind it must be.
_REQUIRED: dict[str, type | tuple[type, ...]] = {
    "aud": (str, list),
    "exp": int,
    "iat": int,
    "sub": str,
    "email": str,
    "phone": str,
    "role": str,
    "aal": str,
    "session_id": str,
    "is_anonymous": bool,
}


def _checked(claims: Any) -> dict[str, Any]:
    if not isinstance(claims, dict):
        raise unexpected("output claims field is missing")
    wrong = [name for name, kind in _REQUIRED.items() if not isinstance(claims.get(name), kind)]
    if wrong:
        raise unexpected(f"output claims do not conform to the expected schema: {', '.join(wrong)}")
    return claims


async def apply(call: Call, claims: dict[str, Any], method: str) -> dict[str, Any]:
    """The claims after the hook; unchanged where none is configured or its function is not there (yet).

    Raises what the function reports as ``error``, 422 ``hook_timeout`` after two seconds, and 500 for any failure.
    """
    found = _URI.fullmatch(call.config.hook_uri)
    if not found:
        return claims
    schema, name = found["schema"], found["name"]
    exists = await call.one(
        "select 1 as yes from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where n.nspname = %s and p.proname = %s and p.pronargs = 1",
        schema,
        name,
    )
    if exists is None:
        return claims
    event = {"user_id": claims["sub"], "claims": claims, "authentication_method": method}
    query = sql.SQL("select {}(%s::jsonb) as result").format(sql.Identifier(schema, name))
    try:
        async with call.db.transaction():
            await call.db.execute(sql.SQL("set local statement_timeout = {}").format(sql.Literal(_TIMEOUT)))
            row = await (await call.db.execute(query, (Jsonb(event),))).fetchone()
            await call.db.execute("set local statement_timeout to default")
    except psycopg.errors.QueryCanceled as error:
        raise AuthError(422, "hook_timeout", f"Hook {name} failed to respond within {_TIMEOUT}") from error
    except psycopg.Error as error:
        log("auth", "hook failed", "error", hook=name, sqlstate=error.sqlstate, reason=error.diag.message_primary)
        raise unexpected(f"Error running hook URI: {call.config.hook_uri}") from error
    result = row["result"] if row else None
    if not isinstance(result, dict):
        raise unexpected("The hook did not return an object")
    if result.get("error"):
        problem = result["error"] if isinstance(result["error"], dict) else {}
        status = problem.get("http_code")
        if not isinstance(status, int) or not 400 <= status < 600:
            status = 500
        raise AuthError(status, "unexpected_failure", str(problem.get("message", "Hook failed")))
    return _checked(result.get("claims"))
