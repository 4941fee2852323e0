from __future__ import annotations

import datetime
import uuid
from typing import (
    Annotated,
    Literal,
    NotRequired,
    TypeAlias,
    TypedDict,
)

from pydantic import BaseModel, Field, JsonValue

AuthAalLevel: TypeAlias = Literal["aal1", "aal2", "aal3"]

AuthCodeChallengeMethod: TypeAlias = Literal["s256", "plain"]

AuthFactorStatus: TypeAlias = Literal["unverified", "verified"]

AuthFactorType: TypeAlias = Literal["totp", "webauthn", "phone"]

AuthOneTimeTokenType: TypeAlias = Literal[
    "confirmation_token",
    "reauthentication_token",
    "recovery_token",
    "email_change_token_new",
    "email_change_token_current",
    "phone_change_token",
]

LedgerAccountKind: TypeAlias = Literal[
    "commission_expense", "partner_pending", "partner_payable", "partner_receivable", "payout_clearing", "stripe_cash"
]

NetRequestStatus: TypeAlias = Literal["PENDING", "SUCCESS", "ERROR"]

PublicApplicationStatus: TypeAlias = Literal["submitted", "in_review", "approved", "rejected", "withdrawn"]

PublicCommissionStatus: TypeAlias = Literal[
    "estimated", "pending", "approved", "payable", "processing", "paid", "held", "reversed", "disputed", "settled"
]

PublicCommissionType: TypeAlias = Literal["base", "team_override", "referral", "bonus", "adjustment", "reversal"]

PublicDealStatus: TypeAlias = Literal["claimed", "verified", "rejected", "cancelled"]

PublicLeadActivityType: TypeAlias = Literal["call", "email", "meeting", "note", "status_change"]

PublicLeadStatus: TypeAlias = Literal["new", "contacted", "qualified", "proposal_sent", "closed_won", "closed_lost"]

PublicNotificationType: TypeAlias = Literal[
    "achievement", "commission", "tier_up", "message", "reminder", "payout", "security", "account"
]

PublicPartnerStatus: TypeAlias = Literal["invited", "pending", "active", "inactive", "suspended", "terminated"]

PublicPartnerTier: TypeAlias = Literal["starter", "active", "performer", "elite"]

PublicPayoutAccountStatus: TypeAlias = Literal["none", "onboarding", "ready", "restricted"]

PublicPayoutStatus: TypeAlias = Literal[
    "draft", "approved", "sending", "sent", "paid", "parked", "failed", "reversed", "cancelled"
]

PublicStaffRole: TypeAlias = Literal["support", "moderator", "finance", "admin", "owner"]

StorageBuckettype: TypeAlias = Literal["STANDARD", "ANALYTICS", "VECTOR"]


class PublicApplications(BaseModel):
    country: str = Field(alias="country")
    created_at: datetime.datetime = Field(alias="created_at")
    decided_at: datetime.datetime | None = Field(alias="decided_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    email: str = Field(alias="email")
    id: uuid.UUID = Field(alias="id")
    issuer: str = Field(alias="issuer")
    motivation: str | None = Field(alias="motivation")
    name: str = Field(alias="name")
    phone: str | None = Field(alias="phone")
    reason: str | None = Field(alias="reason")
    status: PublicApplicationStatus = Field(alias="status")
    subject: str = Field(alias="subject")
    terms_accepted_at: datetime.datetime = Field(alias="terms_accepted_at")
    user_id: uuid.UUID | None = Field(alias="user_id")


class PublicApplicationsInsert(TypedDict):
    country: Annotated[str, Field(alias="country")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    email: Annotated[str, Field(alias="email")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    issuer: Annotated[str, Field(alias="issuer")]
    motivation: NotRequired[Annotated[str | None, Field(alias="motivation")]]
    name: Annotated[str, Field(alias="name")]
    phone: NotRequired[Annotated[str | None, Field(alias="phone")]]
    reason: NotRequired[Annotated[str | None, Field(alias="reason")]]
    status: NotRequired[Annotated[PublicApplicationStatus, Field(alias="status")]]
    subject: Annotated[str, Field(alias="subject")]
    terms_accepted_at: Annotated[datetime.datetime, Field(alias="terms_accepted_at")]
    user_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="user_id")]]


class PublicApplicationsUpdate(TypedDict):
    country: NotRequired[Annotated[str, Field(alias="country")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    email: NotRequired[Annotated[str, Field(alias="email")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    issuer: NotRequired[Annotated[str, Field(alias="issuer")]]
    motivation: NotRequired[Annotated[str | None, Field(alias="motivation")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    phone: NotRequired[Annotated[str | None, Field(alias="phone")]]
    reason: NotRequired[Annotated[str | None, Field(alias="reason")]]
    status: NotRequired[Annotated[PublicApplicationStatus, Field(alias="status")]]
    subject: NotRequired[Annotated[str, Field(alias="subject")]]
    terms_accepted_at: NotRequired[Annotated[datetime.datetime, Field(alias="terms_accepted_at")]]
    user_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="user_id")]]


class PublicClientPayments(BaseModel):
    amount: int = Field(alias="amount")
    cleared_at: datetime.datetime = Field(alias="cleared_at")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    deal_id: uuid.UUID = Field(alias="deal_id")
    id: uuid.UUID = Field(alias="id")
    inbound_event_id: uuid.UUID = Field(alias="inbound_event_id")
    instalment: int = Field(alias="instalment")
    source: str = Field(alias="source")
    source_id: str = Field(alias="source_id")


class PublicClientPaymentsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    cleared_at: Annotated[datetime.datetime, Field(alias="cleared_at")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    deal_id: Annotated[uuid.UUID, Field(alias="deal_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    inbound_event_id: Annotated[uuid.UUID, Field(alias="inbound_event_id")]
    instalment: Annotated[int, Field(alias="instalment")]
    source: Annotated[str, Field(alias="source")]
    source_id: Annotated[str, Field(alias="source_id")]


class PublicClientPaymentsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    cleared_at: NotRequired[Annotated[datetime.datetime, Field(alias="cleared_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    deal_id: NotRequired[Annotated[uuid.UUID, Field(alias="deal_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    inbound_event_id: NotRequired[Annotated[uuid.UUID, Field(alias="inbound_event_id")]]
    instalment: NotRequired[Annotated[int, Field(alias="instalment")]]
    source: NotRequired[Annotated[str, Field(alias="source")]]
    source_id: NotRequired[Annotated[str, Field(alias="source_id")]]


class PublicCommissionPlanRates(BaseModel):
    base_bp: int = Field(alias="base_bp")
    clearing_days: int = Field(alias="clearing_days")
    plan_id: uuid.UUID = Field(alias="plan_id")
    tier: PublicPartnerTier = Field(alias="tier")


class PublicCommissionPlanRatesInsert(TypedDict):
    base_bp: Annotated[int, Field(alias="base_bp")]
    clearing_days: Annotated[int, Field(alias="clearing_days")]
    plan_id: Annotated[uuid.UUID, Field(alias="plan_id")]
    tier: Annotated[PublicPartnerTier, Field(alias="tier")]


class PublicCommissionPlanRatesUpdate(TypedDict):
    base_bp: NotRequired[Annotated[int, Field(alias="base_bp")]]
    clearing_days: NotRequired[Annotated[int, Field(alias="clearing_days")]]
    plan_id: NotRequired[Annotated[uuid.UUID, Field(alias="plan_id")]]
    tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier")]]


class PublicCommissionPlans(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    effective_from: datetime.datetime = Field(alias="effective_from")
    id: uuid.UUID = Field(alias="id")
    reason: str = Field(alias="reason")
    version: int = Field(alias="version")


class PublicCommissionPlansInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    effective_from: Annotated[datetime.datetime, Field(alias="effective_from")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    reason: Annotated[str, Field(alias="reason")]
    version: Annotated[int, Field(alias="version")]


class PublicCommissionPlansUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    effective_from: NotRequired[Annotated[datetime.datetime, Field(alias="effective_from")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]


class PublicCommissions(BaseModel):
    amount: int = Field(alias="amount")
    base_amount: int = Field(alias="base_amount")
    booked_before: int = Field(alias="booked_before")
    clears_at: datetime.datetime | None = Field(alias="clears_at")
    client_payment_id: uuid.UUID | None = Field(alias="client_payment_id")
    commission_type: PublicCommissionType = Field(alias="commission_type")
    corrects_id: uuid.UUID | None = Field(alias="corrects_id")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    deal_id: uuid.UUID = Field(alias="deal_id")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID = Field(alias="lead_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    payment_date: datetime.date | None = Field(alias="payment_date")
    plan_id: uuid.UUID = Field(alias="plan_id")
    project_id: uuid.UUID | None = Field(alias="project_id")
    rate_bp: int = Field(alias="rate_bp")
    status: PublicCommissionStatus = Field(alias="status")
    stripe_transfer_id: str | None = Field(alias="stripe_transfer_id")
    tier: PublicPartnerTier = Field(alias="tier")


class PublicCommissionsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    base_amount: Annotated[int, Field(alias="base_amount")]
    booked_before: NotRequired[Annotated[int, Field(alias="booked_before")]]
    clears_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="clears_at")]]
    client_payment_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="client_payment_id")]]
    commission_type: Annotated[PublicCommissionType, Field(alias="commission_type")]
    corrects_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="corrects_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    deal_id: Annotated[uuid.UUID, Field(alias="deal_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: Annotated[uuid.UUID, Field(alias="lead_id")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    payment_date: NotRequired[Annotated[datetime.date | None, Field(alias="payment_date")]]
    plan_id: Annotated[uuid.UUID, Field(alias="plan_id")]
    project_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="project_id")]]
    rate_bp: Annotated[int, Field(alias="rate_bp")]
    status: Annotated[PublicCommissionStatus, Field(alias="status")]
    stripe_transfer_id: NotRequired[Annotated[str | None, Field(alias="stripe_transfer_id")]]
    tier: Annotated[PublicPartnerTier, Field(alias="tier")]


class PublicCommissionsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    base_amount: NotRequired[Annotated[int, Field(alias="base_amount")]]
    booked_before: NotRequired[Annotated[int, Field(alias="booked_before")]]
    clears_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="clears_at")]]
    client_payment_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="client_payment_id")]]
    commission_type: NotRequired[Annotated[PublicCommissionType, Field(alias="commission_type")]]
    corrects_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="corrects_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    deal_id: NotRequired[Annotated[uuid.UUID, Field(alias="deal_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID, Field(alias="lead_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    payment_date: NotRequired[Annotated[datetime.date | None, Field(alias="payment_date")]]
    plan_id: NotRequired[Annotated[uuid.UUID, Field(alias="plan_id")]]
    project_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="project_id")]]
    rate_bp: NotRequired[Annotated[int, Field(alias="rate_bp")]]
    status: NotRequired[Annotated[PublicCommissionStatus, Field(alias="status")]]
    stripe_transfer_id: NotRequired[Annotated[str | None, Field(alias="stripe_transfer_id")]]
    tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier")]]


class PublicDeals(BaseModel):
    claimed_value: int = Field(alias="claimed_value")
    clearing_days: int = Field(alias="clearing_days")
    contracted_value: int | None = Field(alias="contracted_value")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID = Field(alias="lead_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    plan_id: uuid.UUID = Field(alias="plan_id")
    rate_bp: int = Field(alias="rate_bp")
    reference: str = Field(alias="reference")
    rejected_reason: str | None = Field(alias="rejected_reason")
    request_id: uuid.UUID = Field(alias="request_id")
    status: PublicDealStatus = Field(alias="status")
    tier_at_win: PublicPartnerTier = Field(alias="tier_at_win")
    updated_at: datetime.datetime = Field(alias="updated_at")
    verified_at: datetime.datetime | None = Field(alias="verified_at")
    verified_by: uuid.UUID | None = Field(alias="verified_by")
    won_at: datetime.datetime = Field(alias="won_at")


class PublicDealsInsert(TypedDict):
    claimed_value: Annotated[int, Field(alias="claimed_value")]
    clearing_days: Annotated[int, Field(alias="clearing_days")]
    contracted_value: NotRequired[Annotated[int | None, Field(alias="contracted_value")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: Annotated[uuid.UUID, Field(alias="lead_id")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    plan_id: Annotated[uuid.UUID, Field(alias="plan_id")]
    rate_bp: Annotated[int, Field(alias="rate_bp")]
    reference: NotRequired[Annotated[str, Field(alias="reference")]]
    rejected_reason: NotRequired[Annotated[str | None, Field(alias="rejected_reason")]]
    request_id: Annotated[uuid.UUID, Field(alias="request_id")]
    status: NotRequired[Annotated[PublicDealStatus, Field(alias="status")]]
    tier_at_win: Annotated[PublicPartnerTier, Field(alias="tier_at_win")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    verified_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="verified_at")]]
    verified_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="verified_by")]]
    won_at: NotRequired[Annotated[datetime.datetime, Field(alias="won_at")]]


class PublicDealsUpdate(TypedDict):
    claimed_value: NotRequired[Annotated[int, Field(alias="claimed_value")]]
    clearing_days: NotRequired[Annotated[int, Field(alias="clearing_days")]]
    contracted_value: NotRequired[Annotated[int | None, Field(alias="contracted_value")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID, Field(alias="lead_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    plan_id: NotRequired[Annotated[uuid.UUID, Field(alias="plan_id")]]
    rate_bp: NotRequired[Annotated[int, Field(alias="rate_bp")]]
    reference: NotRequired[Annotated[str, Field(alias="reference")]]
    rejected_reason: NotRequired[Annotated[str | None, Field(alias="rejected_reason")]]
    request_id: NotRequired[Annotated[uuid.UUID, Field(alias="request_id")]]
    status: NotRequired[Annotated[PublicDealStatus, Field(alias="status")]]
    tier_at_win: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_at_win")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    verified_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="verified_at")]]
    verified_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="verified_by")]]
    won_at: NotRequired[Annotated[datetime.datetime, Field(alias="won_at")]]


class PublicLeadActivities(BaseModel):
    activity_type: PublicLeadActivityType = Field(alias="activity_type")
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID = Field(alias="lead_id")
    notes: str | None = Field(alias="notes")
    partner_id: uuid.UUID = Field(alias="partner_id")


class PublicLeadActivitiesInsert(TypedDict):
    activity_type: Annotated[PublicLeadActivityType, Field(alias="activity_type")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: Annotated[uuid.UUID, Field(alias="lead_id")]
    notes: NotRequired[Annotated[str | None, Field(alias="notes")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicLeadActivitiesUpdate(TypedDict):
    activity_type: NotRequired[Annotated[PublicLeadActivityType, Field(alias="activity_type")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID, Field(alias="lead_id")]]
    notes: NotRequired[Annotated[str | None, Field(alias="notes")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicLeads(BaseModel):
    attribution_data: JsonValue | None = Field(alias="attribution_data")
    company_name: str = Field(alias="company_name")
    contact_email: str | None = Field(alias="contact_email")
    contact_name: str | None = Field(alias="contact_name")
    contact_phone: str | None = Field(alias="contact_phone")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    deleted_at: datetime.datetime | None = Field(alias="deleted_at")
    deleted_reason: str | None = Field(alias="deleted_reason")
    estimated_value: int | None = Field(alias="estimated_value")
    id: uuid.UUID = Field(alias="id")
    lost_reason: str | None = Field(alias="lost_reason")
    next_action: str | None = Field(alias="next_action")
    next_action_date: datetime.date | None = Field(alias="next_action_date")
    notes: str | None = Field(alias="notes")
    partner_id: uuid.UUID = Field(alias="partner_id")
    project_type: str | None = Field(alias="project_type")
    source: str | None = Field(alias="source")
    stage_entered_at: datetime.datetime = Field(alias="stage_entered_at")
    status: PublicLeadStatus = Field(alias="status")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicLeadsInsert(TypedDict):
    attribution_data: NotRequired[Annotated[JsonValue | None, Field(alias="attribution_data")]]
    company_name: Annotated[str, Field(alias="company_name")]
    contact_email: NotRequired[Annotated[str | None, Field(alias="contact_email")]]
    contact_name: NotRequired[Annotated[str | None, Field(alias="contact_name")]]
    contact_phone: NotRequired[Annotated[str | None, Field(alias="contact_phone")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    deleted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="deleted_at")]]
    deleted_reason: NotRequired[Annotated[str | None, Field(alias="deleted_reason")]]
    estimated_value: NotRequired[Annotated[int | None, Field(alias="estimated_value")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lost_reason: NotRequired[Annotated[str | None, Field(alias="lost_reason")]]
    next_action: NotRequired[Annotated[str | None, Field(alias="next_action")]]
    next_action_date: NotRequired[Annotated[datetime.date | None, Field(alias="next_action_date")]]
    notes: NotRequired[Annotated[str | None, Field(alias="notes")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    project_type: NotRequired[Annotated[str | None, Field(alias="project_type")]]
    source: NotRequired[Annotated[str | None, Field(alias="source")]]
    stage_entered_at: NotRequired[Annotated[datetime.datetime, Field(alias="stage_entered_at")]]
    status: NotRequired[Annotated[PublicLeadStatus, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicLeadsUpdate(TypedDict):
    attribution_data: NotRequired[Annotated[JsonValue | None, Field(alias="attribution_data")]]
    company_name: NotRequired[Annotated[str, Field(alias="company_name")]]
    contact_email: NotRequired[Annotated[str | None, Field(alias="contact_email")]]
    contact_name: NotRequired[Annotated[str | None, Field(alias="contact_name")]]
    contact_phone: NotRequired[Annotated[str | None, Field(alias="contact_phone")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    deleted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="deleted_at")]]
    deleted_reason: NotRequired[Annotated[str | None, Field(alias="deleted_reason")]]
    estimated_value: NotRequired[Annotated[int | None, Field(alias="estimated_value")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lost_reason: NotRequired[Annotated[str | None, Field(alias="lost_reason")]]
    next_action: NotRequired[Annotated[str | None, Field(alias="next_action")]]
    next_action_date: NotRequired[Annotated[datetime.date | None, Field(alias="next_action_date")]]
    notes: NotRequired[Annotated[str | None, Field(alias="notes")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    project_type: NotRequired[Annotated[str | None, Field(alias="project_type")]]
    source: NotRequired[Annotated[str | None, Field(alias="source")]]
    stage_entered_at: NotRequired[Annotated[datetime.datetime, Field(alias="stage_entered_at")]]
    status: NotRequired[Annotated[PublicLeadStatus, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicNotifications(BaseModel):
    action_url: str | None = Field(alias="action_url")
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    message: str = Field(alias="message")
    partner_id: uuid.UUID = Field(alias="partner_id")
    read: bool = Field(alias="read")
    read_at: datetime.datetime | None = Field(alias="read_at")
    title: str = Field(alias="title")
    type: PublicNotificationType = Field(alias="type")


class PublicNotificationsInsert(TypedDict):
    action_url: NotRequired[Annotated[str | None, Field(alias="action_url")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message: Annotated[str, Field(alias="message")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    read: NotRequired[Annotated[bool, Field(alias="read")]]
    read_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="read_at")]]
    title: Annotated[str, Field(alias="title")]
    type: Annotated[PublicNotificationType, Field(alias="type")]


class PublicNotificationsUpdate(TypedDict):
    action_url: NotRequired[Annotated[str | None, Field(alias="action_url")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message: NotRequired[Annotated[str, Field(alias="message")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    read: NotRequired[Annotated[bool, Field(alias="read")]]
    read_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="read_at")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    type: NotRequired[Annotated[PublicNotificationType, Field(alias="type")]]


class PublicPartnerTierHistory(BaseModel):
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    reason: str = Field(alias="reason")
    tier: PublicPartnerTier = Field(alias="tier")
    valid_from: datetime.datetime = Field(alias="valid_from")
    valid_to: datetime.datetime | None = Field(alias="valid_to")


class PublicPartnerTierHistoryInsert(TypedDict):
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    reason: Annotated[str, Field(alias="reason")]
    tier: Annotated[PublicPartnerTier, Field(alias="tier")]
    valid_from: NotRequired[Annotated[datetime.datetime, Field(alias="valid_from")]]
    valid_to: NotRequired[Annotated[datetime.datetime | None, Field(alias="valid_to")]]


class PublicPartnerTierHistoryUpdate(TypedDict):
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier")]]
    valid_from: NotRequired[Annotated[datetime.datetime, Field(alias="valid_from")]]
    valid_to: NotRequired[Annotated[datetime.datetime | None, Field(alias="valid_to")]]


class PublicPartners(BaseModel):
    commission_rate: int = Field(alias="commission_rate")
    country: str | None = Field(alias="country")
    created_at: datetime.datetime = Field(alias="created_at")
    current_tier: PublicPartnerTier = Field(alias="current_tier")
    email: str = Field(alias="email")
    id: uuid.UUID = Field(alias="id")
    locale: str = Field(alias="locale")
    name: str = Field(alias="name")
    phone: str | None = Field(alias="phone")
    referral_code: str = Field(alias="referral_code")
    region: str | None = Field(alias="region")
    status: PublicPartnerStatus = Field(alias="status")
    team_leader_id: uuid.UUID | None = Field(alias="team_leader_id")
    timezone: str = Field(alias="timezone")
    updated_at: datetime.datetime = Field(alias="updated_at")
    user_id: uuid.UUID | None = Field(alias="user_id")


class PublicPartnersInsert(TypedDict):
    commission_rate: NotRequired[Annotated[int, Field(alias="commission_rate")]]
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    current_tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="current_tier")]]
    email: Annotated[str, Field(alias="email")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    locale: NotRequired[Annotated[str, Field(alias="locale")]]
    name: Annotated[str, Field(alias="name")]
    phone: NotRequired[Annotated[str | None, Field(alias="phone")]]
    referral_code: NotRequired[Annotated[str, Field(alias="referral_code")]]
    region: NotRequired[Annotated[str | None, Field(alias="region")]]
    status: NotRequired[Annotated[PublicPartnerStatus, Field(alias="status")]]
    team_leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="team_leader_id")]]
    timezone: NotRequired[Annotated[str, Field(alias="timezone")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    user_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="user_id")]]


class PublicPartnersUpdate(TypedDict):
    commission_rate: NotRequired[Annotated[int, Field(alias="commission_rate")]]
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    current_tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="current_tier")]]
    email: NotRequired[Annotated[str, Field(alias="email")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    locale: NotRequired[Annotated[str, Field(alias="locale")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    phone: NotRequired[Annotated[str | None, Field(alias="phone")]]
    referral_code: NotRequired[Annotated[str, Field(alias="referral_code")]]
    region: NotRequired[Annotated[str | None, Field(alias="region")]]
    status: NotRequired[Annotated[PublicPartnerStatus, Field(alias="status")]]
    team_leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="team_leader_id")]]
    timezone: NotRequired[Annotated[str, Field(alias="timezone")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    user_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="user_id")]]


class PublicPayoutAccountLinks(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    error: str | None = Field(alias="error")
    expires_at: datetime.datetime | None = Field(alias="expires_at")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    url: str | None = Field(alias="url")


class PublicPayoutAccountLinksInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    error: NotRequired[Annotated[str | None, Field(alias="error")]]
    expires_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="expires_at")]]
    id: Annotated[uuid.UUID, Field(alias="id")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    url: NotRequired[Annotated[str | None, Field(alias="url")]]


class PublicPayoutAccountLinksUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    error: NotRequired[Annotated[str | None, Field(alias="error")]]
    expires_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="expires_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    url: NotRequired[Annotated[str | None, Field(alias="url")]]


class PublicPayoutAccounts(BaseModel):
    country: str | None = Field(alias="country")
    created_at: datetime.datetime = Field(alias="created_at")
    destination_changed_at: datetime.datetime | None = Field(alias="destination_changed_at")
    destination_fingerprint: str | None = Field(alias="destination_fingerprint")
    destination_label: str | None = Field(alias="destination_label")
    partner_id: uuid.UUID = Field(alias="partner_id")
    requirements_due: list[str] = Field(alias="requirements_due")
    status: PublicPayoutAccountStatus = Field(alias="status")
    stripe_account_id: str | None = Field(alias="stripe_account_id")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicPayoutAccountsInsert(TypedDict):
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    destination_changed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="destination_changed_at")]]
    destination_fingerprint: NotRequired[Annotated[str | None, Field(alias="destination_fingerprint")]]
    destination_label: NotRequired[Annotated[str | None, Field(alias="destination_label")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    requirements_due: NotRequired[Annotated[list[str], Field(alias="requirements_due")]]
    status: NotRequired[Annotated[PublicPayoutAccountStatus, Field(alias="status")]]
    stripe_account_id: NotRequired[Annotated[str | None, Field(alias="stripe_account_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPayoutAccountsUpdate(TypedDict):
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    destination_changed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="destination_changed_at")]]
    destination_fingerprint: NotRequired[Annotated[str | None, Field(alias="destination_fingerprint")]]
    destination_label: NotRequired[Annotated[str | None, Field(alias="destination_label")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    requirements_due: NotRequired[Annotated[list[str], Field(alias="requirements_due")]]
    status: NotRequired[Annotated[PublicPayoutAccountStatus, Field(alias="status")]]
    stripe_account_id: NotRequired[Annotated[str | None, Field(alias="stripe_account_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPayoutItems(BaseModel):
    amount: int = Field(alias="amount")
    commission_id: uuid.UUID = Field(alias="commission_id")
    payout_id: uuid.UUID = Field(alias="payout_id")


class PublicPayoutItemsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    commission_id: Annotated[uuid.UUID, Field(alias="commission_id")]
    payout_id: Annotated[uuid.UUID, Field(alias="payout_id")]


class PublicPayoutItemsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    commission_id: NotRequired[Annotated[uuid.UUID, Field(alias="commission_id")]]
    payout_id: NotRequired[Annotated[uuid.UUID, Field(alias="payout_id")]]


class PublicPayoutMinimums(BaseModel):
    amount: int = Field(alias="amount")
    currency: str = Field(alias="currency")


class PublicPayoutMinimumsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    currency: Annotated[str, Field(alias="currency")]


class PublicPayoutMinimumsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]


class PublicPayouts(BaseModel):
    amount: int = Field(alias="amount")
    attempt: int = Field(alias="attempt")
    attempt_started_at: datetime.datetime | None = Field(alias="attempt_started_at")
    currency: str = Field(alias="currency")
    failure_code: str | None = Field(alias="failure_code")
    failure_message: str | None = Field(alias="failure_message")
    id: uuid.UUID = Field(alias="id")
    idempotency_key: str | None = Field(alias="idempotency_key")
    paid_at: datetime.datetime | None = Field(alias="paid_at")
    partner_id: uuid.UUID = Field(alias="partner_id")
    request: JsonValue | None = Field(alias="request")
    request_id: uuid.UUID = Field(alias="request_id")
    requested_at: datetime.datetime = Field(alias="requested_at")
    sent_at: datetime.datetime | None = Field(alias="sent_at")
    status: PublicPayoutStatus = Field(alias="status")
    stripe_transfer_id: str | None = Field(alias="stripe_transfer_id")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicPayoutsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    attempt: NotRequired[Annotated[int, Field(alias="attempt")]]
    attempt_started_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="attempt_started_at")]]
    currency: Annotated[str, Field(alias="currency")]
    failure_code: NotRequired[Annotated[str | None, Field(alias="failure_code")]]
    failure_message: NotRequired[Annotated[str | None, Field(alias="failure_message")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    idempotency_key: NotRequired[Annotated[str | None, Field(alias="idempotency_key")]]
    paid_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="paid_at")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    request: NotRequired[Annotated[JsonValue | None, Field(alias="request")]]
    request_id: Annotated[uuid.UUID, Field(alias="request_id")]
    requested_at: NotRequired[Annotated[datetime.datetime, Field(alias="requested_at")]]
    sent_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="sent_at")]]
    status: Annotated[PublicPayoutStatus, Field(alias="status")]
    stripe_transfer_id: NotRequired[Annotated[str | None, Field(alias="stripe_transfer_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPayoutsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    attempt: NotRequired[Annotated[int, Field(alias="attempt")]]
    attempt_started_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="attempt_started_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    failure_code: NotRequired[Annotated[str | None, Field(alias="failure_code")]]
    failure_message: NotRequired[Annotated[str | None, Field(alias="failure_message")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    idempotency_key: NotRequired[Annotated[str | None, Field(alias="idempotency_key")]]
    paid_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="paid_at")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    request: NotRequired[Annotated[JsonValue | None, Field(alias="request")]]
    request_id: NotRequired[Annotated[uuid.UUID, Field(alias="request_id")]]
    requested_at: NotRequired[Annotated[datetime.datetime, Field(alias="requested_at")]]
    sent_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="sent_at")]]
    status: NotRequired[Annotated[PublicPayoutStatus, Field(alias="status")]]
    stripe_transfer_id: NotRequired[Annotated[str | None, Field(alias="stripe_transfer_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPushSubscriptions(BaseModel):
    auth: str = Field(alias="auth")
    created_at: datetime.datetime = Field(alias="created_at")
    endpoint: str = Field(alias="endpoint")
    failures: int = Field(alias="failures")
    id: uuid.UUID = Field(alias="id")
    last_success_at: datetime.datetime | None = Field(alias="last_success_at")
    p256dh: str = Field(alias="p256dh")
    partner_id: uuid.UUID = Field(alias="partner_id")
    user_agent: str | None = Field(alias="user_agent")


class PublicPushSubscriptionsInsert(TypedDict):
    auth: Annotated[str, Field(alias="auth")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    endpoint: Annotated[str, Field(alias="endpoint")]
    failures: NotRequired[Annotated[int, Field(alias="failures")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    last_success_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="last_success_at")]]
    p256dh: Annotated[str, Field(alias="p256dh")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    user_agent: NotRequired[Annotated[str | None, Field(alias="user_agent")]]


class PublicPushSubscriptionsUpdate(TypedDict):
    auth: NotRequired[Annotated[str, Field(alias="auth")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    endpoint: NotRequired[Annotated[str, Field(alias="endpoint")]]
    failures: NotRequired[Annotated[int, Field(alias="failures")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    last_success_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="last_success_at")]]
    p256dh: NotRequired[Annotated[str, Field(alias="p256dh")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    user_agent: NotRequired[Annotated[str | None, Field(alias="user_agent")]]


class PublicStaffMembers(BaseModel):
    active: bool = Field(alias="active")
    created_at: datetime.datetime = Field(alias="created_at")
    email: str = Field(alias="email")
    id: uuid.UUID = Field(alias="id")
    name: str = Field(alias="name")


class PublicStaffMembersInsert(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    email: Annotated[str, Field(alias="email")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: Annotated[str, Field(alias="name")]


class PublicStaffMembersUpdate(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    email: NotRequired[Annotated[str, Field(alias="email")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]


class PublicStaffRoles(BaseModel):
    granted_at: datetime.datetime = Field(alias="granted_at")
    role: PublicStaffRole = Field(alias="role")
    staff_id: uuid.UUID = Field(alias="staff_id")


class PublicStaffRolesInsert(TypedDict):
    granted_at: NotRequired[Annotated[datetime.datetime, Field(alias="granted_at")]]
    role: Annotated[PublicStaffRole, Field(alias="role")]
    staff_id: Annotated[uuid.UUID, Field(alias="staff_id")]


class PublicStaffRolesUpdate(TypedDict):
    granted_at: NotRequired[Annotated[datetime.datetime, Field(alias="granted_at")]]
    role: NotRequired[Annotated[PublicStaffRole, Field(alias="role")]]
    staff_id: NotRequired[Annotated[uuid.UUID, Field(alias="staff_id")]]


class PublicTierDefinitions(BaseModel):
    colour: str = Field(alias="colour")
    label: str = Field(alias="label")
    min_qualified_deals: int = Field(alias="min_qualified_deals")
    position: int = Field(alias="position")
    tier: PublicPartnerTier = Field(alias="tier")
    typical_days_from: int = Field(alias="typical_days_from")
    typical_days_to: int | None = Field(alias="typical_days_to")


class PublicTierDefinitionsInsert(TypedDict):
    colour: Annotated[str, Field(alias="colour")]
    label: Annotated[str, Field(alias="label")]
    min_qualified_deals: Annotated[int, Field(alias="min_qualified_deals")]
    position: Annotated[int, Field(alias="position")]
    tier: Annotated[PublicPartnerTier, Field(alias="tier")]
    typical_days_from: Annotated[int, Field(alias="typical_days_from")]
    typical_days_to: NotRequired[Annotated[int | None, Field(alias="typical_days_to")]]


class PublicTierDefinitionsUpdate(TypedDict):
    colour: NotRequired[Annotated[str, Field(alias="colour")]]
    label: NotRequired[Annotated[str, Field(alias="label")]]
    min_qualified_deals: NotRequired[Annotated[int, Field(alias="min_qualified_deals")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier")]]
    typical_days_from: NotRequired[Annotated[int, Field(alias="typical_days_from")]]
    typical_days_to: NotRequired[Annotated[int | None, Field(alias="typical_days_to")]]


class PublicCommissionLines(BaseModel):
    amount: int = Field(alias="amount")
    base_amount: int = Field(alias="base_amount")
    clears_at: datetime.datetime | None = Field(alias="clears_at")
    commission_type: PublicCommissionType = Field(alias="commission_type")
    company_name: str = Field(alias="company_name")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    deal_reference: str = Field(alias="deal_reference")
    id: uuid.UUID = Field(alias="id")
    instalment: int | None = Field(alias="instalment")
    next_step: str | None = Field(alias="next_step")
    payment_date: datetime.date | None = Field(alias="payment_date")
    rate: int = Field(alias="rate")
    status: PublicCommissionStatus = Field(alias="status")


class PublicLeadCards(BaseModel):
    claimed_value: int | None = Field(alias="claimed_value")
    company_name: str = Field(alias="company_name")
    contact_email: str | None = Field(alias="contact_email")
    contact_name: str | None = Field(alias="contact_name")
    contact_phone: str | None = Field(alias="contact_phone")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    days_in_stage: int | None = Field(alias="days_in_stage")
    deal_id: uuid.UUID | None = Field(alias="deal_id")
    deal_reference: str | None = Field(alias="deal_reference")
    deal_status: PublicDealStatus | None = Field(alias="deal_status")
    estimated_value: int | None = Field(alias="estimated_value")
    id: uuid.UUID = Field(alias="id")
    lost_reason: str | None = Field(alias="lost_reason")
    next_action: str | None = Field(alias="next_action")
    next_action_date: datetime.date | None = Field(alias="next_action_date")
    notes: str | None = Field(alias="notes")
    project_type: str | None = Field(alias="project_type")
    source: str | None = Field(alias="source")
    stage_entered_at: datetime.datetime = Field(alias="stage_entered_at")
    status: PublicLeadStatus = Field(alias="status")
    updated_at: datetime.datetime = Field(alias="updated_at")
