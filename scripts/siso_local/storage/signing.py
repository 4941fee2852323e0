"""Signed URLs: a token that stands for the right to read, or to upload, exactly one object for a while.

Download tokens say ``{url, scope, iat, exp}``, upload tokens also ``owner`` and ``upsert``. One kind never passes for
the other, and neither is of use as a bearer token beyond what anon may do, since it names no role.
"""

from __future__ import annotations

import time
from typing import Any

import jwt
from starlette.requests import Request
from starlette.responses import JSONResponse

from siso_local.settings import Settings
from siso_local.storage import errors, names
from siso_local.storage.context import context_of, json_body, whole_number
from siso_local.storage.database import caller_of, one, rows

UPLOAD_SECONDS = 7200
MAX_PATHS = 1000
UNSIGNABLE = "Either the object does not exist or you do not have access to it"


def issue(settings: Settings, scope: str, seconds: int, claims: dict[str, Any]) -> str:
    """A token for ``scope`` ("download" or "upload") that ends after ``seconds``."""
    now = int(time.time())
    return jwt.encode(
        {**claims, "scope": scope, "iat": now, "exp": now + seconds}, settings.jwt_secret, algorithm="HS256"
    )


def check(request: Request, url: str, scope: str) -> dict[str, Any]:
    """The claims of the request's ``token``, if it was signed here for this object and this use."""
    token = request.query_params.get("token")
    if not token:
        raise errors.invalid_request("querystring must have required property 'token'")
    try:
        secret = context_of(request).settings.jwt_secret
        claims: dict[str, Any] = jwt.decode(
            token, secret, algorithms=["HS256"], options={"verify_aud": False, "require": ["exp"]}
        )
    except jwt.ExpiredSignatureError as error:
        raise errors.StorageError(400, "InvalidJWT", '"exp" claim timestamp check failed') from error
    except jwt.InvalidSignatureError as error:
        raise errors.StorageError(400, "InvalidJWT", "signature verification failed") from error
    except jwt.PyJWTError as error:
        raise errors.StorageError(400, "InvalidJWT", f"Invalid JWT: {error}") from error
    if claims.get("scope") != scope:
        raise errors.StorageError(400, "InvalidSignature", f"Token is not scoped for {scope}")
    if claims.get("url") != url:
        raise errors.StorageError(400, "InvalidSignature", "Invalid signature")
    return claims


def _seconds(body: dict[str, Any]) -> int:
    if body.get("expiresIn") is None:
        raise errors.invalid_request("body must have required property 'expiresIn'")
    return whole_number(body["expiresIn"], "body/expiresIn", 0, least=1)


async def sign_object(request: Request) -> JSONResponse:
    """POST {expiresIn}: a URL for one object that the caller may read."""
    context = context_of(request)
    caller = caller_of(request, context.settings)
    bucket, path = names.check_bucket_name(request.path_params["bucket"]), names.check_key(request.path_params["path"])
    seconds = _seconds(await json_body(request))
    async with context.database.scope(caller, "storage.object.sign", request) as connection:
        if not await one(connection, "select id from storage.objects where bucket_id = %s and name = %s", bucket, path):
            raise errors.no_such_key()
    url = f"{bucket}/{path}"
    return JSONResponse({"signedURL": _signed_path(context.settings, url, seconds)})


async def sign_objects(request: Request) -> JSONResponse:
    """POST {expiresIn, paths}: one entry per path, with an error where the caller may not read it."""
    context = context_of(request)
    caller = caller_of(request, context.settings)
    bucket = names.check_bucket_name(request.path_params["bucket"])
    body = await json_body(request)
    seconds = _seconds(body)
    paths = body.get("paths")
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths) or not paths:
        raise errors.invalid_request("body/paths must be a list of paths")
    if len(paths) > MAX_PATHS:
        raise errors.invalid_request(f"body/paths must NOT have more than {MAX_PATHS} items")
    asked = [path for path in paths if "\x00" not in path]
    async with context.database.scope(caller, "storage.object.sign_many", request) as connection:
        query = "select name from storage.objects where bucket_id = %s and name = any(%s)"
        found = {row["name"] for row in await rows(connection, query, bucket, asked)}

    def entry(path: str) -> dict[str, Any]:
        if path not in found:
            return {"error": UNSIGNABLE, "path": path, "signedURL": None}
        return {"error": None, "path": path, "signedURL": _signed_path(context.settings, f"{bucket}/{path}", seconds)}

    return JSONResponse([entry(path) for path in paths])


def _signed_path(settings: Settings, url: str, seconds: int) -> str:
    return f"/object/sign/{url}?token={issue(settings, 'download', seconds, {'url': url})}"
