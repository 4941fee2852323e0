"""The routes of Auth. The gateway strips ``/auth/v1``; both forms are served."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from siso_local.auth import account, admin, config, links, mfa, signin, verify
from siso_local.auth.access_log import AccessLog
from siso_local.auth.config import Config
from siso_local.auth.errors import AuthError, invalid
from siso_local.auth.http import Auth, Call, Database, Handler, Row, endpoint
from siso_local.auth.limits import Limits
from siso_local.settings import Settings

_POOL_SIZE = 10
_HEALTH_SECONDS = 2.0

_ENDPOINTS: list[tuple[str, str, Handler]] = [
    ("POST", "/signup", signin.signup),
    ("POST", "/token", signin.token),
    ("POST", "/otp", signin.otp),
    ("POST", "/magiclink", signin.otp),
    ("POST", "/recover", signin.recover),
    ("POST", "/resend", signin.resend),
    ("POST", "/verify", verify.verify),
    ("GET", "/verify", verify.follow_link),
    ("GET", "/user", account.get_user),
    ("PUT", "/user", account.update_user),
    ("GET", "/reauthenticate", account.reauthenticate),
    ("POST", "/logout", account.logout),
    ("POST", "/factors", mfa.enroll),
    ("POST", "/factors/{factor_id}/challenge", mfa.challenge),
    ("POST", "/factors/{factor_id}/verify", mfa.verify),
    ("DELETE", "/factors/{factor_id}", mfa.unenroll),
    ("POST", "/invite", links.invite),
    ("POST", "/admin/generate_link", links.generate_link),
    ("GET", "/admin/users", admin.list_users),
    ("POST", "/admin/users", admin.create_user),
    ("GET", "/admin/users/{user_id}", admin.get_user),
    ("PUT", "/admin/users/{user_id}", admin.update_user),
    ("DELETE", "/admin/users/{user_id}", admin.delete_user),
    ("GET", "/admin/users/{user_id}/factors", admin.list_factors),
    ("DELETE", "/admin/users/{user_id}/factors/{factor_id}", admin.delete_factor),
]


async def _authorize(call: Call) -> dict[str, Any]:
    raise invalid("Unsupported provider: provider is not enabled")


def _open_routes(auth: Auth) -> list[BaseRoute]:
    """What answers without a transaction."""

    async def jwks(_: Request) -> Response:
        key = {**auth.settings.public_jwk(), "key_ops": ["verify"], "ext": True}
        return JSONResponse({"keys": [key]}, headers={"cache-control": "public, max-age=600"})

    async def shown_settings(_: Request) -> Response:
        return JSONResponse(
            {
                "external": {"email": True, "phone": False, "anonymous_users": False},
                "disable_signup": not auth.config.signup_enabled,
                "mailer_autoconfirm": not auth.config.confirm_emails,
                "phone_autoconfirm": False,
                "sms_provider": "",
                "saml_enabled": False,
            }
        )

    async def health(_: Request) -> Response:
        try:
            async with auth.pool.connection(timeout=_HEALTH_SECONDS) as db:
                await db.execute("select 1 from auth.users limit 1")
        except psycopg.Error as error:
            return JSONResponse({"status": "unavailable", "reason": f"database: {type(error).__name__}"}, 503)
        return JSONResponse({"status": "ok", "name": "Auth"})

    return [
        Route("/.well-known/jwks.json", jwks),
        Route("/settings", shown_settings),
        Route("/health", health),
    ]


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = {404: "not_found", 405: "method_not_allowed"}.get(status, "unexpected_failure")
    detail = error.detail if isinstance(error, HTTPException) else "Unexpected failure"
    return AuthError(status, code, detail).response(request)


def create_app(settings: Settings, chosen: Config | None = None) -> Starlette:
    """The server for one platform. ``chosen`` replaces what supabase/config.toml says (tests do that)."""
    configuration = chosen or config.load(settings)

    async def prepare(db: AsyncConnection[Row]) -> None:
        await db.execute("set timezone = 'UTC'")
        await db.commit()

    pool: AsyncConnectionPool[Database] = AsyncConnectionPool(
        settings.dsn("supabase_auth_admin"),
        connection_class=AsyncConnection[Row],
        kwargs={"row_factory": dict_row, "application_name": "auth"},
        min_size=1,
        max_size=_POOL_SIZE,
        open=False,
        timeout=10,
        # A connection that died with a restarted Postgres is replaced before it is used.
        check=AsyncConnectionPool.check_connection,
        configure=prepare,
        reconnect_timeout=30,
    )
    auth = Auth(settings, configuration, Limits(configuration), pool)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await pool.open(wait=False)
        yield
        await pool.close(timeout=2)

    routes: list[BaseRoute] = [
        Route(path, endpoint(auth, handler), methods=[method])
        for method, path, handler in [*_ENDPOINTS, ("GET", "/authorize", _authorize)]
    ]
    routes += _open_routes(auth)
    handlers: dict[Any, Any] = {HTTPException: _http_error}
    app = Starlette(
        routes=[Mount("/auth/v1", routes=routes), *routes],
        lifespan=lifespan,
        exception_handlers=handlers,
        middleware=[Middleware(AccessLog)],
    )
    app.state.auth = auth
    return app
