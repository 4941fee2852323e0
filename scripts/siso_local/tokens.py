"""Who a bearer token speaks for: one verifier for gateway, Storage and Realtime.

Accepted are what hosted Supabase accepts: HS256 with the project secret (legacy keys, worker tokens), ES256 with the
signing key of the project (tokens of Auth), and the keys of third-party issuers. PostgREST checks the same set by
itself, from the file that ``jwk_set`` fills.
"""

from __future__ import annotations

import base64
import json
import time
import urllib.request
from typing import Any

import jwt
from jwt import PyJWK, PyJWKSet

from siso_local.settings import Settings, ThirdPartyIssuer

Claims = dict[str, Any]
_CACHE_SECONDS = 600
_third_party: dict[str, tuple[float, list[dict[str, Any]]]] = {}


class InvalidTokenError(Exception):
    """The token is not to be believed; ``args[0]`` says why, in words fit for the client."""


def third_party_keys(issuer: ThirdPartyIssuer) -> list[dict[str, Any]]:
    """The issuer's public keys, fetched at most every ten minutes; an unreachable issuer has none."""
    cached = _third_party.get(issuer.issuer)
    if cached and cached[0] > time.monotonic():
        return cached[1]
    try:
        with urllib.request.urlopen(issuer.jwks_url, timeout=5) as answer:
            keys: list[dict[str, Any]] = json.load(answer)["keys"]
    except (OSError, ValueError, KeyError):
        keys = cached[1] if cached else []
    _third_party[issuer.issuer] = (time.monotonic() + _CACHE_SECONDS, keys)
    return keys


def jwk_set(settings: Settings) -> dict[str, Any]:
    """Every key that PostgREST may believe, the symmetric one included: for the server's eyes only."""
    secret = base64.urlsafe_b64encode(settings.jwt_secret.encode()).rstrip(b"=").decode()
    keys: list[dict[str, Any]] = [settings.public_jwk(), {"kty": "oct", "alg": "HS256", "k": secret}]
    for issuer in settings.third_party_issuers:
        keys += third_party_keys(issuer)
    return {"keys": keys}


def verify(token: str, settings: Settings) -> Claims:
    """The claims of a token that is signed by a known key and not expired. Raises ``InvalidTokenError``.

    Audience is not checked here, as on hosted: a token for another audience simply has another role.
    """
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise InvalidTokenError("invalid JWT: unable to parse the token") from error
    algorithm = header.get("alg")
    options: Any = {"verify_aud": False, "require": ["exp"]}
    try:
        if algorithm == "HS256":
            return jwt.decode(token, settings.jwt_secret, algorithms=["HS256"], options=options)
        if algorithm == "ES256" and header.get("kid") == settings.signing_jwk["kid"]:
            key = PyJWK(settings.public_jwk()).key
            return jwt.decode(token, key, algorithms=["ES256"], options=options)
        return _verify_third_party(token, settings, options)
    except jwt.ExpiredSignatureError as error:
        raise InvalidTokenError("JWT expired") from error
    except jwt.PyJWTError as error:
        raise InvalidTokenError(f"invalid JWT: {error}") from error


def _verify_third_party(token: str, settings: Settings, options: Any) -> Claims:
    named = jwt.decode(token, options={"verify_signature": False}).get("iss")
    for issuer in settings.third_party_issuers:
        if issuer.issuer == named:
            keys = PyJWKSet.from_dict({"keys": third_party_keys(issuer)})
            kid = jwt.get_unverified_header(token).get("kid")
            for key in keys.keys:
                if key.key_id == kid:
                    return jwt.decode(token, key.key, algorithms=["RS256", "ES256"], issuer=named, options=options)
    raise jwt.InvalidKeyError("no suitable key was found to verify the signature")
