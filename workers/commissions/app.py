"""Wiring of the commissions worker."""

from __future__ import annotations

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import SecretStr, ValidationError, field_validator

from workers.commissions.service import CLIENT_EVENT, Commissions
from workers.core.app import create_app
from workers.core.database import Database, DatabaseRefusalError, DatabaseUnreachableError
from workers.core.settings import WorkerSettings, webhook_secret
from workers.core.webhooks import verified_body


class Settings(WorkerSettings):
    # Signs client payments; known to SISO's systems and to this worker.
    client_payments_secret: SecretStr

    _usable_secret = field_validator("client_payments_secret")(webhook_secret)


def build(settings: Settings) -> FastAPI:
    database = Database(settings)
    commissions = Commissions(database)
    app = create_app(
        "commissions",
        settings,
        database,
        {
            "commission.accrue": commissions.post,
            "commission.reverse": commissions.post,
            "commission.clear": commissions.clear,
        },
    )

    @app.post("/hooks/client-payments")
    async def client_payments(request: Request) -> JSONResponse:
        """A sender tells of a payment, refund or dispute. 202 when stored, 200 when known, 4xx with field and rule."""
        body = await verified_body(request, settings.client_payments_secret.get_secret_value())
        try:
            event = CLIENT_EVENT.validate_json(body)
        except ValidationError as error:
            first = error.errors()[0]
            # The first part of a place is the type of event, unless it is the type that is wrong.
            field = ".".join(str(part) for part in first["loc"][1:])
            if first["type"].startswith("union_tag"):
                field = "type"
            raise HTTPException(
                422 if field else 400, {"error": first["msg"], "field": field or None, "rule": first["type"]}
            ) from error
        try:
            stored = await commissions.receive(event)
        except DatabaseRefusalError as error:
            status = 409 if error.code == "PT409" else 422
            raise HTTPException(status, {"error": error.message, "field": error.field, "rule": error.rule}) from error
        except DatabaseUnreachableError as error:
            raise HTTPException(503, "the database does not answer: send it again") from error
        return JSONResponse(stored, 200 if stored["duplicate"] else 202)

    return app
