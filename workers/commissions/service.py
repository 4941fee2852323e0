"""Use cases of the commissions worker."""

from __future__ import annotations

import asyncio
import random
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from workers.commissions.domain import OpenLine, Posting, Terms, entitlements, postings
from workers.core import logs
from workers.core.database import Database, DatabaseRefusalError
from workers.core.jobs import DeadJobError, Job, RetryJobError

_log = logs.get("commissions")
MAX_RIVALS = 50  # how often an event gives way to others of its deal before its job is given back
Id = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\w.:/-]+$")]
Amount = Annotated[int, Field(gt=0, le=1_000_000_000_000)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


def _not_long_past(value: datetime) -> datetime:
    # The clearing period starts when a payment clears: a time long past would skip it.
    if not 2020 <= value.year < 9999:
        raise ValueError("must be 2020 or later")
    return value


Moment = Annotated[AwareDatetime, Field(strict=False), AfterValidator(_not_long_past)]


class _Event(BaseModel):
    """What all events of clients' money share (POST /hooks/client-payments).

    ``amount`` is net of tax, in minor units of ``currency``; (``source``, ``source_id``) names payment, refund or
    dispute for ever.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    source: Id
    source_id: Id
    deal_reference: Id
    amount: Amount
    currency: Currency


class ClientPayment(_Event):
    """One cleared payment. ``payer`` is the client's address or company, where the sender knows it."""

    type: Literal["payment.cleared"]
    instalment: int = Field(ge=1, le=1000)
    cleared_at: Moment
    payer: str | None = Field(default=None, min_length=1, max_length=200)


class ClientRefund(_Event):
    """A refund of one payment of the same source, in part or in full."""

    type: Literal["payment.refunded"]
    payment_source_id: Id
    refunded_at: Moment


class ClientDispute(_Event):
    """A dispute about one payment of the same source: opened, won or lost. ``source_id`` names it in all three."""

    type: Literal["payment.disputed", "dispute.won", "dispute.lost"]
    payment_source_id: Id
    happened_at: Moment


ClientEvent = Annotated[ClientPayment | ClientRefund | ClientDispute, Field(discriminator="type")]
CLIENT_EVENT: TypeAdapter[ClientPayment | ClientRefund | ClientDispute] = TypeAdapter(ClientEvent)


class Inputs(BaseModel):
    """What ``worker.commission_inputs`` says of one stored event."""

    type: str
    amount: int
    currency: str
    done: bool
    deal: dict[str, Any]
    terms: dict[str, Any]
    cash: int
    payment: dict[str, Any] | None
    dispute: str | None
    open_lines: list[dict[str, Any]]
    booked: list[dict[str, Any]]
    state: str


def postings_of(inputs: Inputs) -> list[Posting]:
    """The lines that the event books, by the pure rules."""
    cash, refunded = inputs.cash, None
    if inputs.type == "payment.cleared":
        cash += inputs.amount
    elif inputs.payment is not None:
        refunded = str(inputs.payment["id"])
        if inputs.type in ("payment.refunded", "dispute.lost"):
            # What a dispute took cannot be taken again by a refund, nor the other way round.
            cash -= min(inputs.amount, int(inputs.payment["left"]))
    terms = Terms(**inputs.terms | {"forfeited": frozenset(inputs.terms["forfeited"])})
    return postings(
        entitlements(cash, terms),
        {(sums["partner"], sums["kind"]): sums["amount"] for sums in inputs.booked},
        [OpenLine(**line) for line in inputs.open_lines],
        refunded,
    )


class Commissions:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def receive(self, event: ClientPayment | ClientRefund | ClientDispute) -> dict[str, Any]:
        """Stores the event and its job in one transaction; the same event again is the same row."""
        fields = event.model_dump(mode="json", exclude={"type"}, exclude_none=True)
        if isinstance(event, ClientPayment):
            function = "receive_client_payment"
        elif isinstance(event, ClientRefund):
            function = "receive_client_refund"
        else:
            function = "receive_client_dispute"
            fields["event_type"] = event.type
        answer: dict[str, Any] = await self._database.call(function, **fields)
        return answer

    async def post(self, job: Job) -> None:
        """Posts what one stored event does. Repeating it changes nothing."""
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
            # Another event of the same deal came first. Somebody always does, so it is soon our turn.
            await asyncio.sleep(random.uniform(0.01, 0.2))  # noqa: S311
        raise RetryJobError("other events of this deal keep coming first")

    async def _post(self, event_id: str) -> None:
        found = await self._database.call("commission_inputs", inbound_event_id=event_id)
        if found is None:
            raise DeadJobError(f"there is no stored event {event_id}")
        inputs = Inputs.model_validate(found)
        if inputs.done:
            return
        if inputs.currency != inputs.deal["currency"]:
            raise DeadJobError(f"payment in {inputs.currency}, deal in {inputs.deal['currency']}: needs a person")
        lines = postings_of(inputs)
        posted = await self._database.call(
            "post_commissions",
            inbound_event_id=event_id,
            lines=[asdict(line) for line in lines],
            state=inputs.state,
        )
        if posted.get("parked"):
            # It wakes when the payment comes; until then it is tried now and then, and shown when that takes too long.
            raise RetryJobError(f"the payment of this {inputs.type} has not come yet")
        _log.info("event posted", type=inputs.type, lines=len(lines), duplicate=posted["duplicate"])

    async def clear(self, _job: Job) -> None:
        """Moves what has cleared into partners' balances, in batches, until nothing is left."""
        while await self._database.call("clear_commissions", max_lines=200) >= 200:
            pass
