"""The API itself: authentication, routing, idempotency, faults, and one transaction per request."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from siso_local.stripe import API_VERSION, contract, idempotency, parameters
from siso_local.stripe.errors import StripeError, not_in_double
from siso_local.stripe.externals import no_account
from siso_local.stripe.faults import Fault, Faults
from siso_local.stripe.lists import expand
from siso_local.stripe.log import log
from siso_local.stripe.world import HANDLERS, PLATFORM, Call, RequestInfo, World, current_request, new_id


class Answer(NamedTuple):
    status: int
    body: str
    replayed_from: str | None = None


class Dropped(Exception):  # noqa: N818  (not an error of the program: the fault that was asked for)
    """The connection is to be broken without an answer."""


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template) + "$")


class Api:
    def __init__(self, world: World, contract_: dict[str, Any], secret_key: str, latency: float) -> None:
        self.world = world
        self.faults = Faults()
        self.schemas = contract_["schemas"]
        self.secret_key = secret_key
        self.latency = latency
        # Plain paths before templates, so that /v1/accounts/x is never read as a template's value.
        self.routes = [
            (verb, _pattern(path), path) for verb, path in sorted(HANDLERS, key=lambda item: item[1].count("{"))
        ]
        self.known = [(entry.split(" ")[0], _pattern(entry.split(" ")[1])) for entry in contract_["operations"]]
        self.running: set[tuple[str, str]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        request_id = "req_" + new_id("r")[2:16]
        headers = {
            "content-type": "application/json",
            "request-id": request_id,
            "stripe-version": request.headers.get("stripe-version", API_VERSION),
        }
        key = request.headers.get("idempotency-key")
        if key:
            headers["idempotency-key"] = key
        token = current_request.set(RequestInfo(request_id, key))
        try:
            answer = await self.answer(request, request_id)
        except StripeError as error:
            answer = Answer(error.status, json.dumps(error.body()))
            if error.code == "lock_timeout":
                headers["stripe-should-retry"] = "true"
        except (Dropped, ClientDisconnect, asyncio.CancelledError):  # cancelled: the double ends while a timeout hangs
            _drop(receive)
            return
        except Exception as error:  # a fault of the double itself; nothing was committed
            log("failed", stripe_request_id=request_id, error=repr(error), trace=traceback.format_exc())
            broken = StripeError(500, "The Stripe double failed; see its log.", kind="api_error")
            answer = Answer(500, json.dumps(broken.body()))
        finally:
            current_request.reset(token)
        if answer.replayed_from:
            headers |= {"idempotent-replayed": "true", "original-request": answer.replayed_from}
        raw = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": raw})
        await send({"type": "http.response.body", "body": answer.body.encode()})

    async def answer(self, request: Request, request_id: str) -> Answer:
        verb, path = request.method, request.url.path
        self.authenticate(request)
        body = await request.body()
        text = body.decode("utf-8", "replace")
        seen = f"{text}\n{request.url.query}\n{request.headers.get('idempotency-key', '')}"
        account = self.account(request)
        template, values = self.route(verb, path)
        is_v2 = path.startswith("/v2/")
        raw = self.read(verb, is_v2, body, request.url.query)
        key = idempotency.key_for(request.headers.get("idempotency-key"), verb, path, account, raw)

        fault = self.faults.take("before", verb, path, seen)
        if fault:
            await self.fail_before(fault, key, request_id)
        with self.reserved(key):
            replay = idempotency.stored(self.world, key) if key else None
            if replay:
                result = Answer(replay.status, replay.body, replay.request_id)
            else:
                call = Call(self.world, self.check(verb, template, raw, is_v2=is_v2), values, account)
                if verb != "GET":
                    await asyncio.sleep(self.latency)  # the time in which a second caller with this key meets 409
                result = self.execute(verb, template, call, key, request_id)
        fault = self.faults.take("after", verb, path, seen)
        if fault:
            await self.fail(fault)
        return result

    # -- steps -----------------------------------------------------------------------------------------------------

    def authenticate(self, request: Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            try:
                token = base64.b64decode(token).decode().partition(":")[0]
            except ValueError:
                token = ""
        if not token:
            raise StripeError(401, "You did not provide an API key. Send it as a bearer token.", stored=False)
        if not hmac.compare_digest(token.encode(), self.secret_key.encode()):
            raise StripeError(401, f"Invalid API Key provided: {token[:8]}****", "api_key_invalid", stored=False)

    def account(self, request: Request) -> str:
        account = request.headers.get("stripe-account") or request.headers.get("stripe-context") or PLATFORM
        if account != PLATFORM and not self.world.store.get("account", account):
            raise no_account(account)
        return account

    def route(self, verb: str, path: str) -> tuple[str, dict[str, str]]:
        for known, pattern, template in self.routes:
            match = pattern.match(path)
            if known == verb and match:
                return template, match.groupdict()
        if any(known == verb and pattern.match(path) for known, pattern in self.known):
            gap = not_in_double(f"The operation {verb} {path}")
            raise StripeError(404, str(gap), "not_in_double", stored=False)
        raise StripeError(404, f"Unrecognized request URL ({verb}: {path}).", stored=False)

    def read(self, verb: str, is_v2: bool, body: bytes, query: str) -> dict[str, Any]:
        if verb == "GET":
            return parameters.from_form(query)
        return parameters.from_json(body) if is_v2 else parameters.from_form(body.decode("utf-8", "replace"))

    def check(self, verb: str, template: str, raw: dict[str, Any], *, is_v2: bool) -> dict[str, Any]:
        raw = dict(raw)
        extra = {"page": raw.pop("page")} if is_v2 and "page" in raw else {}  # only next_page_url carries it
        strict = is_v2 and verb != "GET"
        checked: dict[str, Any] = parameters.check(self.schemas[f"{verb} {template}"], raw, "", strict=strict)
        return checked | extra

    @contextmanager
    def reserved(self, key: idempotency.Key | None) -> Iterator[None]:
        """Makes this request the only one in flight with its key."""
        mark = (key.scope, key.text) if key else None
        if key and mark in self.running:
            raise idempotency.in_flight(key.text)
        if mark:
            self.running.add(mark)
        try:
            yield
        finally:
            if mark:
                self.running.discard(mark)

    def execute(self, verb: str, template: str, call: Call, key: idempotency.Key | None, request_id: str) -> Answer:
        """Runs the operation. Changes, events and the record of the key are committed together or not at all."""
        handler = HANDLERS[verb, template]
        wanted = call.params.get("expand", [])
        if verb == "GET":
            return Answer(200, json.dumps(expand(self.world, handler(call), wanted)))
        with self.world.store.transaction():
            try:
                with self.world.store.transaction():
                    result = Answer(200, json.dumps(expand(self.world, handler(call), wanted)))
            except StripeError as error:
                if not error.stored:
                    raise
                result = Answer(error.status, json.dumps(error.body()))
            if key:
                idempotency.keep(self.world, key, result.status, result.body, request_id)
        self.world.wake_sender()
        return result

    async def fail_before(self, fault: Fault, key: idempotency.Key | None, request_id: str) -> None:
        error = fault.error()
        if error and error.stored and key and not idempotency.stored(self.world, key):
            idempotency.keep(self.world, key, error.status, json.dumps(error.body()), request_id)
        await self.fail(fault)

    async def fail(self, fault: Fault) -> None:
        error = fault.error()
        if error:
            raise error
        if fault.kind == "timeout":
            await asyncio.sleep(fault.seconds)
        raise Dropped


def _drop(receive: Receive) -> None:
    # ASGI has no word for a broken connection; uvicorn's own cycle object behind `receive` holds the transport.
    cycle = getattr(receive, "__self__", None)
    transport = getattr(cycle, "transport", None)
    if transport is not None:
        transport.abort()


def load_contract(cache_folder: Any) -> dict[str, Any]:
    return contract.load(set(HANDLERS), cache_folder)
