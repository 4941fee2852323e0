"""One request to Auth: its body, its caller, its database transaction, and how failures become answers."""

from __future__ import annotations

import ipaddress
import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import jwt
import psycopg
from psycopg import AsyncConnection
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from siso_local import tokens
from siso_local.auth.config import Config
from siso_local.auth.errors import AuthError, invalid, unexpected
from siso_local.auth.limits import Limits
from siso_local.settings import Settings
from siso_local.web import log

Row = dict[str, Any]
Database = AsyncConnection[Row]
Model = TypeVar("Model", bound=BaseModel)
MAX_BODY = 256 * 1024


@dataclass
class Auth:
    """The server: what all requests share."""

    settings: Settings
    config: Config
    limits: Limits
    pool: AsyncConnectionPool[Database]


@dataclass
class Call:
    """One request inside its transaction."""

    auth: Auth
    request: Request
    db: Database
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def config(self) -> Config:
        return self.auth.config

    @property
    def limits(self) -> Limits:
        return self.auth.limits

    @property
    def ip(self) -> str:
        """The caller's network address: the last that the gateway added, else the peer's."""
        forwarded = self.request.headers.get("x-forwarded-for", "").split(",")[-1].strip()
        peer = self.request.client.host if self.request.client else "127.0.0.1"
        try:
            return str(ipaddress.ip_address(forwarded or peer))
        except ValueError:
            return "127.0.0.1"

    def parse(self, model: type[Model]) -> Model:
        """The body as this model. Raises 400 with the first fault that a person can mend."""
        try:
            return model.model_validate(self.body)
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(str(part) for part in fault["loc"])
            message = fault["msg"].removeprefix("Value error, ")
            raise invalid(f"{place}: {message}" if place and fault["type"] != "value_error" else message) from error

    def claims(self) -> dict[str, Any]:
        """The claims of the bearer token, which must be one of this project's own."""
        scheme, _, token = self.request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise AuthError(401, "no_authorization", "This endpoint requires a valid Bearer token")
        try:
            header = jwt.get_unverified_header(token.strip())
            # A third-party issuer speaks for its own users in the data API, never for an account or an admin of Auth.
            if header.get("alg") != "HS256" and header.get("kid") != self.auth.settings.signing_jwk["kid"]:
                raise tokens.InvalidTokenError("unrecognized JWT kid or algorithm")
            return tokens.verify(token.strip(), self.auth.settings)
        except (tokens.InvalidTokenError, jwt.PyJWTError) as error:
            raise AuthError(403, "bad_jwt", f"invalid JWT: unable to parse or verify signature, {error}") from error

    def require_admin(self) -> None:
        if self.claims().get("role") not in ("service_role", "supabase_admin"):
            raise AuthError(403, "not_admin", "User not allowed")

    def path_id(self, name: str) -> uuid.UUID:
        try:
            return uuid.UUID(self.request.path_params[name])
        except ValueError as error:
            raise AuthError(404, "validation_failed", f"{name} must be an UUID") from error

    async def one(self, query: str, *values: Any) -> Row | None:
        return await (await self.db.execute(query, values)).fetchone()

    async def all(self, query: str, *values: Any) -> list[Row]:
        return await (await self.db.execute(query, values)).fetchall()

    async def audit(self, action: str, user: Row | None = None, **traits: Any) -> None:
        payload = {
            "action": action,
            "actor_id": str(user["id"]) if user else "00000000-0000-0000-0000-000000000000",
            "actor_username": (user["email"] or "") if user else "",
            "log_type": "account",
            "traits": traits,
        }
        await self.db.execute(
            "insert into auth.audit_log_entries (instance_id, id, payload, created_at, ip_address)"
            " values (%s, %s, %s, now(), %s)",
            (uuid.UUID(int=0), uuid.uuid4(), Jsonb(payload), self.ip),
        )


Handler = Callable[[Call], Awaitable[Response | dict[str, Any] | list[Any]]]


def _no_unstorable_text(value: Any) -> None:
    """Postgres stores neither NUL nor half a surrogate pair: refuse them before they become a failure inside."""
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise AuthError(400, "bad_json", "Could not parse request body as JSON: invalid character in a string")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _no_unstorable_text(key)
            _no_unstorable_text(inner)
    elif isinstance(value, list):
        for inner in value:
            _no_unstorable_text(inner)


async def read_body(request: Request) -> dict[str, Any]:
    """The JSON object in the body, ``{}`` for none. Raises 400 ``bad_json``; a body is at most 256 KiB."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > MAX_BODY:
            raise AuthError(413, "validation_failed", "Request body is too large")
    if not raw.strip():
        return {}
    try:
        body = json.loads(raw)
        _no_unstorable_text(body)
    except (ValueError, RecursionError) as error:
        raise AuthError(400, "bad_json", f"Could not parse request body as JSON: {error}") from error
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise AuthError(400, "bad_json", "Could not parse request body as JSON: an object is expected")
    return body


def _database_failure(error: psycopg.Error) -> AuthError:
    state = error.sqlstate or ""
    if isinstance(error, psycopg.OperationalError) and (not state or (state[:2] in ("08", "57") and state != "57014")):
        return AuthError(503, "unexpected_failure", "The database is not available")
    if isinstance(error, psycopg.errors.UniqueViolation):
        return AuthError(422, "conflict", "The change conflicts with an existing record")
    return unexpected("Database error")


def endpoint(auth: Auth, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Runs the handler in one transaction: all that it wrote stays, or nothing."""

    async def run(request: Request) -> Response:
        body = await read_body(request)
        async with auth.pool.connection() as db:
            kept: AuthError | None = None
            async with db.transaction():
                try:
                    result = await handler(Call(auth, request, db, body))
                except AuthError as error:
                    if not error.keep:
                        raise
                    kept = error
            if kept:
                raise kept
        return result if isinstance(result, Response) else JSONResponse(result)

    async def answer(request: Request) -> Response:
        try:
            return await run(request)
        except AuthError as error:
            return error.response(request)
        except psycopg.Error as error:
            log("auth", "database error", "error", error=type(error).__name__, sqlstate=error.sqlstate)
            return _database_failure(error).response(request)
        except Exception as error:  # the last line of defence: say so and go on serving
            log("auth", "unhandled error", "error", error=repr(error))
            return unexpected("Unexpected failure, please check server logs").response(request)

    return answer
