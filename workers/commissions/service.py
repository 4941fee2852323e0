"""Use cases of the commissions worker."""

from __future__ import annotations

import asyncio
import random
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator

from workers.commissions.domain import line_amount
from workers.core import logs
from workers.core.database import Database, DatabaseRefusalError
from workers.core.jobs import DeadJobError, Job, RetryJobError

_log = logs.get("commissions")
MAX_RIVALS = 50  # how often a payment gives way to others of its deal before its job is given back
Id = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\w.:/-]+$")]


class ClientPayment(BaseModel):
    """One cleared client payment as a sender reports it (POST /hooks/client-payments).

    ``amount`` is net of tax, in minor units of ``currency``; (``source``, ``source_id``) names the payment for ever.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    type: Literal["payment.cleared"]
    source: Id
    source_id: Id
    deal_reference: Id
    instalment: int = Field(ge=1, le=1000)
    amount: int = Field(gt=0, le=1_000_000_000_000)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    cleared_at: Annotated[AwareDatetime, Field(strict=False)]

    @field_validator("cleared_at")
    @classmethod
    def in_the_past(cls, value: datetime) -> datetime:
        # The clearing period starts here: a time long past would skip it.
        if not 2020 <= value.year < 9999:
            raise ValueError("cleared_at must be 2020 or later")
        return value


class Commissions:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def receive_payment(self, payment: ClientPayment) -> dict[str, Any]:
        """Stores the payment and its job in one transaction; the same payment again is the same row."""
        answer: dict[str, Any] = await self._database.call(
            "receive_client_payment",
            source=payment.source,
            source_id=payment.source_id,
            deal_reference=payment.deal_reference,
            instalment=payment.instalment,
            amount=payment.amount,
            currency=payment.currency,
            cleared_at=payment.cleared_at.isoformat(),
        )
        return answer

    async def accrue(self, job: Job) -> None:
        """Posts the base line of one stored payment. Repeating it finds the line posted before."""
        event_id = job.payload["inbound_event_id"]
        for _ in range(MAX_RIVALS):
            try:
                await self._post(event_id)
                return
            except DatabaseRefusalError as error:
                if error.rule == "deal_closed":
                    raise DeadJobError(f"the client paid for a closed deal: {error.message}") from error
                if error.rule != "inputs_changed":
                    raise
            # Another payment of the same deal came first. Somebody always does, so it is soon our turn.
            await asyncio.sleep(random.uniform(0.01, 0.2))  # noqa: S311
        raise RetryJobError("other payments of this deal keep coming first")

    async def _post(self, event_id: str) -> None:
        inputs = await self._database.call("commission_inputs", inbound_event_id=event_id)
        if inputs is None:
            raise DeadJobError(f"there is no stored payment {event_id}")
        payment = inputs["payment"]
        if payment["currency"] != inputs["currency"]:
            raise DeadJobError(f"payment in {payment['currency']}, deal in {inputs['currency']}: needs a person")
        amount = line_amount(
            inputs["cash_before"], payment["amount"], inputs["rate_bp"], booked_before=inputs["booked_before"]
        )
        posted = await self._database.call(
            "post_base_commission",
            inbound_event_id=event_id,
            line_amount=amount,
            cash_before=inputs["cash_before"],
            booked_before=inputs["booked_before"],
        )
        _log.info("commission posted", commission=posted["commission_id"], duplicate=posted["duplicate"])

    async def clear(self, _job: Job) -> None:
        """Moves what has cleared into partners' balances, in batches, until nothing is left."""
        while await self._database.call("clear_commissions", max_lines=200) >= 200:
            pass
