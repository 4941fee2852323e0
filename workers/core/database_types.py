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

PgCatalogTsvector: TypeAlias = str

PgCatalogXid8: TypeAlias = str

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
    "commission_expense",
    "partner_pending",
    "partner_payable",
    "partner_receivable",
    "payout_clearing",
    "payout_fees",
    "payout_recoveries",
    "stripe_cash",
]

NetRequestStatus: TypeAlias = Literal["PENDING", "SUCCESS", "ERROR"]

PublicAdjustmentState: TypeAlias = Literal["proposed", "approved", "declined", "withdrawn"]

PublicAppealStatus: TypeAlias = Literal["open", "granted", "denied"]

PublicApplicationStatus: TypeAlias = Literal["submitted", "in_review", "approved", "rejected", "withdrawn"]

PublicAssetCategory: TypeAlias = Literal[
    "brochures", "email_templates", "social_posts", "videos", "proposals", "brand", "case_studies", "competitive"
]

PublicBankPayoutStatus: TypeAlias = Literal["pending", "in_transit", "paid", "failed", "canceled"]

PublicChallengeMetric: TypeAlias = Literal["qualified_deals", "leads_logged", "lessons_completed", "points"]

PublicChannelNotifications: TypeAlias = Literal["all", "mentions", "none"]

PublicChannelType: TypeAlias = Literal["general", "training", "team", "direct"]

PublicClaimState: TypeAlias = Literal["open", "info", "accepted", "rejected"]

PublicCommissionStatus: TypeAlias = Literal[
    "estimated", "pending", "approved", "payable", "processing", "paid", "held", "reversed", "disputed", "settled"
]

PublicCommissionType: TypeAlias = Literal["base", "team_override", "referral", "bonus", "adjustment", "reversal"]

PublicConflictDecision: TypeAlias = Literal["existing_lead", "new_lead", "both", "withdrawn", "given_up"]

PublicDealCaseState: TypeAlias = Literal["open", "info", "decided"]

PublicDealStatus: TypeAlias = Literal["claimed", "verified", "rejected", "cancelled"]

PublicDeliveryStatus: TypeAlias = Literal["waiting", "delivered", "dead", "withdrawn"]

PublicDisputeStatus: TypeAlias = Literal["opened", "won", "lost"]

PublicEntryStatus: TypeAlias = Literal["running", "provisional", "confirmed", "missed", "withdrawn"]

PublicEventKind: TypeAlias = Literal[
    "office_hours", "strategy_call", "webinar", "dinner", "networking", "training", "team_call"
]

PublicExportStatus: TypeAlias = Literal["waiting", "ready", "expired"]

PublicFinanceExportKind: TypeAlias = Literal["ledger", "commissions", "payouts", "tax"]

PublicHoldDecision: TypeAlias = Literal["released", "upheld"]

PublicInstantStatus: TypeAlias = Literal["waiting", "sending", "on_its_way", "arrived", "fell_back"]

PublicLeadActivityType: TypeAlias = Literal["call", "email", "meeting", "note", "status_change"]

PublicLeadFact: TypeAlias = Literal[
    "business_email",
    "phone",
    "project_type",
    "stage",
    "next_action_planned",
    "source",
    "campaign",
    "referral_link",
    "activities_30_days",
    "meetings",
    "idle_days",
    "days_in_stage",
    "estimated_value",
]

PublicLeadScoreComponent: TypeAlias = Literal["fit", "source", "activity", "recency", "value"]

PublicLeadStatus: TypeAlias = Literal["new", "contacted", "qualified", "proposal_sent", "closed_won", "closed_lost"]

PublicLessonKind: TypeAlias = Literal["text", "video", "resource", "quiz"]

PublicMessageKind: TypeAlias = Literal["text", "voice", "system"]

PublicNotificationChannel: TypeAlias = Literal["push", "email", "sms"]

PublicNotificationType: TypeAlias = Literal[
    "achievement", "commission", "tier_up", "message", "reminder", "payout", "security", "account"
]

PublicOverrideBasis: TypeAlias = Literal["deal_amount", "member_commission"]

PublicPartnerStatus: TypeAlias = Literal["invited", "pending", "active", "inactive", "suspended", "terminated"]

PublicPartnerTier: TypeAlias = Literal["starter", "active", "performer", "elite"]

PublicPayoutAccountStatus: TypeAlias = Literal["none", "onboarding", "ready", "restricted"]

PublicPayoutKind: TypeAlias = Literal["on_request", "automatic", "instant", "final", "fee_refund"]

PublicPayoutMethod: TypeAlias = Literal["standard", "instant"]

PublicPayoutRunStatus: TypeAlias = Literal["previewed", "approved", "executing", "executed", "reconciled"]

PublicPayoutStatus: TypeAlias = Literal[
    "draft", "approved", "sending", "sent", "paid", "parked", "failed", "reversed", "cancelled"
]

PublicPresenceStatus: TypeAlias = Literal["online", "away", "busy"]

PublicProposalStatus: TypeAlias = Literal["draft", "sent", "accepted", "declined", "expired", "withdrawn"]

PublicReportState: TypeAlias = Literal["open", "acted", "dismissed"]

PublicRequestStatus: TypeAlias = Literal["open", "in_review", "accepted", "declined", "withdrawn"]

PublicRequirementKind: TypeAlias = Literal[
    "qualified_deals", "training_track", "time_in_tier_days", "client_satisfaction", "support_calls"
]

PublicReversalStatus: TypeAlias = Literal["proposed", "rejected", "approved", "sending", "done", "refused"]

PublicRsvpStatus: TypeAlias = Literal["going", "waitlisted", "declined", "attended", "missed"]

PublicScorePeriod: TypeAlias = Literal["week", "month", "all"]

PublicStaffRole: TypeAlias = Literal["support", "moderator", "finance", "admin", "owner"]

PublicTaxStatus: TypeAlias = Literal["unknown", "required", "pending", "rejected", "complete"]

PublicTemplateChannel: TypeAlias = Literal["email", "call"]

PublicTemplateVisibility: TypeAlias = Literal["private", "shared", "official"]

PublicTermsKind: TypeAlias = Literal["partner_agreement", "privacy_policy"]

PublicTicketPriority: TypeAlias = Literal["low", "medium", "high", "urgent"]

PublicTicketStatus: TypeAlias = Literal["open", "in_progress", "waiting", "resolved", "closed"]

PublicTrainingChannel: TypeAlias = Literal[
    "getting_started",
    "sales_fundamentals",
    "advanced_techniques",
    "product_knowledge",
    "video_library",
    "certifications",
]

PublicUsageDevice: TypeAlias = Literal["phone", "tablet", "desktop"]

PublicUsageDisplay: TypeAlias = Literal["browser", "standalone"]

PublicUsageKind: TypeAlias = Literal["opened", "installed", "foreground", "feature"]

StorageBuckettype: TypeAlias = Literal["STANDARD", "ANALYTICS", "VECTOR"]


class PublicAchievements(BaseModel):
    awarded_by: uuid.UUID | None = Field(alias="awarded_by")
    badge_name: str = Field(alias="badge_name")
    badge_type: str = Field(alias="badge_type")
    earned_at: datetime.datetime = Field(alias="earned_at")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    reason: str | None = Field(alias="reason")
    revoked_at: datetime.datetime | None = Field(alias="revoked_at")
    revoked_by: uuid.UUID | None = Field(alias="revoked_by")
    revoked_reason: str | None = Field(alias="revoked_reason")


class PublicAchievementsInsert(TypedDict):
    awarded_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="awarded_by")]]
    badge_name: Annotated[str, Field(alias="badge_name")]
    badge_type: Annotated[str, Field(alias="badge_type")]
    earned_at: NotRequired[Annotated[datetime.datetime, Field(alias="earned_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    reason: NotRequired[Annotated[str | None, Field(alias="reason")]]
    revoked_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="revoked_at")]]
    revoked_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="revoked_by")]]
    revoked_reason: NotRequired[Annotated[str | None, Field(alias="revoked_reason")]]


class PublicAchievementsUpdate(TypedDict):
    awarded_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="awarded_by")]]
    badge_name: NotRequired[Annotated[str, Field(alias="badge_name")]]
    badge_type: NotRequired[Annotated[str, Field(alias="badge_type")]]
    earned_at: NotRequired[Annotated[datetime.datetime, Field(alias="earned_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    reason: NotRequired[Annotated[str | None, Field(alias="reason")]]
    revoked_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="revoked_at")]]
    revoked_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="revoked_by")]]
    revoked_reason: NotRequired[Annotated[str | None, Field(alias="revoked_reason")]]


class PublicAdjustments(BaseModel):
    amount: int = Field(alias="amount")
    claim_id: uuid.UUID | None = Field(alias="claim_id")
    commission_id: uuid.UUID | None = Field(alias="commission_id")
    currency: str = Field(alias="currency")
    deal_id: uuid.UUID | None = Field(alias="deal_id")
    decided_at: datetime.datetime | None = Field(alias="decided_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    decision_reason: str | None = Field(alias="decision_reason")
    id: uuid.UUID = Field(alias="id")
    line_id: uuid.UUID | None = Field(alias="line_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    proposed_at: datetime.datetime = Field(alias="proposed_at")
    proposed_by: uuid.UUID = Field(alias="proposed_by")
    purpose: str = Field(alias="purpose")
    reason: str = Field(alias="reason")
    state: PublicAdjustmentState = Field(alias="state")


class PublicAdjustmentsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    claim_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="claim_id")]]
    commission_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="commission_id")]]
    currency: Annotated[str, Field(alias="currency")]
    deal_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="deal_id")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision_reason: NotRequired[Annotated[str | None, Field(alias="decision_reason")]]
    id: Annotated[uuid.UUID, Field(alias="id")]
    line_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="line_id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    proposed_at: NotRequired[Annotated[datetime.datetime, Field(alias="proposed_at")]]
    proposed_by: Annotated[uuid.UUID, Field(alias="proposed_by")]
    purpose: Annotated[str, Field(alias="purpose")]
    reason: Annotated[str, Field(alias="reason")]
    state: NotRequired[Annotated[PublicAdjustmentState, Field(alias="state")]]


class PublicAdjustmentsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    claim_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="claim_id")]]
    commission_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="commission_id")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    deal_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="deal_id")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision_reason: NotRequired[Annotated[str | None, Field(alias="decision_reason")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    line_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="line_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    proposed_at: NotRequired[Annotated[datetime.datetime, Field(alias="proposed_at")]]
    proposed_by: NotRequired[Annotated[uuid.UUID, Field(alias="proposed_by")]]
    purpose: NotRequired[Annotated[str, Field(alias="purpose")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    state: NotRequired[Annotated[PublicAdjustmentState, Field(alias="state")]]


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
    recruiter_id: uuid.UUID | None = Field(alias="recruiter_id")
    reviewer_id: uuid.UUID | None = Field(alias="reviewer_id")
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
    recruiter_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="recruiter_id")]]
    reviewer_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="reviewer_id")]]
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
    recruiter_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="recruiter_id")]]
    reviewer_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="reviewer_id")]]
    status: NotRequired[Annotated[PublicApplicationStatus, Field(alias="status")]]
    subject: NotRequired[Annotated[str, Field(alias="subject")]]
    terms_accepted_at: NotRequired[Annotated[datetime.datetime, Field(alias="terms_accepted_at")]]
    user_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="user_id")]]


class PublicAssetDownloads(BaseModel):
    asset_id: uuid.UUID = Field(alias="asset_id")
    downloaded_at: datetime.datetime = Field(alias="downloaded_at")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")


class PublicAssetDownloadsInsert(TypedDict):
    asset_id: Annotated[uuid.UUID, Field(alias="asset_id")]
    downloaded_at: NotRequired[Annotated[datetime.datetime, Field(alias="downloaded_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]


class PublicAssetDownloadsUpdate(TypedDict):
    asset_id: NotRequired[Annotated[uuid.UUID, Field(alias="asset_id")]]
    downloaded_at: NotRequired[Annotated[datetime.datetime, Field(alias="downloaded_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicAssetVersions(BaseModel):
    asset_id: uuid.UUID = Field(alias="asset_id")
    created_at: datetime.datetime = Field(alias="created_at")
    file_size: int = Field(alias="file_size")
    file_type: str = Field(alias="file_type")
    id: uuid.UUID = Field(alias="id")
    note: str | None = Field(alias="note")
    path: str = Field(alias="path")
    version: int = Field(alias="version")


class PublicAssetVersionsInsert(TypedDict):
    asset_id: Annotated[uuid.UUID, Field(alias="asset_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    file_size: Annotated[int, Field(alias="file_size")]
    file_type: Annotated[str, Field(alias="file_type")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    path: Annotated[str, Field(alias="path")]
    version: Annotated[int, Field(alias="version")]


class PublicAssetVersionsUpdate(TypedDict):
    asset_id: NotRequired[Annotated[uuid.UUID, Field(alias="asset_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    file_size: NotRequired[Annotated[int, Field(alias="file_size")]]
    file_type: NotRequired[Annotated[str, Field(alias="file_type")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    path: NotRequired[Annotated[str, Field(alias="path")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]


class PublicAttachments(BaseModel):
    alt_text: str | None = Field(alias="alt_text")
    bucket_id: str = Field(alias="bucket_id")
    created_at: datetime.datetime = Field(alias="created_at")
    duration_ms: int | None = Field(alias="duration_ms")
    id: uuid.UUID = Field(alias="id")
    message_id: uuid.UUID = Field(alias="message_id")
    mime_type: str = Field(alias="mime_type")
    name: str = Field(alias="name")
    path: str = Field(alias="path")
    size: int = Field(alias="size")


class PublicAttachmentsInsert(TypedDict):
    alt_text: NotRequired[Annotated[str | None, Field(alias="alt_text")]]
    bucket_id: Annotated[str, Field(alias="bucket_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    duration_ms: NotRequired[Annotated[int | None, Field(alias="duration_ms")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message_id: Annotated[uuid.UUID, Field(alias="message_id")]
    mime_type: Annotated[str, Field(alias="mime_type")]
    name: Annotated[str, Field(alias="name")]
    path: Annotated[str, Field(alias="path")]
    size: Annotated[int, Field(alias="size")]


class PublicAttachmentsUpdate(TypedDict):
    alt_text: NotRequired[Annotated[str | None, Field(alias="alt_text")]]
    bucket_id: NotRequired[Annotated[str, Field(alias="bucket_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    duration_ms: NotRequired[Annotated[int | None, Field(alias="duration_ms")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message_id: NotRequired[Annotated[uuid.UUID, Field(alias="message_id")]]
    mime_type: NotRequired[Annotated[str, Field(alias="mime_type")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    path: NotRequired[Annotated[str, Field(alias="path")]]
    size: NotRequired[Annotated[int, Field(alias="size")]]


class PublicAttributionClaims(BaseModel):
    about: str = Field(alias="about")
    appeal_of: uuid.UUID | None = Field(alias="appeal_of")
    commission_id: uuid.UUID | None = Field(alias="commission_id")
    created_at: datetime.datetime = Field(alias="created_at")
    deal_id: uuid.UUID | None = Field(alias="deal_id")
    decided_at: datetime.datetime | None = Field(alias="decided_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    decision_reason: str | None = Field(alias="decision_reason")
    due_at: datetime.datetime = Field(alias="due_at")
    escalated_at: datetime.datetime | None = Field(alias="escalated_at")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID | None = Field(alias="lead_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    reason: str = Field(alias="reason")
    resolution: str | None = Field(alias="resolution")
    resolution_amount: int | None = Field(alias="resolution_amount")
    resolution_currency: str | None = Field(alias="resolution_currency")
    resolved_commission_id: uuid.UUID | None = Field(alias="resolved_commission_id")
    state: PublicClaimState = Field(alias="state")
    subject: str | None = Field(alias="subject")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicAttributionClaimsInsert(TypedDict):
    about: Annotated[str, Field(alias="about")]
    appeal_of: NotRequired[Annotated[uuid.UUID | None, Field(alias="appeal_of")]]
    commission_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="commission_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deal_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="deal_id")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision_reason: NotRequired[Annotated[str | None, Field(alias="decision_reason")]]
    due_at: Annotated[datetime.datetime, Field(alias="due_at")]
    escalated_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="escalated_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="lead_id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    reason: Annotated[str, Field(alias="reason")]
    resolution: NotRequired[Annotated[str | None, Field(alias="resolution")]]
    resolution_amount: NotRequired[Annotated[int | None, Field(alias="resolution_amount")]]
    resolution_currency: NotRequired[Annotated[str | None, Field(alias="resolution_currency")]]
    resolved_commission_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="resolved_commission_id")]]
    state: NotRequired[Annotated[PublicClaimState, Field(alias="state")]]
    subject: NotRequired[Annotated[str | None, Field(alias="subject")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicAttributionClaimsUpdate(TypedDict):
    about: NotRequired[Annotated[str, Field(alias="about")]]
    appeal_of: NotRequired[Annotated[uuid.UUID | None, Field(alias="appeal_of")]]
    commission_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="commission_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deal_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="deal_id")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision_reason: NotRequired[Annotated[str | None, Field(alias="decision_reason")]]
    due_at: NotRequired[Annotated[datetime.datetime, Field(alias="due_at")]]
    escalated_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="escalated_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="lead_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    resolution: NotRequired[Annotated[str | None, Field(alias="resolution")]]
    resolution_amount: NotRequired[Annotated[int | None, Field(alias="resolution_amount")]]
    resolution_currency: NotRequired[Annotated[str | None, Field(alias="resolution_currency")]]
    resolved_commission_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="resolved_commission_id")]]
    state: NotRequired[Annotated[PublicClaimState, Field(alias="state")]]
    subject: NotRequired[Annotated[str | None, Field(alias="subject")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicBadges(BaseModel):
    badge_name: str = Field(alias="badge_name")
    badge_type: str = Field(alias="badge_type")
    description: str = Field(alias="description")
    position: int = Field(alias="position")
    retired_at: datetime.datetime | None = Field(alias="retired_at")


class PublicBadgesInsert(TypedDict):
    badge_name: Annotated[str, Field(alias="badge_name")]
    badge_type: Annotated[str, Field(alias="badge_type")]
    description: Annotated[str, Field(alias="description")]
    position: Annotated[int, Field(alias="position")]
    retired_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="retired_at")]]


class PublicBadgesUpdate(TypedDict):
    badge_name: NotRequired[Annotated[str, Field(alias="badge_name")]]
    badge_type: NotRequired[Annotated[str, Field(alias="badge_type")]]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    retired_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="retired_at")]]


class PublicBankPayouts(BaseModel):
    amount: int = Field(alias="amount")
    arrives_at: datetime.datetime | None = Field(alias="arrives_at")
    currency: str = Field(alias="currency")
    failure_code: str | None = Field(alias="failure_code")
    made_at: datetime.datetime = Field(alias="made_at")
    method: PublicPayoutMethod = Field(alias="method")
    partner_id: uuid.UUID = Field(alias="partner_id")
    payout_id: uuid.UUID | None = Field(alias="payout_id")
    reason: str | None = Field(alias="reason")
    status: PublicBankPayoutStatus = Field(alias="status")
    stripe_payout_id: str = Field(alias="stripe_payout_id")
    told_at: datetime.datetime | None = Field(alias="told_at")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicBankPayoutsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    arrives_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="arrives_at")]]
    currency: Annotated[str, Field(alias="currency")]
    failure_code: NotRequired[Annotated[str | None, Field(alias="failure_code")]]
    made_at: Annotated[datetime.datetime, Field(alias="made_at")]
    method: Annotated[PublicPayoutMethod, Field(alias="method")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    payout_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="payout_id")]]
    reason: NotRequired[Annotated[str | None, Field(alias="reason")]]
    status: Annotated[PublicBankPayoutStatus, Field(alias="status")]
    stripe_payout_id: Annotated[str, Field(alias="stripe_payout_id")]
    told_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="told_at")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicBankPayoutsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    arrives_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="arrives_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    failure_code: NotRequired[Annotated[str | None, Field(alias="failure_code")]]
    made_at: NotRequired[Annotated[datetime.datetime, Field(alias="made_at")]]
    method: NotRequired[Annotated[PublicPayoutMethod, Field(alias="method")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    payout_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="payout_id")]]
    reason: NotRequired[Annotated[str | None, Field(alias="reason")]]
    status: NotRequired[Annotated[PublicBankPayoutStatus, Field(alias="status")]]
    stripe_payout_id: NotRequired[Annotated[str, Field(alias="stripe_payout_id")]]
    told_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="told_at")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicBetaFeedback(BaseModel):
    answer: str | None = Field(alias="answer")
    created_at: datetime.datetime = Field(alias="created_at")
    feature: str = Field(alias="feature")
    handled_at: datetime.datetime | None = Field(alias="handled_at")
    handled_by: uuid.UUID | None = Field(alias="handled_by")
    id: uuid.UUID = Field(alias="id")
    message: str = Field(alias="message")
    partner_id: uuid.UUID = Field(alias="partner_id")
    program_id: uuid.UUID | None = Field(alias="program_id")
    state: str = Field(alias="state")


class PublicBetaFeedbackInsert(TypedDict):
    answer: NotRequired[Annotated[str | None, Field(alias="answer")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    feature: Annotated[str, Field(alias="feature")]
    handled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="handled_at")]]
    handled_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="handled_by")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message: Annotated[str, Field(alias="message")]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    program_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="program_id")]]
    state: NotRequired[Annotated[str, Field(alias="state")]]


class PublicBetaFeedbackUpdate(TypedDict):
    answer: NotRequired[Annotated[str | None, Field(alias="answer")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    feature: NotRequired[Annotated[str, Field(alias="feature")]]
    handled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="handled_at")]]
    handled_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="handled_by")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message: NotRequired[Annotated[str, Field(alias="message")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    program_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="program_id")]]
    state: NotRequired[Annotated[str, Field(alias="state")]]


class PublicBetaPrograms(BaseModel):
    closed_at: datetime.datetime | None = Field(alias="closed_at")
    created_at: datetime.datetime = Field(alias="created_at")
    description: str = Field(alias="description")
    id: uuid.UUID = Field(alias="id")
    name: str = Field(alias="name")
    opened_at: datetime.datetime | None = Field(alias="opened_at")
    tier_requirement: PublicPartnerTier = Field(alias="tier_requirement")


class PublicBetaProgramsInsert(TypedDict):
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: Annotated[str, Field(alias="description")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: Annotated[str, Field(alias="name")]
    opened_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="opened_at")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_requirement")]]


class PublicBetaProgramsUpdate(TypedDict):
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    opened_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="opened_at")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_requirement")]]


class PublicBrandProfiles(BaseModel):
    contact_email: str | None = Field(alias="contact_email")
    contact_name: str | None = Field(alias="contact_name")
    contact_phone: str | None = Field(alias="contact_phone")
    logo_path: str | None = Field(alias="logo_path")
    page_published: bool = Field(alias="page_published")
    page_slug: str | None = Field(alias="page_slug")
    partner_id: uuid.UUID = Field(alias="partner_id")
    primary_colour: str | None = Field(alias="primary_colour")
    taken_down_at: datetime.datetime | None = Field(alias="taken_down_at")
    taken_down_by: uuid.UUID | None = Field(alias="taken_down_by")
    taken_down_reason: str | None = Field(alias="taken_down_reason")
    updated_at: datetime.datetime = Field(alias="updated_at")
    website: str | None = Field(alias="website")


class PublicBrandProfilesInsert(TypedDict):
    contact_email: NotRequired[Annotated[str | None, Field(alias="contact_email")]]
    contact_name: NotRequired[Annotated[str | None, Field(alias="contact_name")]]
    contact_phone: NotRequired[Annotated[str | None, Field(alias="contact_phone")]]
    logo_path: NotRequired[Annotated[str | None, Field(alias="logo_path")]]
    page_published: NotRequired[Annotated[bool, Field(alias="page_published")]]
    page_slug: NotRequired[Annotated[str | None, Field(alias="page_slug")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    primary_colour: NotRequired[Annotated[str | None, Field(alias="primary_colour")]]
    taken_down_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="taken_down_at")]]
    taken_down_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="taken_down_by")]]
    taken_down_reason: NotRequired[Annotated[str | None, Field(alias="taken_down_reason")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    website: NotRequired[Annotated[str | None, Field(alias="website")]]


class PublicBrandProfilesUpdate(TypedDict):
    contact_email: NotRequired[Annotated[str | None, Field(alias="contact_email")]]
    contact_name: NotRequired[Annotated[str | None, Field(alias="contact_name")]]
    contact_phone: NotRequired[Annotated[str | None, Field(alias="contact_phone")]]
    logo_path: NotRequired[Annotated[str | None, Field(alias="logo_path")]]
    page_published: NotRequired[Annotated[bool, Field(alias="page_published")]]
    page_slug: NotRequired[Annotated[str | None, Field(alias="page_slug")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    primary_colour: NotRequired[Annotated[str | None, Field(alias="primary_colour")]]
    taken_down_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="taken_down_at")]]
    taken_down_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="taken_down_by")]]
    taken_down_reason: NotRequired[Annotated[str | None, Field(alias="taken_down_reason")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    website: NotRequired[Annotated[str | None, Field(alias="website")]]


class PublicBusinessCalendar(BaseModel):
    closes: datetime.time = Field(alias="closes")
    opens: datetime.time = Field(alias="opens")
    timezone: str = Field(alias="timezone")
    weekday: int = Field(alias="weekday")


class PublicBusinessCalendarInsert(TypedDict):
    closes: Annotated[datetime.time, Field(alias="closes")]
    opens: Annotated[datetime.time, Field(alias="opens")]
    timezone: NotRequired[Annotated[str, Field(alias="timezone")]]
    weekday: Annotated[int, Field(alias="weekday")]


class PublicBusinessCalendarUpdate(TypedDict):
    closes: NotRequired[Annotated[datetime.time, Field(alias="closes")]]
    opens: NotRequired[Annotated[datetime.time, Field(alias="opens")]]
    timezone: NotRequired[Annotated[str, Field(alias="timezone")]]
    weekday: NotRequired[Annotated[int, Field(alias="weekday")]]


class PublicBusinessHolidays(BaseModel):
    day: datetime.date = Field(alias="day")
    name: str = Field(alias="name")


class PublicBusinessHolidaysInsert(TypedDict):
    day: Annotated[datetime.date, Field(alias="day")]
    name: Annotated[str, Field(alias="name")]


class PublicBusinessHolidaysUpdate(TypedDict):
    day: NotRequired[Annotated[datetime.date, Field(alias="day")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]


class PublicCampaignParticipants(BaseModel):
    campaign_id: uuid.UUID = Field(alias="campaign_id")
    joined_at: datetime.datetime = Field(alias="joined_at")
    partner_id: uuid.UUID = Field(alias="partner_id")


class PublicCampaignParticipantsInsert(TypedDict):
    campaign_id: Annotated[uuid.UUID, Field(alias="campaign_id")]
    joined_at: NotRequired[Annotated[datetime.datetime, Field(alias="joined_at")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]


class PublicCampaignParticipantsUpdate(TypedDict):
    campaign_id: NotRequired[Annotated[uuid.UUID, Field(alias="campaign_id")]]
    joined_at: NotRequired[Annotated[datetime.datetime, Field(alias="joined_at")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicCampaigns(BaseModel):
    brief: str | None = Field(alias="brief")
    closed_at: datetime.datetime | None = Field(alias="closed_at")
    closing_note: str | None = Field(alias="closing_note")
    created_at: datetime.datetime = Field(alias="created_at")
    ends_on: datetime.date | None = Field(alias="ends_on")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    name: str = Field(alias="name")
    owner_id: uuid.UUID | None = Field(alias="owner_id")
    starts_on: datetime.date | None = Field(alias="starts_on")
    status: str = Field(alias="status")


class PublicCampaignsInsert(TypedDict):
    brief: NotRequired[Annotated[str | None, Field(alias="brief")]]
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    closing_note: NotRequired[Annotated[str | None, Field(alias="closing_note")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    ends_on: NotRequired[Annotated[datetime.date | None, Field(alias="ends_on")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[str, Field(alias="kind")]
    name: Annotated[str, Field(alias="name")]
    owner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="owner_id")]]
    starts_on: NotRequired[Annotated[datetime.date | None, Field(alias="starts_on")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]


class PublicCampaignsUpdate(TypedDict):
    brief: NotRequired[Annotated[str | None, Field(alias="brief")]]
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    closing_note: NotRequired[Annotated[str | None, Field(alias="closing_note")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    ends_on: NotRequired[Annotated[datetime.date | None, Field(alias="ends_on")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    owner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="owner_id")]]
    starts_on: NotRequired[Annotated[datetime.date | None, Field(alias="starts_on")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]


class PublicCertificateFiles(BaseModel):
    bytes: int = Field(alias="bytes")
    certificate_id: uuid.UUID = Field(alias="certificate_id")
    created_at: datetime.datetime = Field(alias="created_at")
    path: str = Field(alias="path")
    sha256: str = Field(alias="sha256")


class PublicCertificateFilesInsert(TypedDict):
    bytes: Annotated[int, Field(alias="bytes")]
    certificate_id: Annotated[uuid.UUID, Field(alias="certificate_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    path: Annotated[str, Field(alias="path")]
    sha256: Annotated[str, Field(alias="sha256")]


class PublicCertificateFilesUpdate(TypedDict):
    bytes: NotRequired[Annotated[int, Field(alias="bytes")]]
    certificate_id: NotRequired[Annotated[uuid.UUID, Field(alias="certificate_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    path: NotRequired[Annotated[str, Field(alias="path")]]
    sha256: NotRequired[Annotated[str, Field(alias="sha256")]]


class PublicCertificates(BaseModel):
    expired_at: datetime.datetime | None = Field(alias="expired_at")
    expires_at: datetime.datetime = Field(alias="expires_at")
    id: uuid.UUID = Field(alias="id")
    issued_at: datetime.datetime = Field(alias="issued_at")
    number: str = Field(alias="number")
    partner_id: uuid.UUID = Field(alias="partner_id")
    reminded_at: datetime.datetime | None = Field(alias="reminded_at")
    revoked_at: datetime.datetime | None = Field(alias="revoked_at")
    revoked_by: uuid.UUID | None = Field(alias="revoked_by")
    revoked_reason: str | None = Field(alias="revoked_reason")
    track: str = Field(alias="track")
    version: int = Field(alias="version")


class PublicCertificatesInsert(TypedDict):
    expired_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="expired_at")]]
    expires_at: Annotated[datetime.datetime, Field(alias="expires_at")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    issued_at: NotRequired[Annotated[datetime.datetime, Field(alias="issued_at")]]
    number: NotRequired[Annotated[str, Field(alias="number")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    reminded_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reminded_at")]]
    revoked_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="revoked_at")]]
    revoked_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="revoked_by")]]
    revoked_reason: NotRequired[Annotated[str | None, Field(alias="revoked_reason")]]
    track: Annotated[str, Field(alias="track")]
    version: Annotated[int, Field(alias="version")]


class PublicCertificatesUpdate(TypedDict):
    expired_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="expired_at")]]
    expires_at: NotRequired[Annotated[datetime.datetime, Field(alias="expires_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    issued_at: NotRequired[Annotated[datetime.datetime, Field(alias="issued_at")]]
    number: NotRequired[Annotated[str, Field(alias="number")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    reminded_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reminded_at")]]
    revoked_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="revoked_at")]]
    revoked_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="revoked_by")]]
    revoked_reason: NotRequired[Annotated[str | None, Field(alias="revoked_reason")]]
    track: NotRequired[Annotated[str, Field(alias="track")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]


class PublicChallengeEntries(BaseModel):
    challenge_id: uuid.UUID = Field(alias="challenge_id")
    estimate_id: uuid.UUID | None = Field(alias="estimate_id")
    joined_at: datetime.datetime = Field(alias="joined_at")
    missed_reason: str | None = Field(alias="missed_reason")
    partner_id: uuid.UUID = Field(alias="partner_id")
    prize_line_id: uuid.UUID | None = Field(alias="prize_line_id")
    progress: int = Field(alias="progress")
    reached_at: datetime.datetime | None = Field(alias="reached_at")
    status: PublicEntryStatus = Field(alias="status")


class PublicChallengeEntriesInsert(TypedDict):
    challenge_id: Annotated[uuid.UUID, Field(alias="challenge_id")]
    estimate_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="estimate_id")]]
    joined_at: NotRequired[Annotated[datetime.datetime, Field(alias="joined_at")]]
    missed_reason: NotRequired[Annotated[str | None, Field(alias="missed_reason")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    prize_line_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="prize_line_id")]]
    progress: NotRequired[Annotated[int, Field(alias="progress")]]
    reached_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reached_at")]]
    status: NotRequired[Annotated[PublicEntryStatus, Field(alias="status")]]


class PublicChallengeEntriesUpdate(TypedDict):
    challenge_id: NotRequired[Annotated[uuid.UUID, Field(alias="challenge_id")]]
    estimate_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="estimate_id")]]
    joined_at: NotRequired[Annotated[datetime.datetime, Field(alias="joined_at")]]
    missed_reason: NotRequired[Annotated[str | None, Field(alias="missed_reason")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    prize_line_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="prize_line_id")]]
    progress: NotRequired[Annotated[int, Field(alias="progress")]]
    reached_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reached_at")]]
    status: NotRequired[Annotated[PublicEntryStatus, Field(alias="status")]]


class PublicChallenges(BaseModel):
    budget: int | None = Field(alias="budget")
    cancelled_at: datetime.datetime | None = Field(alias="cancelled_at")
    created_at: datetime.datetime = Field(alias="created_at")
    created_by: uuid.UUID | None = Field(alias="created_by")
    description: str | None = Field(alias="description")
    ends_at: datetime.datetime = Field(alias="ends_at")
    goal: int = Field(alias="goal")
    id: uuid.UUID = Field(alias="id")
    metric: PublicChallengeMetric = Field(alias="metric")
    prize_amount: int | None = Field(alias="prize_amount")
    prize_currency: str | None = Field(alias="prize_currency")
    request_id: uuid.UUID | None = Field(alias="request_id")
    starts_at: datetime.datetime = Field(alias="starts_at")
    tier_requirement: PublicPartnerTier | None = Field(alias="tier_requirement")
    title: str = Field(alias="title")


class PublicChallengesInsert(TypedDict):
    budget: NotRequired[Annotated[int | None, Field(alias="budget")]]
    cancelled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="cancelled_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="created_by")]]
    description: NotRequired[Annotated[str | None, Field(alias="description")]]
    ends_at: Annotated[datetime.datetime, Field(alias="ends_at")]
    goal: Annotated[int, Field(alias="goal")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    metric: Annotated[PublicChallengeMetric, Field(alias="metric")]
    prize_amount: NotRequired[Annotated[int | None, Field(alias="prize_amount")]]
    prize_currency: NotRequired[Annotated[str | None, Field(alias="prize_currency")]]
    request_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="request_id")]]
    starts_at: Annotated[datetime.datetime, Field(alias="starts_at")]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier | None, Field(alias="tier_requirement")]]
    title: Annotated[str, Field(alias="title")]


class PublicChallengesUpdate(TypedDict):
    budget: NotRequired[Annotated[int | None, Field(alias="budget")]]
    cancelled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="cancelled_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="created_by")]]
    description: NotRequired[Annotated[str | None, Field(alias="description")]]
    ends_at: NotRequired[Annotated[datetime.datetime, Field(alias="ends_at")]]
    goal: NotRequired[Annotated[int, Field(alias="goal")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    metric: NotRequired[Annotated[PublicChallengeMetric, Field(alias="metric")]]
    prize_amount: NotRequired[Annotated[int | None, Field(alias="prize_amount")]]
    prize_currency: NotRequired[Annotated[str | None, Field(alias="prize_currency")]]
    request_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="request_id")]]
    starts_at: NotRequired[Annotated[datetime.datetime, Field(alias="starts_at")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier | None, Field(alias="tier_requirement")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]


class PublicChannelMembers(BaseModel):
    channel_id: uuid.UUID = Field(alias="channel_id")
    joined_at: datetime.datetime = Field(alias="joined_at")
    left_at: datetime.datetime | None = Field(alias="left_at")
    moderator: bool = Field(alias="moderator")
    muted_until: datetime.datetime | None = Field(alias="muted_until")
    notifications: PublicChannelNotifications = Field(alias="notifications")
    partner_id: uuid.UUID = Field(alias="partner_id")


class PublicChannelMembersInsert(TypedDict):
    channel_id: Annotated[uuid.UUID, Field(alias="channel_id")]
    joined_at: NotRequired[Annotated[datetime.datetime, Field(alias="joined_at")]]
    left_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="left_at")]]
    moderator: NotRequired[Annotated[bool, Field(alias="moderator")]]
    muted_until: NotRequired[Annotated[datetime.datetime | None, Field(alias="muted_until")]]
    notifications: NotRequired[Annotated[PublicChannelNotifications, Field(alias="notifications")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]


class PublicChannelMembersUpdate(TypedDict):
    channel_id: NotRequired[Annotated[uuid.UUID, Field(alias="channel_id")]]
    joined_at: NotRequired[Annotated[datetime.datetime, Field(alias="joined_at")]]
    left_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="left_at")]]
    moderator: NotRequired[Annotated[bool, Field(alias="moderator")]]
    muted_until: NotRequired[Annotated[datetime.datetime | None, Field(alias="muted_until")]]
    notifications: NotRequired[Annotated[PublicChannelNotifications, Field(alias="notifications")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicChatCategories(BaseModel):
    id: uuid.UUID = Field(alias="id")
    name: str = Field(alias="name")
    position: int = Field(alias="position")


class PublicChatCategoriesInsert(TypedDict):
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: Annotated[str, Field(alias="name")]
    position: Annotated[int, Field(alias="position")]


class PublicChatCategoriesUpdate(TypedDict):
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]


class PublicChatChannels(BaseModel):
    archived_at: datetime.datetime | None = Field(alias="archived_at")
    category_id: uuid.UUID | None = Field(alias="category_id")
    created_at: datetime.datetime = Field(alias="created_at")
    direct_key: str | None = Field(alias="direct_key")
    id: uuid.UUID = Field(alias="id")
    last_seq: int = Field(alias="last_seq")
    leader_id: uuid.UUID | None = Field(alias="leader_id")
    name: str = Field(alias="name")
    position: int = Field(alias="position")
    slow_mode_seconds: int = Field(alias="slow_mode_seconds")
    staff_only_writes: bool = Field(alias="staff_only_writes")
    tier_requirement: PublicPartnerTier | None = Field(alias="tier_requirement")
    topic: str | None = Field(alias="topic")
    type: PublicChannelType = Field(alias="type")


class PublicChatChannelsInsert(TypedDict):
    archived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="archived_at")]]
    category_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="category_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    direct_key: NotRequired[Annotated[str | None, Field(alias="direct_key")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    last_seq: NotRequired[Annotated[int, Field(alias="last_seq")]]
    leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="leader_id")]]
    name: Annotated[str, Field(alias="name")]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    slow_mode_seconds: NotRequired[Annotated[int, Field(alias="slow_mode_seconds")]]
    staff_only_writes: NotRequired[Annotated[bool, Field(alias="staff_only_writes")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier | None, Field(alias="tier_requirement")]]
    topic: NotRequired[Annotated[str | None, Field(alias="topic")]]
    type: Annotated[PublicChannelType, Field(alias="type")]


class PublicChatChannelsUpdate(TypedDict):
    archived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="archived_at")]]
    category_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="category_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    direct_key: NotRequired[Annotated[str | None, Field(alias="direct_key")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    last_seq: NotRequired[Annotated[int, Field(alias="last_seq")]]
    leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="leader_id")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    slow_mode_seconds: NotRequired[Annotated[int, Field(alias="slow_mode_seconds")]]
    staff_only_writes: NotRequired[Annotated[bool, Field(alias="staff_only_writes")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier | None, Field(alias="tier_requirement")]]
    topic: NotRequired[Annotated[str | None, Field(alias="topic")]]
    type: NotRequired[Annotated[PublicChannelType, Field(alias="type")]]


class PublicChatMessages(BaseModel):
    author_name: str = Field(alias="author_name")
    channel_id: uuid.UUID = Field(alias="channel_id")
    created_at: datetime.datetime = Field(alias="created_at")
    deleted_at: datetime.datetime | None = Field(alias="deleted_at")
    edited_at: datetime.datetime | None = Field(alias="edited_at")
    id: uuid.UUID = Field(alias="id")
    kind: PublicMessageKind = Field(alias="kind")
    message: str = Field(alias="message")
    parent_message_id: uuid.UUID | None = Field(alias="parent_message_id")
    partner_id: uuid.UUID | None = Field(alias="partner_id")
    reactions: JsonValue = Field(alias="reactions")
    reply_count: int = Field(alias="reply_count")
    search: PgCatalogTsvector | None = Field(alias="search")
    seq: int = Field(alias="seq")
    thread_id: uuid.UUID | None = Field(alias="thread_id")


class PublicChatMessagesInsert(TypedDict):
    author_name: Annotated[str, Field(alias="author_name")]
    channel_id: Annotated[uuid.UUID, Field(alias="channel_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deleted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="deleted_at")]]
    edited_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="edited_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[PublicMessageKind, Field(alias="kind")]]
    message: Annotated[str, Field(alias="message")]
    parent_message_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="parent_message_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    reactions: NotRequired[Annotated[JsonValue, Field(alias="reactions")]]
    reply_count: NotRequired[Annotated[int, Field(alias="reply_count")]]
    search: NotRequired[Annotated[PgCatalogTsvector | None, Field(alias="search")]]
    seq: Annotated[int, Field(alias="seq")]
    thread_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="thread_id")]]


class PublicChatMessagesUpdate(TypedDict):
    author_name: NotRequired[Annotated[str, Field(alias="author_name")]]
    channel_id: NotRequired[Annotated[uuid.UUID, Field(alias="channel_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deleted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="deleted_at")]]
    edited_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="edited_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[PublicMessageKind, Field(alias="kind")]]
    message: NotRequired[Annotated[str, Field(alias="message")]]
    parent_message_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="parent_message_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    reactions: NotRequired[Annotated[JsonValue, Field(alias="reactions")]]
    reply_count: NotRequired[Annotated[int, Field(alias="reply_count")]]
    search: NotRequired[Annotated[PgCatalogTsvector | None, Field(alias="search")]]
    seq: NotRequired[Annotated[int, Field(alias="seq")]]
    thread_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="thread_id")]]


class PublicClaimEvidence(BaseModel):
    added_by_partner: uuid.UUID | None = Field(alias="added_by_partner")
    added_by_staff: uuid.UUID | None = Field(alias="added_by_staff")
    claim_id: uuid.UUID = Field(alias="claim_id")
    created_at: datetime.datetime = Field(alias="created_at")
    file_name: str | None = Field(alias="file_name")
    id: uuid.UUID = Field(alias="id")
    mime_type: str | None = Field(alias="mime_type")
    note: str | None = Field(alias="note")
    path: str | None = Field(alias="path")
    size_bytes: int | None = Field(alias="size_bytes")


class PublicClaimEvidenceInsert(TypedDict):
    added_by_partner: NotRequired[Annotated[uuid.UUID | None, Field(alias="added_by_partner")]]
    added_by_staff: NotRequired[Annotated[uuid.UUID | None, Field(alias="added_by_staff")]]
    claim_id: Annotated[uuid.UUID, Field(alias="claim_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    file_name: NotRequired[Annotated[str | None, Field(alias="file_name")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    mime_type: NotRequired[Annotated[str | None, Field(alias="mime_type")]]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    path: NotRequired[Annotated[str | None, Field(alias="path")]]
    size_bytes: NotRequired[Annotated[int | None, Field(alias="size_bytes")]]


class PublicClaimEvidenceUpdate(TypedDict):
    added_by_partner: NotRequired[Annotated[uuid.UUID | None, Field(alias="added_by_partner")]]
    added_by_staff: NotRequired[Annotated[uuid.UUID | None, Field(alias="added_by_staff")]]
    claim_id: NotRequired[Annotated[uuid.UUID, Field(alias="claim_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    file_name: NotRequired[Annotated[str | None, Field(alias="file_name")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    mime_type: NotRequired[Annotated[str | None, Field(alias="mime_type")]]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    path: NotRequired[Annotated[str | None, Field(alias="path")]]
    size_bytes: NotRequired[Annotated[int | None, Field(alias="size_bytes")]]


class PublicClientDisputes(BaseModel):
    amount: int = Field(alias="amount")
    client_payment_id: uuid.UUID = Field(alias="client_payment_id")
    closed_at: datetime.datetime | None = Field(alias="closed_at")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    deal_id: uuid.UUID = Field(alias="deal_id")
    id: uuid.UUID = Field(alias="id")
    opened_at: datetime.datetime = Field(alias="opened_at")
    source: str = Field(alias="source")
    source_id: str = Field(alias="source_id")
    status: PublicDisputeStatus = Field(alias="status")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicClientDisputesInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    client_payment_id: Annotated[uuid.UUID, Field(alias="client_payment_id")]
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    deal_id: Annotated[uuid.UUID, Field(alias="deal_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    opened_at: Annotated[datetime.datetime, Field(alias="opened_at")]
    source: Annotated[str, Field(alias="source")]
    source_id: Annotated[str, Field(alias="source_id")]
    status: NotRequired[Annotated[PublicDisputeStatus, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicClientDisputesUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    client_payment_id: NotRequired[Annotated[uuid.UUID, Field(alias="client_payment_id")]]
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    deal_id: NotRequired[Annotated[uuid.UUID, Field(alias="deal_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    opened_at: NotRequired[Annotated[datetime.datetime, Field(alias="opened_at")]]
    source: NotRequired[Annotated[str, Field(alias="source")]]
    source_id: NotRequired[Annotated[str, Field(alias="source_id")]]
    status: NotRequired[Annotated[PublicDisputeStatus, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicClientFeedback(BaseModel):
    comment: str | None = Field(alias="comment")
    deal_id: uuid.UUID = Field(alias="deal_id")
    given_at: datetime.datetime = Field(alias="given_at")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    score: int = Field(alias="score")


class PublicClientFeedbackInsert(TypedDict):
    comment: NotRequired[Annotated[str | None, Field(alias="comment")]]
    deal_id: Annotated[uuid.UUID, Field(alias="deal_id")]
    given_at: NotRequired[Annotated[datetime.datetime, Field(alias="given_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    score: Annotated[int, Field(alias="score")]


class PublicClientFeedbackUpdate(TypedDict):
    comment: NotRequired[Annotated[str | None, Field(alias="comment")]]
    deal_id: NotRequired[Annotated[uuid.UUID, Field(alias="deal_id")]]
    given_at: NotRequired[Annotated[datetime.datetime, Field(alias="given_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    score: NotRequired[Annotated[int, Field(alias="score")]]


class PublicClientPayments(BaseModel):
    amount: int = Field(alias="amount")
    cleared_at: datetime.datetime = Field(alias="cleared_at")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    deal_id: uuid.UUID = Field(alias="deal_id")
    id: uuid.UUID = Field(alias="id")
    inbound_event_id: uuid.UUID = Field(alias="inbound_event_id")
    instalment: int = Field(alias="instalment")
    posting: int = Field(alias="posting")
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
    posting: NotRequired[Annotated[int, Field(alias="posting")]]
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
    posting: NotRequired[Annotated[int, Field(alias="posting")]]
    source: NotRequired[Annotated[str, Field(alias="source")]]
    source_id: NotRequired[Annotated[str, Field(alias="source_id")]]


class PublicClientRefunds(BaseModel):
    amount: int = Field(alias="amount")
    client_payment_id: uuid.UUID = Field(alias="client_payment_id")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    deal_id: uuid.UUID = Field(alias="deal_id")
    id: uuid.UUID = Field(alias="id")
    inbound_event_id: uuid.UUID = Field(alias="inbound_event_id")
    kind: str = Field(alias="kind")
    refunded_at: datetime.datetime = Field(alias="refunded_at")
    reported_amount: int = Field(alias="reported_amount")
    source: str = Field(alias="source")
    source_id: str = Field(alias="source_id")


class PublicClientRefundsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    client_payment_id: Annotated[uuid.UUID, Field(alias="client_payment_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    deal_id: Annotated[uuid.UUID, Field(alias="deal_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    inbound_event_id: Annotated[uuid.UUID, Field(alias="inbound_event_id")]
    kind: Annotated[str, Field(alias="kind")]
    refunded_at: Annotated[datetime.datetime, Field(alias="refunded_at")]
    reported_amount: Annotated[int, Field(alias="reported_amount")]
    source: Annotated[str, Field(alias="source")]
    source_id: Annotated[str, Field(alias="source_id")]


class PublicClientRefundsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    client_payment_id: NotRequired[Annotated[uuid.UUID, Field(alias="client_payment_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    deal_id: NotRequired[Annotated[uuid.UUID, Field(alias="deal_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    inbound_event_id: NotRequired[Annotated[uuid.UUID, Field(alias="inbound_event_id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    refunded_at: NotRequired[Annotated[datetime.datetime, Field(alias="refunded_at")]]
    reported_amount: NotRequired[Annotated[int, Field(alias="reported_amount")]]
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
    active_leader_days: int = Field(alias="active_leader_days")
    created_at: datetime.datetime = Field(alias="created_at")
    demotion_grace_days: int = Field(alias="demotion_grace_days")
    effective_from: datetime.datetime = Field(alias="effective_from")
    id: uuid.UUID = Field(alias="id")
    instant_daily_limit: int = Field(alias="instant_daily_limit")
    one_approval_from: int = Field(alias="one_approval_from")
    override_basis: PublicOverrideBasis = Field(alias="override_basis")
    override_min_tier: PublicPartnerTier = Field(alias="override_min_tier")
    program_cap_bp: int = Field(alias="program_cap_bp")
    published_by: uuid.UUID | None = Field(alias="published_by")
    reason: str = Field(alias="reason")
    referral_bp: int = Field(alias="referral_bp")
    referral_min_tier: PublicPartnerTier = Field(alias="referral_min_tier")
    referral_months: int = Field(alias="referral_months")
    request_id: uuid.UUID | None = Field(alias="request_id")
    sponsor_rest_days: int = Field(alias="sponsor_rest_days")
    team_override_bp: int = Field(alias="team_override_bp")
    two_approvals_from: int = Field(alias="two_approvals_from")
    version: int = Field(alias="version")


class PublicCommissionPlansInsert(TypedDict):
    active_leader_days: NotRequired[Annotated[int, Field(alias="active_leader_days")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    demotion_grace_days: NotRequired[Annotated[int, Field(alias="demotion_grace_days")]]
    effective_from: Annotated[datetime.datetime, Field(alias="effective_from")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    instant_daily_limit: NotRequired[Annotated[int, Field(alias="instant_daily_limit")]]
    one_approval_from: NotRequired[Annotated[int, Field(alias="one_approval_from")]]
    override_basis: NotRequired[Annotated[PublicOverrideBasis, Field(alias="override_basis")]]
    override_min_tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="override_min_tier")]]
    program_cap_bp: NotRequired[Annotated[int, Field(alias="program_cap_bp")]]
    published_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="published_by")]]
    reason: Annotated[str, Field(alias="reason")]
    referral_bp: NotRequired[Annotated[int, Field(alias="referral_bp")]]
    referral_min_tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="referral_min_tier")]]
    referral_months: NotRequired[Annotated[int, Field(alias="referral_months")]]
    request_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="request_id")]]
    sponsor_rest_days: NotRequired[Annotated[int, Field(alias="sponsor_rest_days")]]
    team_override_bp: NotRequired[Annotated[int, Field(alias="team_override_bp")]]
    two_approvals_from: NotRequired[Annotated[int, Field(alias="two_approvals_from")]]
    version: Annotated[int, Field(alias="version")]


class PublicCommissionPlansUpdate(TypedDict):
    active_leader_days: NotRequired[Annotated[int, Field(alias="active_leader_days")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    demotion_grace_days: NotRequired[Annotated[int, Field(alias="demotion_grace_days")]]
    effective_from: NotRequired[Annotated[datetime.datetime, Field(alias="effective_from")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    instant_daily_limit: NotRequired[Annotated[int, Field(alias="instant_daily_limit")]]
    one_approval_from: NotRequired[Annotated[int, Field(alias="one_approval_from")]]
    override_basis: NotRequired[Annotated[PublicOverrideBasis, Field(alias="override_basis")]]
    override_min_tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="override_min_tier")]]
    program_cap_bp: NotRequired[Annotated[int, Field(alias="program_cap_bp")]]
    published_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="published_by")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    referral_bp: NotRequired[Annotated[int, Field(alias="referral_bp")]]
    referral_min_tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="referral_min_tier")]]
    referral_months: NotRequired[Annotated[int, Field(alias="referral_months")]]
    request_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="request_id")]]
    sponsor_rest_days: NotRequired[Annotated[int, Field(alias="sponsor_rest_days")]]
    team_override_bp: NotRequired[Annotated[int, Field(alias="team_override_bp")]]
    two_approvals_from: NotRequired[Annotated[int, Field(alias="two_approvals_from")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]


class PublicCommissions(BaseModel):
    amount: int = Field(alias="amount")
    base_amount: int | None = Field(alias="base_amount")
    booked_before: int = Field(alias="booked_before")
    booking: int | None = Field(alias="booking")
    clears_at: datetime.datetime | None = Field(alias="clears_at")
    client_payment_id: uuid.UUID | None = Field(alias="client_payment_id")
    commission_type: PublicCommissionType = Field(alias="commission_type")
    corrects_id: uuid.UUID | None = Field(alias="corrects_id")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    deal_id: uuid.UUID | None = Field(alias="deal_id")
    entitled: int | None = Field(alias="entitled")
    estimate: bool = Field(alias="estimate")
    id: uuid.UUID = Field(alias="id")
    kind: PublicCommissionType = Field(alias="kind")
    lead_id: uuid.UUID | None = Field(alias="lead_id")
    net_cash: int | None = Field(alias="net_cash")
    note: str | None = Field(alias="note")
    partner_id: uuid.UUID = Field(alias="partner_id")
    payment_date: datetime.date | None = Field(alias="payment_date")
    plan_id: uuid.UUID | None = Field(alias="plan_id")
    project_id: uuid.UUID | None = Field(alias="project_id")
    rate_bp: int | None = Field(alias="rate_bp")
    refund_id: uuid.UUID | None = Field(alias="refund_id")
    reverses_type: PublicCommissionType | None = Field(alias="reverses_type")
    source: str | None = Field(alias="source")
    source_id: uuid.UUID | None = Field(alias="source_id")
    status: PublicCommissionStatus = Field(alias="status")
    stripe_transfer_id: str | None = Field(alias="stripe_transfer_id")
    tier: PublicPartnerTier | None = Field(alias="tier")
    uncapped: int | None = Field(alias="uncapped")


class PublicCommissionsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    base_amount: NotRequired[Annotated[int | None, Field(alias="base_amount")]]
    booked_before: NotRequired[Annotated[int, Field(alias="booked_before")]]
    booking: NotRequired[Annotated[int | None, Field(alias="booking")]]
    clears_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="clears_at")]]
    client_payment_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="client_payment_id")]]
    commission_type: Annotated[PublicCommissionType, Field(alias="commission_type")]
    corrects_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="corrects_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    deal_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="deal_id")]]
    entitled: NotRequired[Annotated[int | None, Field(alias="entitled")]]
    estimate: NotRequired[Annotated[bool, Field(alias="estimate")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[PublicCommissionType, Field(alias="kind")]]
    lead_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="lead_id")]]
    net_cash: NotRequired[Annotated[int | None, Field(alias="net_cash")]]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    payment_date: NotRequired[Annotated[datetime.date | None, Field(alias="payment_date")]]
    plan_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="plan_id")]]
    project_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="project_id")]]
    rate_bp: NotRequired[Annotated[int | None, Field(alias="rate_bp")]]
    refund_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="refund_id")]]
    reverses_type: NotRequired[Annotated[PublicCommissionType | None, Field(alias="reverses_type")]]
    source: NotRequired[Annotated[str | None, Field(alias="source")]]
    source_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="source_id")]]
    status: Annotated[PublicCommissionStatus, Field(alias="status")]
    stripe_transfer_id: NotRequired[Annotated[str | None, Field(alias="stripe_transfer_id")]]
    tier: NotRequired[Annotated[PublicPartnerTier | None, Field(alias="tier")]]
    uncapped: NotRequired[Annotated[int | None, Field(alias="uncapped")]]


class PublicCommissionsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    base_amount: NotRequired[Annotated[int | None, Field(alias="base_amount")]]
    booked_before: NotRequired[Annotated[int, Field(alias="booked_before")]]
    booking: NotRequired[Annotated[int | None, Field(alias="booking")]]
    clears_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="clears_at")]]
    client_payment_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="client_payment_id")]]
    commission_type: NotRequired[Annotated[PublicCommissionType, Field(alias="commission_type")]]
    corrects_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="corrects_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    deal_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="deal_id")]]
    entitled: NotRequired[Annotated[int | None, Field(alias="entitled")]]
    estimate: NotRequired[Annotated[bool, Field(alias="estimate")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[PublicCommissionType, Field(alias="kind")]]
    lead_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="lead_id")]]
    net_cash: NotRequired[Annotated[int | None, Field(alias="net_cash")]]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    payment_date: NotRequired[Annotated[datetime.date | None, Field(alias="payment_date")]]
    plan_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="plan_id")]]
    project_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="project_id")]]
    rate_bp: NotRequired[Annotated[int | None, Field(alias="rate_bp")]]
    refund_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="refund_id")]]
    reverses_type: NotRequired[Annotated[PublicCommissionType | None, Field(alias="reverses_type")]]
    source: NotRequired[Annotated[str | None, Field(alias="source")]]
    source_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="source_id")]]
    status: NotRequired[Annotated[PublicCommissionStatus, Field(alias="status")]]
    stripe_transfer_id: NotRequired[Annotated[str | None, Field(alias="stripe_transfer_id")]]
    tier: NotRequired[Annotated[PublicPartnerTier | None, Field(alias="tier")]]
    uncapped: NotRequired[Annotated[int | None, Field(alias="uncapped")]]


class PublicCouncilTopics(BaseModel):
    body: str = Field(alias="body")
    closes_at: datetime.datetime = Field(alias="closes_at")
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    result: str | None = Field(alias="result")
    title: str = Field(alias="title")


class PublicCouncilTopicsInsert(TypedDict):
    body: Annotated[str, Field(alias="body")]
    closes_at: Annotated[datetime.datetime, Field(alias="closes_at")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    result: NotRequired[Annotated[str | None, Field(alias="result")]]
    title: Annotated[str, Field(alias="title")]


class PublicCouncilTopicsUpdate(TypedDict):
    body: NotRequired[Annotated[str, Field(alias="body")]]
    closes_at: NotRequired[Annotated[datetime.datetime, Field(alias="closes_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    result: NotRequired[Annotated[str | None, Field(alias="result")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]


class PublicCouncilVotes(BaseModel):
    comment: str | None = Field(alias="comment")
    partner_id: uuid.UUID = Field(alias="partner_id")
    topic_id: uuid.UUID = Field(alias="topic_id")
    vote: int = Field(alias="vote")
    voted_at: datetime.datetime = Field(alias="voted_at")


class PublicCouncilVotesInsert(TypedDict):
    comment: NotRequired[Annotated[str | None, Field(alias="comment")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    topic_id: Annotated[uuid.UUID, Field(alias="topic_id")]
    vote: Annotated[int, Field(alias="vote")]
    voted_at: NotRequired[Annotated[datetime.datetime, Field(alias="voted_at")]]


class PublicCouncilVotesUpdate(TypedDict):
    comment: NotRequired[Annotated[str | None, Field(alias="comment")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    topic_id: NotRequired[Annotated[uuid.UUID, Field(alias="topic_id")]]
    vote: NotRequired[Annotated[int, Field(alias="vote")]]
    voted_at: NotRequired[Annotated[datetime.datetime, Field(alias="voted_at")]]


class PublicCuratedPosts(BaseModel):
    archived_at: datetime.datetime | None = Field(alias="archived_at")
    body: str = Field(alias="body")
    id: uuid.UUID = Field(alias="id")
    published_at: datetime.datetime | None = Field(alias="published_at")
    tier_requirement: PublicPartnerTier = Field(alias="tier_requirement")
    title: str = Field(alias="title")
    topic: str = Field(alias="topic")


class PublicCuratedPostsInsert(TypedDict):
    archived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="archived_at")]]
    body: Annotated[str, Field(alias="body")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    published_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="published_at")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_requirement")]]
    title: Annotated[str, Field(alias="title")]
    topic: Annotated[str, Field(alias="topic")]


class PublicCuratedPostsUpdate(TypedDict):
    archived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="archived_at")]]
    body: NotRequired[Annotated[str, Field(alias="body")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    published_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="published_at")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_requirement")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    topic: NotRequired[Annotated[str, Field(alias="topic")]]


class PublicCustomDeals(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    decided_at: datetime.datetime | None = Field(alias="decided_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    decision: str | None = Field(alias="decision")
    expected_volume: int | None = Field(alias="expected_volume")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID | None = Field(alias="lead_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    proposal: str = Field(alias="proposal")
    status: PublicRequestStatus = Field(alias="status")
    wanted_rate: int | None = Field(alias="wanted_rate")


class PublicCustomDealsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision: NotRequired[Annotated[str | None, Field(alias="decision")]]
    expected_volume: NotRequired[Annotated[int | None, Field(alias="expected_volume")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="lead_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    proposal: Annotated[str, Field(alias="proposal")]
    status: NotRequired[Annotated[PublicRequestStatus, Field(alias="status")]]
    wanted_rate: NotRequired[Annotated[int | None, Field(alias="wanted_rate")]]


class PublicCustomDealsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision: NotRequired[Annotated[str | None, Field(alias="decision")]]
    expected_volume: NotRequired[Annotated[int | None, Field(alias="expected_volume")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="lead_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    proposal: NotRequired[Annotated[str, Field(alias="proposal")]]
    status: NotRequired[Annotated[PublicRequestStatus, Field(alias="status")]]
    wanted_rate: NotRequired[Annotated[int | None, Field(alias="wanted_rate")]]


class PublicCustomisedAssets(BaseModel):
    asset_id: uuid.UUID = Field(alias="asset_id")
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    partner_id: uuid.UUID = Field(alias="partner_id")
    path: str | None = Field(alias="path")
    status: str = Field(alias="status")


class PublicCustomisedAssetsInsert(TypedDict):
    asset_id: Annotated[uuid.UUID, Field(alias="asset_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[str, Field(alias="kind")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    path: NotRequired[Annotated[str | None, Field(alias="path")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]


class PublicCustomisedAssetsUpdate(TypedDict):
    asset_id: NotRequired[Annotated[uuid.UUID, Field(alias="asset_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    path: NotRequired[Annotated[str | None, Field(alias="path")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]


class PublicDealCases(BaseModel):
    concerns: list[str] = Field(alias="concerns")
    created_at: datetime.datetime = Field(alias="created_at")
    deal_id: uuid.UUID = Field(alias="deal_id")
    decided_at: datetime.datetime | None = Field(alias="decided_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    decision: str | None = Field(alias="decision")
    decision_reason: str | None = Field(alias="decision_reason")
    due_at: datetime.datetime | None = Field(alias="due_at")
    escalated_at: datetime.datetime | None = Field(alias="escalated_at")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    question: str | None = Field(alias="question")
    state: PublicDealCaseState = Field(alias="state")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicDealCasesInsert(TypedDict):
    concerns: NotRequired[Annotated[list[str], Field(alias="concerns")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deal_id: Annotated[uuid.UUID, Field(alias="deal_id")]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision: NotRequired[Annotated[str | None, Field(alias="decision")]]
    decision_reason: NotRequired[Annotated[str | None, Field(alias="decision_reason")]]
    due_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="due_at")]]
    escalated_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="escalated_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    question: NotRequired[Annotated[str | None, Field(alias="question")]]
    state: NotRequired[Annotated[PublicDealCaseState, Field(alias="state")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicDealCasesUpdate(TypedDict):
    concerns: NotRequired[Annotated[list[str], Field(alias="concerns")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deal_id: NotRequired[Annotated[uuid.UUID, Field(alias="deal_id")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision: NotRequired[Annotated[str | None, Field(alias="decision")]]
    decision_reason: NotRequired[Annotated[str | None, Field(alias="decision_reason")]]
    due_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="due_at")]]
    escalated_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="escalated_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    question: NotRequired[Annotated[str | None, Field(alias="question")]]
    state: NotRequired[Annotated[PublicDealCaseState, Field(alias="state")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicDealEvidence(BaseModel):
    added_by_partner: uuid.UUID | None = Field(alias="added_by_partner")
    added_by_staff: uuid.UUID | None = Field(alias="added_by_staff")
    created_at: datetime.datetime = Field(alias="created_at")
    deal_id: uuid.UUID = Field(alias="deal_id")
    id: uuid.UUID = Field(alias="id")
    note: str | None = Field(alias="note")
    path: str | None = Field(alias="path")


class PublicDealEvidenceInsert(TypedDict):
    added_by_partner: NotRequired[Annotated[uuid.UUID | None, Field(alias="added_by_partner")]]
    added_by_staff: NotRequired[Annotated[uuid.UUID | None, Field(alias="added_by_staff")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deal_id: Annotated[uuid.UUID, Field(alias="deal_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    path: NotRequired[Annotated[str | None, Field(alias="path")]]


class PublicDealEvidenceUpdate(TypedDict):
    added_by_partner: NotRequired[Annotated[uuid.UUID | None, Field(alias="added_by_partner")]]
    added_by_staff: NotRequired[Annotated[uuid.UUID | None, Field(alias="added_by_staff")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deal_id: NotRequired[Annotated[uuid.UUID, Field(alias="deal_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    path: NotRequired[Annotated[str | None, Field(alias="path")]]


class PublicDeals(BaseModel):
    claimed_value: int = Field(alias="claimed_value")
    clearing_days: int = Field(alias="clearing_days")
    contracted_value: int | None = Field(alias="contracted_value")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    disqualified_at: datetime.datetime | None = Field(alias="disqualified_at")
    disqualified_reason: str | None = Field(alias="disqualified_reason")
    flags: list[str] = Field(alias="flags")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID = Field(alias="lead_id")
    leader_id: uuid.UUID | None = Field(alias="leader_id")
    override_bp: int = Field(alias="override_bp")
    partner_id: uuid.UUID = Field(alias="partner_id")
    plan_id: uuid.UUID = Field(alias="plan_id")
    rate_bp: int = Field(alias="rate_bp")
    rate_override_id: uuid.UUID | None = Field(alias="rate_override_id")
    recruiter_id: uuid.UUID | None = Field(alias="recruiter_id")
    reference: str = Field(alias="reference")
    referral_bp: int = Field(alias="referral_bp")
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
    disqualified_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="disqualified_at")]]
    disqualified_reason: NotRequired[Annotated[str | None, Field(alias="disqualified_reason")]]
    flags: NotRequired[Annotated[list[str], Field(alias="flags")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: Annotated[uuid.UUID, Field(alias="lead_id")]
    leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="leader_id")]]
    override_bp: NotRequired[Annotated[int, Field(alias="override_bp")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    plan_id: Annotated[uuid.UUID, Field(alias="plan_id")]
    rate_bp: Annotated[int, Field(alias="rate_bp")]
    rate_override_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="rate_override_id")]]
    recruiter_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="recruiter_id")]]
    reference: NotRequired[Annotated[str, Field(alias="reference")]]
    referral_bp: NotRequired[Annotated[int, Field(alias="referral_bp")]]
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
    disqualified_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="disqualified_at")]]
    disqualified_reason: NotRequired[Annotated[str | None, Field(alias="disqualified_reason")]]
    flags: NotRequired[Annotated[list[str], Field(alias="flags")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID, Field(alias="lead_id")]]
    leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="leader_id")]]
    override_bp: NotRequired[Annotated[int, Field(alias="override_bp")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    plan_id: NotRequired[Annotated[uuid.UUID, Field(alias="plan_id")]]
    rate_bp: NotRequired[Annotated[int, Field(alias="rate_bp")]]
    rate_override_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="rate_override_id")]]
    recruiter_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="recruiter_id")]]
    reference: NotRequired[Annotated[str, Field(alias="reference")]]
    referral_bp: NotRequired[Annotated[int, Field(alias="referral_bp")]]
    rejected_reason: NotRequired[Annotated[str | None, Field(alias="rejected_reason")]]
    request_id: NotRequired[Annotated[uuid.UUID, Field(alias="request_id")]]
    status: NotRequired[Annotated[PublicDealStatus, Field(alias="status")]]
    tier_at_win: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_at_win")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    verified_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="verified_at")]]
    verified_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="verified_by")]]
    won_at: NotRequired[Annotated[datetime.datetime, Field(alias="won_at")]]


class PublicEventRsvps(BaseModel):
    answered_at: datetime.datetime = Field(alias="answered_at")
    attended_marked_by: uuid.UUID | None = Field(alias="attended_marked_by")
    event_id: uuid.UUID = Field(alias="event_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    status: PublicRsvpStatus = Field(alias="status")


class PublicEventRsvpsInsert(TypedDict):
    answered_at: NotRequired[Annotated[datetime.datetime, Field(alias="answered_at")]]
    attended_marked_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="attended_marked_by")]]
    event_id: Annotated[uuid.UUID, Field(alias="event_id")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    status: Annotated[PublicRsvpStatus, Field(alias="status")]


class PublicEventRsvpsUpdate(TypedDict):
    answered_at: NotRequired[Annotated[datetime.datetime, Field(alias="answered_at")]]
    attended_marked_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="attended_marked_by")]]
    event_id: NotRequired[Annotated[uuid.UUID, Field(alias="event_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    status: NotRequired[Annotated[PublicRsvpStatus, Field(alias="status")]]


class PublicEvents(BaseModel):
    cancel_reason: str | None = Field(alias="cancel_reason")
    cancelled_at: datetime.datetime | None = Field(alias="cancelled_at")
    capacity: int | None = Field(alias="capacity")
    created_at: datetime.datetime = Field(alias="created_at")
    description: str | None = Field(alias="description")
    ends_at: datetime.datetime = Field(alias="ends_at")
    host_partner_id: uuid.UUID | None = Field(alias="host_partner_id")
    host_staff_id: uuid.UUID | None = Field(alias="host_staff_id")
    id: uuid.UUID = Field(alias="id")
    kind: PublicEventKind = Field(alias="kind")
    location: str | None = Field(alias="location")
    starts_at: datetime.datetime = Field(alias="starts_at")
    tier_requirement: PublicPartnerTier | None = Field(alias="tier_requirement")
    title: str = Field(alias="title")


class PublicEventsInsert(TypedDict):
    cancel_reason: NotRequired[Annotated[str | None, Field(alias="cancel_reason")]]
    cancelled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="cancelled_at")]]
    capacity: NotRequired[Annotated[int | None, Field(alias="capacity")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: NotRequired[Annotated[str | None, Field(alias="description")]]
    ends_at: Annotated[datetime.datetime, Field(alias="ends_at")]
    host_partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="host_partner_id")]]
    host_staff_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="host_staff_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[PublicEventKind, Field(alias="kind")]
    location: NotRequired[Annotated[str | None, Field(alias="location")]]
    starts_at: Annotated[datetime.datetime, Field(alias="starts_at")]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier | None, Field(alias="tier_requirement")]]
    title: Annotated[str, Field(alias="title")]


class PublicEventsUpdate(TypedDict):
    cancel_reason: NotRequired[Annotated[str | None, Field(alias="cancel_reason")]]
    cancelled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="cancelled_at")]]
    capacity: NotRequired[Annotated[int | None, Field(alias="capacity")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: NotRequired[Annotated[str | None, Field(alias="description")]]
    ends_at: NotRequired[Annotated[datetime.datetime, Field(alias="ends_at")]]
    host_partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="host_partner_id")]]
    host_staff_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="host_staff_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[PublicEventKind, Field(alias="kind")]]
    location: NotRequired[Annotated[str | None, Field(alias="location")]]
    starts_at: NotRequired[Annotated[datetime.datetime, Field(alias="starts_at")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier | None, Field(alias="tier_requirement")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]


class PublicExports(BaseModel):
    bytes: int | None = Field(alias="bytes")
    expires_at: datetime.datetime | None = Field(alias="expires_at")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    path: str | None = Field(alias="path")
    ready_at: datetime.datetime | None = Field(alias="ready_at")
    requested_at: datetime.datetime = Field(alias="requested_at")
    row_count: int | None = Field(alias="row_count")
    sha256: str | None = Field(alias="sha256")
    status: PublicExportStatus = Field(alias="status")


class PublicExportsInsert(TypedDict):
    bytes: NotRequired[Annotated[int | None, Field(alias="bytes")]]
    expires_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="expires_at")]]
    id: Annotated[uuid.UUID, Field(alias="id")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    path: NotRequired[Annotated[str | None, Field(alias="path")]]
    ready_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="ready_at")]]
    requested_at: NotRequired[Annotated[datetime.datetime, Field(alias="requested_at")]]
    row_count: NotRequired[Annotated[int | None, Field(alias="row_count")]]
    sha256: NotRequired[Annotated[str | None, Field(alias="sha256")]]
    status: NotRequired[Annotated[PublicExportStatus, Field(alias="status")]]


class PublicExportsUpdate(TypedDict):
    bytes: NotRequired[Annotated[int | None, Field(alias="bytes")]]
    expires_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="expires_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    path: NotRequired[Annotated[str | None, Field(alias="path")]]
    ready_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="ready_at")]]
    requested_at: NotRequired[Annotated[datetime.datetime, Field(alias="requested_at")]]
    row_count: NotRequired[Annotated[int | None, Field(alias="row_count")]]
    sha256: NotRequired[Annotated[str | None, Field(alias="sha256")]]
    status: NotRequired[Annotated[PublicExportStatus, Field(alias="status")]]


class PublicFaqArticles(BaseModel):
    answer: str = Field(alias="answer")
    archived_at: datetime.datetime | None = Field(alias="archived_at")
    category: str = Field(alias="category")
    helpful_count: int = Field(alias="helpful_count")
    id: uuid.UUID = Field(alias="id")
    published: bool = Field(alias="published")
    question: str = Field(alias="question")
    search: PgCatalogTsvector | None = Field(alias="search")
    slug: str = Field(alias="slug")
    tier_requirement: PublicPartnerTier | None = Field(alias="tier_requirement")
    unhelpful_count: int = Field(alias="unhelpful_count")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicFaqArticlesInsert(TypedDict):
    answer: Annotated[str, Field(alias="answer")]
    archived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="archived_at")]]
    category: Annotated[str, Field(alias="category")]
    helpful_count: NotRequired[Annotated[int, Field(alias="helpful_count")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    published: NotRequired[Annotated[bool, Field(alias="published")]]
    question: Annotated[str, Field(alias="question")]
    search: NotRequired[Annotated[PgCatalogTsvector | None, Field(alias="search")]]
    slug: Annotated[str, Field(alias="slug")]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier | None, Field(alias="tier_requirement")]]
    unhelpful_count: NotRequired[Annotated[int, Field(alias="unhelpful_count")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicFaqArticlesUpdate(TypedDict):
    answer: NotRequired[Annotated[str, Field(alias="answer")]]
    archived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="archived_at")]]
    category: NotRequired[Annotated[str, Field(alias="category")]]
    helpful_count: NotRequired[Annotated[int, Field(alias="helpful_count")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    published: NotRequired[Annotated[bool, Field(alias="published")]]
    question: NotRequired[Annotated[str, Field(alias="question")]]
    search: NotRequired[Annotated[PgCatalogTsvector | None, Field(alias="search")]]
    slug: NotRequired[Annotated[str, Field(alias="slug")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier | None, Field(alias="tier_requirement")]]
    unhelpful_count: NotRequired[Annotated[int, Field(alias="unhelpful_count")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicFaqVotes(BaseModel):
    article_id: uuid.UUID = Field(alias="article_id")
    created_at: datetime.datetime = Field(alias="created_at")
    helpful: bool = Field(alias="helpful")
    partner_id: uuid.UUID = Field(alias="partner_id")


class PublicFaqVotesInsert(TypedDict):
    article_id: Annotated[uuid.UUID, Field(alias="article_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    helpful: Annotated[bool, Field(alias="helpful")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]


class PublicFaqVotesUpdate(TypedDict):
    article_id: NotRequired[Annotated[uuid.UUID, Field(alias="article_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    helpful: NotRequired[Annotated[bool, Field(alias="helpful")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicFeatureFlagPartners(BaseModel):
    enabled: bool = Field(alias="enabled")
    flag_key: str = Field(alias="flag_key")
    partner_id: uuid.UUID = Field(alias="partner_id")


class PublicFeatureFlagPartnersInsert(TypedDict):
    enabled: Annotated[bool, Field(alias="enabled")]
    flag_key: Annotated[str, Field(alias="flag_key")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]


class PublicFeatureFlagPartnersUpdate(TypedDict):
    enabled: NotRequired[Annotated[bool, Field(alias="enabled")]]
    flag_key: NotRequired[Annotated[str, Field(alias="flag_key")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicFeatureFlags(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    description: str = Field(alias="description")
    enabled: bool = Field(alias="enabled")
    key: str = Field(alias="key")
    min_tier: PublicPartnerTier = Field(alias="min_tier")
    share: int = Field(alias="share")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicFeatureFlagsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: Annotated[str, Field(alias="description")]
    enabled: NotRequired[Annotated[bool, Field(alias="enabled")]]
    key: Annotated[str, Field(alias="key")]
    min_tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="min_tier")]]
    share: NotRequired[Annotated[int, Field(alias="share")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicFeatureFlagsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    enabled: NotRequired[Annotated[bool, Field(alias="enabled")]]
    key: NotRequired[Annotated[str, Field(alias="key")]]
    min_tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="min_tier")]]
    share: NotRequired[Annotated[int, Field(alias="share")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicFinanceExports(BaseModel):
    bytes: int | None = Field(alias="bytes")
    expires_at: datetime.datetime | None = Field(alias="expires_at")
    id: uuid.UUID = Field(alias="id")
    kind: PublicFinanceExportKind = Field(alias="kind")
    path: str | None = Field(alias="path")
    period_from: datetime.date = Field(alias="period_from")
    period_to: datetime.date = Field(alias="period_to")
    ready_at: datetime.datetime | None = Field(alias="ready_at")
    requested_at: datetime.datetime = Field(alias="requested_at")
    requested_by: uuid.UUID = Field(alias="requested_by")
    row_count: int | None = Field(alias="row_count")
    sha256: str | None = Field(alias="sha256")
    status: PublicExportStatus = Field(alias="status")


class PublicFinanceExportsInsert(TypedDict):
    bytes: NotRequired[Annotated[int | None, Field(alias="bytes")]]
    expires_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="expires_at")]]
    id: Annotated[uuid.UUID, Field(alias="id")]
    kind: Annotated[PublicFinanceExportKind, Field(alias="kind")]
    path: NotRequired[Annotated[str | None, Field(alias="path")]]
    period_from: Annotated[datetime.date, Field(alias="period_from")]
    period_to: Annotated[datetime.date, Field(alias="period_to")]
    ready_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="ready_at")]]
    requested_at: NotRequired[Annotated[datetime.datetime, Field(alias="requested_at")]]
    requested_by: Annotated[uuid.UUID, Field(alias="requested_by")]
    row_count: NotRequired[Annotated[int | None, Field(alias="row_count")]]
    sha256: NotRequired[Annotated[str | None, Field(alias="sha256")]]
    status: NotRequired[Annotated[PublicExportStatus, Field(alias="status")]]


class PublicFinanceExportsUpdate(TypedDict):
    bytes: NotRequired[Annotated[int | None, Field(alias="bytes")]]
    expires_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="expires_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[PublicFinanceExportKind, Field(alias="kind")]]
    path: NotRequired[Annotated[str | None, Field(alias="path")]]
    period_from: NotRequired[Annotated[datetime.date, Field(alias="period_from")]]
    period_to: NotRequired[Annotated[datetime.date, Field(alias="period_to")]]
    ready_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="ready_at")]]
    requested_at: NotRequired[Annotated[datetime.datetime, Field(alias="requested_at")]]
    requested_by: NotRequired[Annotated[uuid.UUID, Field(alias="requested_by")]]
    row_count: NotRequired[Annotated[int | None, Field(alias="row_count")]]
    sha256: NotRequired[Annotated[str | None, Field(alias="sha256")]]
    status: NotRequired[Annotated[PublicExportStatus, Field(alias="status")]]


class PublicFollowUpRules(BaseModel):
    active: bool = Field(alias="active")
    idle_days: int = Field(alias="idle_days")
    status: PublicLeadStatus = Field(alias="status")
    suggestion: str = Field(alias="suggestion")


class PublicFollowUpRulesInsert(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    idle_days: Annotated[int, Field(alias="idle_days")]
    status: Annotated[PublicLeadStatus, Field(alias="status")]
    suggestion: Annotated[str, Field(alias="suggestion")]


class PublicFollowUpRulesUpdate(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    idle_days: NotRequired[Annotated[int, Field(alias="idle_days")]]
    status: NotRequired[Annotated[PublicLeadStatus, Field(alias="status")]]
    suggestion: NotRequired[Annotated[str, Field(alias="suggestion")]]


class PublicHoldAppeals(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    hold_id: uuid.UUID = Field(alias="hold_id")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    statement: str = Field(alias="statement")


class PublicHoldAppealsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    hold_id: Annotated[uuid.UUID, Field(alias="hold_id")]
    id: Annotated[uuid.UUID, Field(alias="id")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    statement: Annotated[str, Field(alias="statement")]


class PublicHoldAppealsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    hold_id: NotRequired[Annotated[uuid.UUID, Field(alias="hold_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    statement: NotRequired[Annotated[str, Field(alias="statement")]]


class PublicInstantFees(BaseModel):
    currency: str = Field(alias="currency")
    fee_bp: int = Field(alias="fee_bp")
    minimum_fee: int = Field(alias="minimum_fee")


class PublicInstantFeesInsert(TypedDict):
    currency: Annotated[str, Field(alias="currency")]
    fee_bp: Annotated[int, Field(alias="fee_bp")]
    minimum_fee: Annotated[int, Field(alias="minimum_fee")]


class PublicInstantFeesUpdate(TypedDict):
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    fee_bp: NotRequired[Annotated[int, Field(alias="fee_bp")]]
    minimum_fee: NotRequired[Annotated[int, Field(alias="minimum_fee")]]


class PublicInstantPayouts(BaseModel):
    arrived_at: datetime.datetime | None = Field(alias="arrived_at")
    attempt_started_at: datetime.datetime | None = Field(alias="attempt_started_at")
    created_at: datetime.datetime = Field(alias="created_at")
    fallback_reason: str | None = Field(alias="fallback_reason")
    idempotency_key: str | None = Field(alias="idempotency_key")
    payout_id: uuid.UUID = Field(alias="payout_id")
    quoted_fee: int = Field(alias="quoted_fee")
    request: JsonValue | None = Field(alias="request")
    status: PublicInstantStatus = Field(alias="status")
    stripe_account_id: str | None = Field(alias="stripe_account_id")
    stripe_payout_id: str | None = Field(alias="stripe_payout_id")


class PublicInstantPayoutsInsert(TypedDict):
    arrived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="arrived_at")]]
    attempt_started_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="attempt_started_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    fallback_reason: NotRequired[Annotated[str | None, Field(alias="fallback_reason")]]
    idempotency_key: NotRequired[Annotated[str | None, Field(alias="idempotency_key")]]
    payout_id: Annotated[uuid.UUID, Field(alias="payout_id")]
    quoted_fee: Annotated[int, Field(alias="quoted_fee")]
    request: NotRequired[Annotated[JsonValue | None, Field(alias="request")]]
    status: NotRequired[Annotated[PublicInstantStatus, Field(alias="status")]]
    stripe_account_id: NotRequired[Annotated[str | None, Field(alias="stripe_account_id")]]
    stripe_payout_id: NotRequired[Annotated[str | None, Field(alias="stripe_payout_id")]]


class PublicInstantPayoutsUpdate(TypedDict):
    arrived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="arrived_at")]]
    attempt_started_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="attempt_started_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    fallback_reason: NotRequired[Annotated[str | None, Field(alias="fallback_reason")]]
    idempotency_key: NotRequired[Annotated[str | None, Field(alias="idempotency_key")]]
    payout_id: NotRequired[Annotated[uuid.UUID, Field(alias="payout_id")]]
    quoted_fee: NotRequired[Annotated[int, Field(alias="quoted_fee")]]
    request: NotRequired[Annotated[JsonValue | None, Field(alias="request")]]
    status: NotRequired[Annotated[PublicInstantStatus, Field(alias="status")]]
    stripe_account_id: NotRequired[Annotated[str | None, Field(alias="stripe_account_id")]]
    stripe_payout_id: NotRequired[Annotated[str | None, Field(alias="stripe_payout_id")]]


class PublicLeadActivities(BaseModel):
    activity_type: PublicLeadActivityType = Field(alias="activity_type")
    changed_xid: PgCatalogXid8 = Field(alias="changed_xid")
    created_at: datetime.datetime = Field(alias="created_at")
    field_rev: JsonValue = Field(alias="field_rev")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID = Field(alias="lead_id")
    notes: str | None = Field(alias="notes")
    partner_id: uuid.UUID = Field(alias="partner_id")
    rev: int = Field(alias="rev")


class PublicLeadActivitiesInsert(TypedDict):
    activity_type: Annotated[PublicLeadActivityType, Field(alias="activity_type")]
    changed_xid: NotRequired[Annotated[PgCatalogXid8, Field(alias="changed_xid")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    field_rev: NotRequired[Annotated[JsonValue, Field(alias="field_rev")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: Annotated[uuid.UUID, Field(alias="lead_id")]
    notes: NotRequired[Annotated[str | None, Field(alias="notes")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    rev: NotRequired[Annotated[int, Field(alias="rev")]]


class PublicLeadActivitiesUpdate(TypedDict):
    activity_type: NotRequired[Annotated[PublicLeadActivityType, Field(alias="activity_type")]]
    changed_xid: NotRequired[Annotated[PgCatalogXid8, Field(alias="changed_xid")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    field_rev: NotRequired[Annotated[JsonValue, Field(alias="field_rev")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID, Field(alias="lead_id")]]
    notes: NotRequired[Annotated[str | None, Field(alias="notes")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    rev: NotRequired[Annotated[int, Field(alias="rev")]]


class PublicLeadAttachments(BaseModel):
    activity_id: uuid.UUID | None = Field(alias="activity_id")
    created_at: datetime.datetime = Field(alias="created_at")
    duration_seconds: int | None = Field(alias="duration_seconds")
    file_name: str = Field(alias="file_name")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID = Field(alias="lead_id")
    mime_type: str = Field(alias="mime_type")
    partner_id: uuid.UUID = Field(alias="partner_id")
    path: str = Field(alias="path")
    size_bytes: int = Field(alias="size_bytes")


class PublicLeadAttachmentsInsert(TypedDict):
    activity_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="activity_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    duration_seconds: NotRequired[Annotated[int | None, Field(alias="duration_seconds")]]
    file_name: Annotated[str, Field(alias="file_name")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: Annotated[uuid.UUID, Field(alias="lead_id")]
    mime_type: Annotated[str, Field(alias="mime_type")]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    path: NotRequired[Annotated[str, Field(alias="path")]]
    size_bytes: Annotated[int, Field(alias="size_bytes")]


class PublicLeadAttachmentsUpdate(TypedDict):
    activity_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="activity_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    duration_seconds: NotRequired[Annotated[int | None, Field(alias="duration_seconds")]]
    file_name: NotRequired[Annotated[str, Field(alias="file_name")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID, Field(alias="lead_id")]]
    mime_type: NotRequired[Annotated[str, Field(alias="mime_type")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    path: NotRequired[Annotated[str, Field(alias="path")]]
    size_bytes: NotRequired[Annotated[int, Field(alias="size_bytes")]]


class PublicLeadConflicts(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    decided_at: datetime.datetime | None = Field(alias="decided_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    decision: PublicConflictDecision | None = Field(alias="decision")
    due_at: datetime.datetime = Field(alias="due_at")
    escalated_at: datetime.datetime | None = Field(alias="escalated_at")
    existing_lead_id: uuid.UUID = Field(alias="existing_lead_id")
    id: uuid.UUID = Field(alias="id")
    match_kinds: list[str] = Field(alias="match_kinds")
    new_lead_id: uuid.UUID = Field(alias="new_lead_id")
    reason: str | None = Field(alias="reason")
    state: str = Field(alias="state")


class PublicLeadConflictsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision: NotRequired[Annotated[PublicConflictDecision | None, Field(alias="decision")]]
    due_at: NotRequired[Annotated[datetime.datetime, Field(alias="due_at")]]
    escalated_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="escalated_at")]]
    existing_lead_id: Annotated[uuid.UUID, Field(alias="existing_lead_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    match_kinds: Annotated[list[str], Field(alias="match_kinds")]
    new_lead_id: Annotated[uuid.UUID, Field(alias="new_lead_id")]
    reason: NotRequired[Annotated[str | None, Field(alias="reason")]]
    state: NotRequired[Annotated[str, Field(alias="state")]]


class PublicLeadConflictsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision: NotRequired[Annotated[PublicConflictDecision | None, Field(alias="decision")]]
    due_at: NotRequired[Annotated[datetime.datetime, Field(alias="due_at")]]
    escalated_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="escalated_at")]]
    existing_lead_id: NotRequired[Annotated[uuid.UUID, Field(alias="existing_lead_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    match_kinds: NotRequired[Annotated[list[str], Field(alias="match_kinds")]]
    new_lead_id: NotRequired[Annotated[uuid.UUID, Field(alias="new_lead_id")]]
    reason: NotRequired[Annotated[str | None, Field(alias="reason")]]
    state: NotRequired[Annotated[str, Field(alias="state")]]


class PublicLeadScoreRules(BaseModel):
    active: bool = Field(alias="active")
    component: PublicLeadScoreComponent = Field(alias="component")
    expected_number: int | None = Field(alias="expected_number")
    expected_text: str | None = Field(alias="expected_text")
    fact: PublicLeadFact = Field(alias="fact")
    id: uuid.UUID = Field(alias="id")
    label: str = Field(alias="label")
    operator: str = Field(alias="operator")
    points: int = Field(alias="points")


class PublicLeadScoreRulesInsert(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    component: Annotated[PublicLeadScoreComponent, Field(alias="component")]
    expected_number: NotRequired[Annotated[int | None, Field(alias="expected_number")]]
    expected_text: NotRequired[Annotated[str | None, Field(alias="expected_text")]]
    fact: Annotated[PublicLeadFact, Field(alias="fact")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    label: Annotated[str, Field(alias="label")]
    operator: Annotated[str, Field(alias="operator")]
    points: Annotated[int, Field(alias="points")]


class PublicLeadScoreRulesUpdate(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    component: NotRequired[Annotated[PublicLeadScoreComponent, Field(alias="component")]]
    expected_number: NotRequired[Annotated[int | None, Field(alias="expected_number")]]
    expected_text: NotRequired[Annotated[str | None, Field(alias="expected_text")]]
    fact: NotRequired[Annotated[PublicLeadFact, Field(alias="fact")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    label: NotRequired[Annotated[str, Field(alias="label")]]
    operator: NotRequired[Annotated[str, Field(alias="operator")]]
    points: NotRequired[Annotated[int, Field(alias="points")]]


class PublicLeadScoreVersions(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    note: str = Field(alias="note")
    published_by: uuid.UUID | None = Field(alias="published_by")
    request_id: uuid.UUID = Field(alias="request_id")
    rules: JsonValue = Field(alias="rules")
    version: int = Field(alias="version")


class PublicLeadScoreVersionsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    note: Annotated[str, Field(alias="note")]
    published_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="published_by")]]
    request_id: NotRequired[Annotated[uuid.UUID, Field(alias="request_id")]]
    rules: Annotated[JsonValue, Field(alias="rules")]
    version: NotRequired[Annotated[int, Field(alias="version")]]


class PublicLeadScoreVersionsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    note: NotRequired[Annotated[str, Field(alias="note")]]
    published_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="published_by")]]
    request_id: NotRequired[Annotated[uuid.UUID, Field(alias="request_id")]]
    rules: NotRequired[Annotated[JsonValue, Field(alias="rules")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]


class PublicLeadScores(BaseModel):
    lead_id: uuid.UUID = Field(alias="lead_id")
    score: int = Field(alias="score")
    scored_at: datetime.datetime = Field(alias="scored_at")


class PublicLeadScoresInsert(TypedDict):
    lead_id: Annotated[uuid.UUID, Field(alias="lead_id")]
    score: Annotated[int, Field(alias="score")]
    scored_at: NotRequired[Annotated[datetime.datetime, Field(alias="scored_at")]]


class PublicLeadScoresUpdate(TypedDict):
    lead_id: NotRequired[Annotated[uuid.UUID, Field(alias="lead_id")]]
    score: NotRequired[Annotated[int, Field(alias="score")]]
    scored_at: NotRequired[Annotated[datetime.datetime, Field(alias="scored_at")]]


class PublicLeadShares(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID = Field(alias="lead_id")
    may_edit: bool = Field(alias="may_edit")
    partner_id: uuid.UUID | None = Field(alias="partner_id")
    revoked_at: datetime.datetime | None = Field(alias="revoked_at")
    shared_by: uuid.UUID = Field(alias="shared_by")
    team_leader_id: uuid.UUID | None = Field(alias="team_leader_id")
    until: datetime.datetime | None = Field(alias="until")


class PublicLeadSharesInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: Annotated[uuid.UUID, Field(alias="lead_id")]
    may_edit: NotRequired[Annotated[bool, Field(alias="may_edit")]]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    revoked_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="revoked_at")]]
    shared_by: Annotated[uuid.UUID, Field(alias="shared_by")]
    team_leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="team_leader_id")]]
    until: NotRequired[Annotated[datetime.datetime | None, Field(alias="until")]]


class PublicLeadSharesUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID, Field(alias="lead_id")]]
    may_edit: NotRequired[Annotated[bool, Field(alias="may_edit")]]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    revoked_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="revoked_at")]]
    shared_by: NotRequired[Annotated[uuid.UUID, Field(alias="shared_by")]]
    team_leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="team_leader_id")]]
    until: NotRequired[Annotated[datetime.datetime | None, Field(alias="until")]]


class PublicLeaderboardScores(BaseModel):
    country: str | None = Field(alias="country")
    deals: int = Field(alias="deals")
    leader_id: uuid.UUID | None = Field(alias="leader_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    period: PublicScorePeriod = Field(alias="period")
    points: int = Field(alias="points")
    reached_at: datetime.datetime = Field(alias="reached_at")
    starts_on: datetime.date = Field(alias="starts_on")
    tier: PublicPartnerTier = Field(alias="tier")


class PublicLeaderboardScoresInsert(TypedDict):
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    deals: NotRequired[Annotated[int, Field(alias="deals")]]
    leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="leader_id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    period: Annotated[PublicScorePeriod, Field(alias="period")]
    points: NotRequired[Annotated[int, Field(alias="points")]]
    reached_at: NotRequired[Annotated[datetime.datetime, Field(alias="reached_at")]]
    starts_on: Annotated[datetime.date, Field(alias="starts_on")]
    tier: Annotated[PublicPartnerTier, Field(alias="tier")]


class PublicLeaderboardScoresUpdate(TypedDict):
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    deals: NotRequired[Annotated[int, Field(alias="deals")]]
    leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="leader_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    period: NotRequired[Annotated[PublicScorePeriod, Field(alias="period")]]
    points: NotRequired[Annotated[int, Field(alias="points")]]
    reached_at: NotRequired[Annotated[datetime.datetime, Field(alias="reached_at")]]
    starts_on: NotRequired[Annotated[datetime.date, Field(alias="starts_on")]]
    tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier")]]


class PublicLeaderboardSnapshots(BaseModel):
    deals: int = Field(alias="deals")
    partner_id: uuid.UUID = Field(alias="partner_id")
    period: PublicScorePeriod = Field(alias="period")
    points: int = Field(alias="points")
    rank: int = Field(alias="rank")
    starts_on: datetime.date = Field(alias="starts_on")
    taken_at: datetime.datetime = Field(alias="taken_at")
    tier_rank: int = Field(alias="tier_rank")


class PublicLeaderboardSnapshotsInsert(TypedDict):
    deals: Annotated[int, Field(alias="deals")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    period: Annotated[PublicScorePeriod, Field(alias="period")]
    points: Annotated[int, Field(alias="points")]
    rank: Annotated[int, Field(alias="rank")]
    starts_on: Annotated[datetime.date, Field(alias="starts_on")]
    taken_at: Annotated[datetime.datetime, Field(alias="taken_at")]
    tier_rank: Annotated[int, Field(alias="tier_rank")]


class PublicLeaderboardSnapshotsUpdate(TypedDict):
    deals: NotRequired[Annotated[int, Field(alias="deals")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    period: NotRequired[Annotated[PublicScorePeriod, Field(alias="period")]]
    points: NotRequired[Annotated[int, Field(alias="points")]]
    rank: NotRequired[Annotated[int, Field(alias="rank")]]
    starts_on: NotRequired[Annotated[datetime.date, Field(alias="starts_on")]]
    taken_at: NotRequired[Annotated[datetime.datetime, Field(alias="taken_at")]]
    tier_rank: NotRequired[Annotated[int, Field(alias="tier_rank")]]


class PublicLeads(BaseModel):
    attribution_data: JsonValue | None = Field(alias="attribution_data")
    campaign: str | None = Field(alias="campaign")
    changed_xid: PgCatalogXid8 = Field(alias="changed_xid")
    company_name: str = Field(alias="company_name")
    contact_email: str | None = Field(alias="contact_email")
    contact_name: str | None = Field(alias="contact_name")
    contact_phone: str | None = Field(alias="contact_phone")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    deleted_at: datetime.datetime | None = Field(alias="deleted_at")
    deleted_reason: str | None = Field(alias="deleted_reason")
    email_domain: str | None = Field(alias="email_domain")
    estimated_value: int | None = Field(alias="estimated_value")
    field_rev: JsonValue = Field(alias="field_rev")
    id: uuid.UUID = Field(alias="id")
    in_conflict: bool = Field(alias="in_conflict")
    last_activity_at: datetime.datetime = Field(alias="last_activity_at")
    lost_reason: str | None = Field(alias="lost_reason")
    next_action: str | None = Field(alias="next_action")
    next_action_date: datetime.date | None = Field(alias="next_action_date")
    normalised_company: str | None = Field(alias="normalised_company")
    normalised_email: str | None = Field(alias="normalised_email")
    normalised_phone: str | None = Field(alias="normalised_phone")
    notes: str | None = Field(alias="notes")
    partner_id: uuid.UUID = Field(alias="partner_id")
    project_type: str | None = Field(alias="project_type")
    protected_until: datetime.datetime | None = Field(alias="protected_until")
    referral_link_id: uuid.UUID | None = Field(alias="referral_link_id")
    registered_at: datetime.datetime | None = Field(alias="registered_at")
    rev: int = Field(alias="rev")
    source: str | None = Field(alias="source")
    stage_entered_at: datetime.datetime = Field(alias="stage_entered_at")
    status: PublicLeadStatus = Field(alias="status")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicLeadsInsert(TypedDict):
    attribution_data: NotRequired[Annotated[JsonValue | None, Field(alias="attribution_data")]]
    campaign: NotRequired[Annotated[str | None, Field(alias="campaign")]]
    changed_xid: NotRequired[Annotated[PgCatalogXid8, Field(alias="changed_xid")]]
    company_name: Annotated[str, Field(alias="company_name")]
    contact_email: NotRequired[Annotated[str | None, Field(alias="contact_email")]]
    contact_name: NotRequired[Annotated[str | None, Field(alias="contact_name")]]
    contact_phone: NotRequired[Annotated[str | None, Field(alias="contact_phone")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    deleted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="deleted_at")]]
    deleted_reason: NotRequired[Annotated[str | None, Field(alias="deleted_reason")]]
    email_domain: NotRequired[Annotated[str | None, Field(alias="email_domain")]]
    estimated_value: NotRequired[Annotated[int | None, Field(alias="estimated_value")]]
    field_rev: NotRequired[Annotated[JsonValue, Field(alias="field_rev")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    in_conflict: NotRequired[Annotated[bool, Field(alias="in_conflict")]]
    last_activity_at: NotRequired[Annotated[datetime.datetime, Field(alias="last_activity_at")]]
    lost_reason: NotRequired[Annotated[str | None, Field(alias="lost_reason")]]
    next_action: NotRequired[Annotated[str | None, Field(alias="next_action")]]
    next_action_date: NotRequired[Annotated[datetime.date | None, Field(alias="next_action_date")]]
    normalised_company: NotRequired[Annotated[str | None, Field(alias="normalised_company")]]
    normalised_email: NotRequired[Annotated[str | None, Field(alias="normalised_email")]]
    normalised_phone: NotRequired[Annotated[str | None, Field(alias="normalised_phone")]]
    notes: NotRequired[Annotated[str | None, Field(alias="notes")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    project_type: NotRequired[Annotated[str | None, Field(alias="project_type")]]
    protected_until: NotRequired[Annotated[datetime.datetime | None, Field(alias="protected_until")]]
    referral_link_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="referral_link_id")]]
    registered_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="registered_at")]]
    rev: NotRequired[Annotated[int, Field(alias="rev")]]
    source: NotRequired[Annotated[str | None, Field(alias="source")]]
    stage_entered_at: NotRequired[Annotated[datetime.datetime, Field(alias="stage_entered_at")]]
    status: NotRequired[Annotated[PublicLeadStatus, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicLeadsUpdate(TypedDict):
    attribution_data: NotRequired[Annotated[JsonValue | None, Field(alias="attribution_data")]]
    campaign: NotRequired[Annotated[str | None, Field(alias="campaign")]]
    changed_xid: NotRequired[Annotated[PgCatalogXid8, Field(alias="changed_xid")]]
    company_name: NotRequired[Annotated[str, Field(alias="company_name")]]
    contact_email: NotRequired[Annotated[str | None, Field(alias="contact_email")]]
    contact_name: NotRequired[Annotated[str | None, Field(alias="contact_name")]]
    contact_phone: NotRequired[Annotated[str | None, Field(alias="contact_phone")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    deleted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="deleted_at")]]
    deleted_reason: NotRequired[Annotated[str | None, Field(alias="deleted_reason")]]
    email_domain: NotRequired[Annotated[str | None, Field(alias="email_domain")]]
    estimated_value: NotRequired[Annotated[int | None, Field(alias="estimated_value")]]
    field_rev: NotRequired[Annotated[JsonValue, Field(alias="field_rev")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    in_conflict: NotRequired[Annotated[bool, Field(alias="in_conflict")]]
    last_activity_at: NotRequired[Annotated[datetime.datetime, Field(alias="last_activity_at")]]
    lost_reason: NotRequired[Annotated[str | None, Field(alias="lost_reason")]]
    next_action: NotRequired[Annotated[str | None, Field(alias="next_action")]]
    next_action_date: NotRequired[Annotated[datetime.date | None, Field(alias="next_action_date")]]
    normalised_company: NotRequired[Annotated[str | None, Field(alias="normalised_company")]]
    normalised_email: NotRequired[Annotated[str | None, Field(alias="normalised_email")]]
    normalised_phone: NotRequired[Annotated[str | None, Field(alias="normalised_phone")]]
    notes: NotRequired[Annotated[str | None, Field(alias="notes")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    project_type: NotRequired[Annotated[str | None, Field(alias="project_type")]]
    protected_until: NotRequired[Annotated[datetime.datetime | None, Field(alias="protected_until")]]
    referral_link_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="referral_link_id")]]
    registered_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="registered_at")]]
    rev: NotRequired[Annotated[int, Field(alias="rev")]]
    source: NotRequired[Annotated[str | None, Field(alias="source")]]
    stage_entered_at: NotRequired[Annotated[datetime.datetime, Field(alias="stage_entered_at")]]
    status: NotRequired[Annotated[PublicLeadStatus, Field(alias="status")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicLessonProgress(BaseModel):
    changed_xid: PgCatalogXid8 = Field(alias="changed_xid")
    completed_at: datetime.datetime | None = Field(alias="completed_at")
    created_at: datetime.datetime = Field(alias="created_at")
    field_rev: JsonValue = Field(alias="field_rev")
    id: uuid.UUID = Field(alias="id")
    lesson_id: uuid.UUID = Field(alias="lesson_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    position_seconds: int = Field(alias="position_seconds")
    rev: int = Field(alias="rev")
    started_at: datetime.datetime = Field(alias="started_at")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicLessonProgressInsert(TypedDict):
    changed_xid: NotRequired[Annotated[PgCatalogXid8, Field(alias="changed_xid")]]
    completed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="completed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    field_rev: NotRequired[Annotated[JsonValue, Field(alias="field_rev")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lesson_id: Annotated[uuid.UUID, Field(alias="lesson_id")]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    position_seconds: NotRequired[Annotated[int, Field(alias="position_seconds")]]
    rev: NotRequired[Annotated[int, Field(alias="rev")]]
    started_at: NotRequired[Annotated[datetime.datetime, Field(alias="started_at")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicLessonProgressUpdate(TypedDict):
    changed_xid: NotRequired[Annotated[PgCatalogXid8, Field(alias="changed_xid")]]
    completed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="completed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    field_rev: NotRequired[Annotated[JsonValue, Field(alias="field_rev")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lesson_id: NotRequired[Annotated[uuid.UUID, Field(alias="lesson_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    position_seconds: NotRequired[Annotated[int, Field(alias="position_seconds")]]
    rev: NotRequired[Annotated[int, Field(alias="rev")]]
    started_at: NotRequired[Annotated[datetime.datetime, Field(alias="started_at")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicLessons(BaseModel):
    body: str = Field(alias="body")
    completion_rule: str | None = Field(alias="completion_rule")
    created_at: datetime.datetime = Field(alias="created_at")
    duration_seconds: int | None = Field(alias="duration_seconds")
    file_path: str | None = Field(alias="file_path")
    id: uuid.UUID = Field(alias="id")
    kind: PublicLessonKind = Field(alias="kind")
    module_id: uuid.UUID = Field(alias="module_id")
    position: int = Field(alias="position")
    retired_at: datetime.datetime | None = Field(alias="retired_at")
    search: PgCatalogTsvector | None = Field(alias="search")
    title: str = Field(alias="title")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicLessonsInsert(TypedDict):
    body: NotRequired[Annotated[str, Field(alias="body")]]
    completion_rule: NotRequired[Annotated[str | None, Field(alias="completion_rule")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    duration_seconds: NotRequired[Annotated[int | None, Field(alias="duration_seconds")]]
    file_path: NotRequired[Annotated[str | None, Field(alias="file_path")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[PublicLessonKind, Field(alias="kind")]
    module_id: Annotated[uuid.UUID, Field(alias="module_id")]
    position: Annotated[int, Field(alias="position")]
    retired_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="retired_at")]]
    search: NotRequired[Annotated[PgCatalogTsvector | None, Field(alias="search")]]
    title: Annotated[str, Field(alias="title")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicLessonsUpdate(TypedDict):
    body: NotRequired[Annotated[str, Field(alias="body")]]
    completion_rule: NotRequired[Annotated[str | None, Field(alias="completion_rule")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    duration_seconds: NotRequired[Annotated[int | None, Field(alias="duration_seconds")]]
    file_path: NotRequired[Annotated[str | None, Field(alias="file_path")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[PublicLessonKind, Field(alias="kind")]]
    module_id: NotRequired[Annotated[uuid.UUID, Field(alias="module_id")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    retired_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="retired_at")]]
    search: NotRequired[Annotated[PgCatalogTsvector | None, Field(alias="search")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicLinkClicks(BaseModel):
    clicked_at: datetime.datetime = Field(alias="clicked_at")
    country: str | None = Field(alias="country")
    device: str = Field(alias="device")
    id: int = Field(alias="id")
    link_id: uuid.UUID = Field(alias="link_id")
    visitor: bytes = Field(alias="visitor")


class PublicLinkClicksInsert(TypedDict):
    clicked_at: NotRequired[Annotated[datetime.datetime, Field(alias="clicked_at")]]
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    device: Annotated[str, Field(alias="device")]
    id: NotRequired[Annotated[int, Field(alias="id")]]
    link_id: Annotated[uuid.UUID, Field(alias="link_id")]
    visitor: Annotated[bytes, Field(alias="visitor")]


class PublicLinkClicksUpdate(TypedDict):
    clicked_at: NotRequired[Annotated[datetime.datetime, Field(alias="clicked_at")]]
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    device: NotRequired[Annotated[str, Field(alias="device")]]
    id: NotRequired[Annotated[int, Field(alias="id")]]
    link_id: NotRequired[Annotated[uuid.UUID, Field(alias="link_id")]]
    visitor: NotRequired[Annotated[bytes, Field(alias="visitor")]]


class PublicLinkDestinations(BaseModel):
    active: bool = Field(alias="active")
    label: str = Field(alias="label")
    path: str = Field(alias="path")
    slug: str = Field(alias="slug")


class PublicLinkDestinationsInsert(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    label: Annotated[str, Field(alias="label")]
    path: Annotated[str, Field(alias="path")]
    slug: Annotated[str, Field(alias="slug")]


class PublicLinkDestinationsUpdate(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    label: NotRequired[Annotated[str, Field(alias="label")]]
    path: NotRequired[Annotated[str, Field(alias="path")]]
    slug: NotRequired[Annotated[str, Field(alias="slug")]]


class PublicMarketingAssets(BaseModel):
    archived_at: datetime.datetime | None = Field(alias="archived_at")
    category: PublicAssetCategory = Field(alias="category")
    created_at: datetime.datetime = Field(alias="created_at")
    customisable: bool = Field(alias="customisable")
    description: str | None = Field(alias="description")
    download_count: int = Field(alias="download_count")
    file_size: int | None = Field(alias="file_size")
    file_type: str | None = Field(alias="file_type")
    file_url: str | None = Field(alias="file_url")
    id: uuid.UUID = Field(alias="id")
    published: bool = Field(alias="published")
    search: PgCatalogTsvector | None = Field(alias="search")
    tier_requirement: PublicPartnerTier = Field(alias="tier_requirement")
    title: str = Field(alias="title")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicMarketingAssetsInsert(TypedDict):
    archived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="archived_at")]]
    category: Annotated[PublicAssetCategory, Field(alias="category")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    customisable: NotRequired[Annotated[bool, Field(alias="customisable")]]
    description: NotRequired[Annotated[str | None, Field(alias="description")]]
    download_count: NotRequired[Annotated[int, Field(alias="download_count")]]
    file_size: NotRequired[Annotated[int | None, Field(alias="file_size")]]
    file_type: NotRequired[Annotated[str | None, Field(alias="file_type")]]
    file_url: NotRequired[Annotated[str | None, Field(alias="file_url")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    published: NotRequired[Annotated[bool, Field(alias="published")]]
    search: NotRequired[Annotated[PgCatalogTsvector | None, Field(alias="search")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_requirement")]]
    title: Annotated[str, Field(alias="title")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicMarketingAssetsUpdate(TypedDict):
    archived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="archived_at")]]
    category: NotRequired[Annotated[PublicAssetCategory, Field(alias="category")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    customisable: NotRequired[Annotated[bool, Field(alias="customisable")]]
    description: NotRequired[Annotated[str | None, Field(alias="description")]]
    download_count: NotRequired[Annotated[int, Field(alias="download_count")]]
    file_size: NotRequired[Annotated[int | None, Field(alias="file_size")]]
    file_type: NotRequired[Annotated[str | None, Field(alias="file_type")]]
    file_url: NotRequired[Annotated[str | None, Field(alias="file_url")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    published: NotRequired[Annotated[bool, Field(alias="published")]]
    search: NotRequired[Annotated[PgCatalogTsvector | None, Field(alias="search")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_requirement")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicMessageEdits(BaseModel):
    edited_at: datetime.datetime = Field(alias="edited_at")
    id: uuid.UUID = Field(alias="id")
    message: str = Field(alias="message")
    message_id: uuid.UUID = Field(alias="message_id")


class PublicMessageEditsInsert(TypedDict):
    edited_at: NotRequired[Annotated[datetime.datetime, Field(alias="edited_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message: Annotated[str, Field(alias="message")]
    message_id: Annotated[uuid.UUID, Field(alias="message_id")]


class PublicMessageEditsUpdate(TypedDict):
    edited_at: NotRequired[Annotated[datetime.datetime, Field(alias="edited_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message: NotRequired[Annotated[str, Field(alias="message")]]
    message_id: NotRequired[Annotated[uuid.UUID, Field(alias="message_id")]]


class PublicMessageMentions(BaseModel):
    channel_id: uuid.UUID = Field(alias="channel_id")
    message_id: uuid.UUID = Field(alias="message_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    seq: int = Field(alias="seq")


class PublicMessageMentionsInsert(TypedDict):
    channel_id: Annotated[uuid.UUID, Field(alias="channel_id")]
    message_id: Annotated[uuid.UUID, Field(alias="message_id")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    seq: Annotated[int, Field(alias="seq")]


class PublicMessageMentionsUpdate(TypedDict):
    channel_id: NotRequired[Annotated[uuid.UUID, Field(alias="channel_id")]]
    message_id: NotRequired[Annotated[uuid.UUID, Field(alias="message_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    seq: NotRequired[Annotated[int, Field(alias="seq")]]


class PublicMessagePins(BaseModel):
    channel_id: uuid.UUID = Field(alias="channel_id")
    message_id: uuid.UUID = Field(alias="message_id")
    pinned_at: datetime.datetime = Field(alias="pinned_at")
    pinned_by: uuid.UUID | None = Field(alias="pinned_by")


class PublicMessagePinsInsert(TypedDict):
    channel_id: Annotated[uuid.UUID, Field(alias="channel_id")]
    message_id: Annotated[uuid.UUID, Field(alias="message_id")]
    pinned_at: NotRequired[Annotated[datetime.datetime, Field(alias="pinned_at")]]
    pinned_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="pinned_by")]]


class PublicMessagePinsUpdate(TypedDict):
    channel_id: NotRequired[Annotated[uuid.UUID, Field(alias="channel_id")]]
    message_id: NotRequired[Annotated[uuid.UUID, Field(alias="message_id")]]
    pinned_at: NotRequired[Annotated[datetime.datetime, Field(alias="pinned_at")]]
    pinned_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="pinned_by")]]


class PublicMessageReactions(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    emoji: str = Field(alias="emoji")
    message_id: uuid.UUID = Field(alias="message_id")
    partner_id: uuid.UUID = Field(alias="partner_id")


class PublicMessageReactionsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    emoji: Annotated[str, Field(alias="emoji")]
    message_id: Annotated[uuid.UUID, Field(alias="message_id")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]


class PublicMessageReactionsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    emoji: NotRequired[Annotated[str, Field(alias="emoji")]]
    message_id: NotRequired[Annotated[uuid.UUID, Field(alias="message_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicMessageReports(BaseModel):
    case_id: uuid.UUID | None = Field(alias="case_id")
    created_at: datetime.datetime = Field(alias="created_at")
    decided_at: datetime.datetime | None = Field(alias="decided_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    decision_note: str | None = Field(alias="decision_note")
    disclosed_text: str = Field(alias="disclosed_text")
    id: uuid.UUID = Field(alias="id")
    message_id: uuid.UUID = Field(alias="message_id")
    reason: str = Field(alias="reason")
    reporter_id: uuid.UUID = Field(alias="reporter_id")
    state: PublicReportState = Field(alias="state")


class PublicMessageReportsInsert(TypedDict):
    case_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="case_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision_note: NotRequired[Annotated[str | None, Field(alias="decision_note")]]
    disclosed_text: Annotated[str, Field(alias="disclosed_text")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message_id: Annotated[uuid.UUID, Field(alias="message_id")]
    reason: Annotated[str, Field(alias="reason")]
    reporter_id: Annotated[uuid.UUID, Field(alias="reporter_id")]
    state: NotRequired[Annotated[PublicReportState, Field(alias="state")]]


class PublicMessageReportsUpdate(TypedDict):
    case_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="case_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision_note: NotRequired[Annotated[str | None, Field(alias="decision_note")]]
    disclosed_text: NotRequired[Annotated[str, Field(alias="disclosed_text")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message_id: NotRequired[Annotated[uuid.UUID, Field(alias="message_id")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    reporter_id: NotRequired[Annotated[uuid.UUID, Field(alias="reporter_id")]]
    state: NotRequired[Annotated[PublicReportState, Field(alias="state")]]


class PublicMessageTemplateVersions(BaseModel):
    body: str = Field(alias="body")
    created_at: datetime.datetime = Field(alias="created_at")
    saved_by: uuid.UUID | None = Field(alias="saved_by")
    subject: str | None = Field(alias="subject")
    template_id: uuid.UUID = Field(alias="template_id")
    version: int = Field(alias="version")


class PublicMessageTemplateVersionsInsert(TypedDict):
    body: Annotated[str, Field(alias="body")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    saved_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="saved_by")]]
    subject: NotRequired[Annotated[str | None, Field(alias="subject")]]
    template_id: Annotated[uuid.UUID, Field(alias="template_id")]
    version: Annotated[int, Field(alias="version")]


class PublicMessageTemplateVersionsUpdate(TypedDict):
    body: NotRequired[Annotated[str, Field(alias="body")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    saved_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="saved_by")]]
    subject: NotRequired[Annotated[str | None, Field(alias="subject")]]
    template_id: NotRequired[Annotated[uuid.UUID, Field(alias="template_id")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]


class PublicMessageTemplates(BaseModel):
    archived_at: datetime.datetime | None = Field(alias="archived_at")
    channel: PublicTemplateChannel = Field(alias="channel")
    created_at: datetime.datetime = Field(alias="created_at")
    current_version: int = Field(alias="current_version")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID | None = Field(alias="partner_id")
    title: str = Field(alias="title")
    updated_at: datetime.datetime = Field(alias="updated_at")
    visibility: PublicTemplateVisibility = Field(alias="visibility")


class PublicMessageTemplatesInsert(TypedDict):
    archived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="archived_at")]]
    channel: Annotated[PublicTemplateChannel, Field(alias="channel")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    current_version: NotRequired[Annotated[int, Field(alias="current_version")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    title: Annotated[str, Field(alias="title")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    visibility: NotRequired[Annotated[PublicTemplateVisibility, Field(alias="visibility")]]


class PublicMessageTemplatesUpdate(TypedDict):
    archived_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="archived_at")]]
    channel: NotRequired[Annotated[PublicTemplateChannel, Field(alias="channel")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    current_version: NotRequired[Annotated[int, Field(alias="current_version")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    visibility: NotRequired[Annotated[PublicTemplateVisibility, Field(alias="visibility")]]


class PublicModerationActions(BaseModel):
    action: str = Field(alias="action")
    case_id: uuid.UUID | None = Field(alias="case_id")
    channel_id: uuid.UUID = Field(alias="channel_id")
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    message_id: uuid.UUID | None = Field(alias="message_id")
    note: str | None = Field(alias="note")
    partner_id: uuid.UUID | None = Field(alias="partner_id")
    staff_id: uuid.UUID = Field(alias="staff_id")


class PublicModerationActionsInsert(TypedDict):
    action: Annotated[str, Field(alias="action")]
    case_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="case_id")]]
    channel_id: Annotated[uuid.UUID, Field(alias="channel_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="message_id")]]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    staff_id: Annotated[uuid.UUID, Field(alias="staff_id")]


class PublicModerationActionsUpdate(TypedDict):
    action: NotRequired[Annotated[str, Field(alias="action")]]
    case_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="case_id")]]
    channel_id: NotRequired[Annotated[uuid.UUID, Field(alias="channel_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="message_id")]]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    staff_id: NotRequired[Annotated[uuid.UUID, Field(alias="staff_id")]]


class PublicModerationCases(BaseModel):
    channel_id: uuid.UUID = Field(alias="channel_id")
    closed_at: datetime.datetime | None = Field(alias="closed_at")
    id: uuid.UUID = Field(alias="id")
    opened_at: datetime.datetime = Field(alias="opened_at")
    opened_by: uuid.UUID = Field(alias="opened_by")
    outcome: str | None = Field(alias="outcome")
    reason: str = Field(alias="reason")


class PublicModerationCasesInsert(TypedDict):
    channel_id: Annotated[uuid.UUID, Field(alias="channel_id")]
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    opened_at: NotRequired[Annotated[datetime.datetime, Field(alias="opened_at")]]
    opened_by: Annotated[uuid.UUID, Field(alias="opened_by")]
    outcome: NotRequired[Annotated[str | None, Field(alias="outcome")]]
    reason: Annotated[str, Field(alias="reason")]


class PublicModerationCasesUpdate(TypedDict):
    channel_id: NotRequired[Annotated[uuid.UUID, Field(alias="channel_id")]]
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    opened_at: NotRequired[Annotated[datetime.datetime, Field(alias="opened_at")]]
    opened_by: NotRequired[Annotated[uuid.UUID, Field(alias="opened_by")]]
    outcome: NotRequired[Annotated[str | None, Field(alias="outcome")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]


class PublicNotificationPreferences(BaseModel):
    channel: PublicNotificationChannel = Field(alias="channel")
    enabled: bool = Field(alias="enabled")
    partner_id: uuid.UUID = Field(alias="partner_id")
    type: PublicNotificationType = Field(alias="type")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicNotificationPreferencesInsert(TypedDict):
    channel: Annotated[PublicNotificationChannel, Field(alias="channel")]
    enabled: Annotated[bool, Field(alias="enabled")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    type: Annotated[PublicNotificationType, Field(alias="type")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicNotificationPreferencesUpdate(TypedDict):
    channel: NotRequired[Annotated[PublicNotificationChannel, Field(alias="channel")]]
    enabled: NotRequired[Annotated[bool, Field(alias="enabled")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    type: NotRequired[Annotated[PublicNotificationType, Field(alias="type")]]
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


class PublicPartnerBlocks(BaseModel):
    blocked_id: uuid.UUID = Field(alias="blocked_id")
    created_at: datetime.datetime = Field(alias="created_at")
    partner_id: uuid.UUID = Field(alias="partner_id")


class PublicPartnerBlocksInsert(TypedDict):
    blocked_id: Annotated[uuid.UUID, Field(alias="blocked_id")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]


class PublicPartnerBlocksUpdate(TypedDict):
    blocked_id: NotRequired[Annotated[uuid.UUID, Field(alias="blocked_id")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicPartnerDirectory(BaseModel):
    avatar_path: str | None = Field(alias="avatar_path")
    country: str | None = Field(alias="country")
    current_tier: PublicPartnerTier = Field(alias="current_tier")
    id: uuid.UUID = Field(alias="id")
    listed: bool = Field(alias="listed")
    name: str = Field(alias="name")
    region: str | None = Field(alias="region")
    since: datetime.datetime = Field(alias="since")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicPartnerDirectoryInsert(TypedDict):
    avatar_path: NotRequired[Annotated[str | None, Field(alias="avatar_path")]]
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    current_tier: Annotated[PublicPartnerTier, Field(alias="current_tier")]
    id: Annotated[uuid.UUID, Field(alias="id")]
    listed: Annotated[bool, Field(alias="listed")]
    name: Annotated[str, Field(alias="name")]
    region: NotRequired[Annotated[str | None, Field(alias="region")]]
    since: Annotated[datetime.datetime, Field(alias="since")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPartnerDirectoryUpdate(TypedDict):
    avatar_path: NotRequired[Annotated[str | None, Field(alias="avatar_path")]]
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    current_tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="current_tier")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    listed: NotRequired[Annotated[bool, Field(alias="listed")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    region: NotRequired[Annotated[str | None, Field(alias="region")]]
    since: NotRequired[Annotated[datetime.datetime, Field(alias="since")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPartnerPresence(BaseModel):
    partner_id: uuid.UUID = Field(alias="partner_id")
    status: PublicPresenceStatus = Field(alias="status")
    status_text: str | None = Field(alias="status_text")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicPartnerPresenceInsert(TypedDict):
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    status: NotRequired[Annotated[PublicPresenceStatus, Field(alias="status")]]
    status_text: NotRequired[Annotated[str | None, Field(alias="status_text")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPartnerPresenceUpdate(TypedDict):
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    status: NotRequired[Annotated[PublicPresenceStatus, Field(alias="status")]]
    status_text: NotRequired[Annotated[str | None, Field(alias="status_text")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPartnerTeams(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    ended_reason: str | None = Field(alias="ended_reason")
    id: uuid.UUID = Field(alias="id")
    override_percentage: int = Field(alias="override_percentage")
    reason: str = Field(alias="reason")
    status: str = Field(alias="status")
    team_leader_id: uuid.UUID = Field(alias="team_leader_id")
    team_member_id: uuid.UUID = Field(alias="team_member_id")
    valid_from: datetime.datetime = Field(alias="valid_from")
    valid_to: datetime.datetime | None = Field(alias="valid_to")


class PublicPartnerTeamsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    ended_reason: NotRequired[Annotated[str | None, Field(alias="ended_reason")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    override_percentage: NotRequired[Annotated[int, Field(alias="override_percentage")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    team_leader_id: Annotated[uuid.UUID, Field(alias="team_leader_id")]
    team_member_id: Annotated[uuid.UUID, Field(alias="team_member_id")]
    valid_from: NotRequired[Annotated[datetime.datetime, Field(alias="valid_from")]]
    valid_to: NotRequired[Annotated[datetime.datetime | None, Field(alias="valid_to")]]


class PublicPartnerTeamsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    ended_reason: NotRequired[Annotated[str | None, Field(alias="ended_reason")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    override_percentage: NotRequired[Annotated[int, Field(alias="override_percentage")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    status: NotRequired[Annotated[str, Field(alias="status")]]
    team_leader_id: NotRequired[Annotated[uuid.UUID, Field(alias="team_leader_id")]]
    team_member_id: NotRequired[Annotated[uuid.UUID, Field(alias="team_member_id")]]
    valid_from: NotRequired[Annotated[datetime.datetime, Field(alias="valid_from")]]
    valid_to: NotRequired[Annotated[datetime.datetime | None, Field(alias="valid_to")]]


class PublicPartnerTierHistory(BaseModel):
    deals_at_entry: int | None = Field(alias="deals_at_entry")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    hold_until: datetime.datetime | None = Field(alias="hold_until")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    partner_id: uuid.UUID = Field(alias="partner_id")
    plan_id: uuid.UUID | None = Field(alias="plan_id")
    reason: str = Field(alias="reason")
    tier: PublicPartnerTier = Field(alias="tier")
    valid_from: datetime.datetime = Field(alias="valid_from")
    valid_to: datetime.datetime | None = Field(alias="valid_to")


class PublicPartnerTierHistoryInsert(TypedDict):
    deals_at_entry: NotRequired[Annotated[int | None, Field(alias="deals_at_entry")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    hold_until: NotRequired[Annotated[datetime.datetime | None, Field(alias="hold_until")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    plan_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="plan_id")]]
    reason: Annotated[str, Field(alias="reason")]
    tier: Annotated[PublicPartnerTier, Field(alias="tier")]
    valid_from: NotRequired[Annotated[datetime.datetime, Field(alias="valid_from")]]
    valid_to: NotRequired[Annotated[datetime.datetime | None, Field(alias="valid_to")]]


class PublicPartnerTierHistoryUpdate(TypedDict):
    deals_at_entry: NotRequired[Annotated[int | None, Field(alias="deals_at_entry")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    hold_until: NotRequired[Annotated[datetime.datetime | None, Field(alias="hold_until")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    plan_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="plan_id")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier")]]
    valid_from: NotRequired[Annotated[datetime.datetime, Field(alias="valid_from")]]
    valid_to: NotRequired[Annotated[datetime.datetime | None, Field(alias="valid_to")]]


class PublicPartners(BaseModel):
    avatar_path: str | None = Field(alias="avatar_path")
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
    status_changed_at: datetime.datetime | None = Field(alias="status_changed_at")
    status_reason: str | None = Field(alias="status_reason")
    team_leader_id: uuid.UUID | None = Field(alias="team_leader_id")
    timezone: str = Field(alias="timezone")
    updated_at: datetime.datetime = Field(alias="updated_at")
    user_id: uuid.UUID | None = Field(alias="user_id")


class PublicPartnersInsert(TypedDict):
    avatar_path: NotRequired[Annotated[str | None, Field(alias="avatar_path")]]
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
    status_changed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="status_changed_at")]]
    status_reason: NotRequired[Annotated[str | None, Field(alias="status_reason")]]
    team_leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="team_leader_id")]]
    timezone: NotRequired[Annotated[str, Field(alias="timezone")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    user_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="user_id")]]


class PublicPartnersUpdate(TypedDict):
    avatar_path: NotRequired[Annotated[str | None, Field(alias="avatar_path")]]
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
    status_changed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="status_changed_at")]]
    status_reason: NotRequired[Annotated[str | None, Field(alias="status_reason")]]
    team_leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="team_leader_id")]]
    timezone: NotRequired[Annotated[str, Field(alias="timezone")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    user_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="user_id")]]


class PublicPartnershipRequests(BaseModel):
    answer: str | None = Field(alias="answer")
    answered_at: datetime.datetime | None = Field(alias="answered_at")
    answered_by: uuid.UUID | None = Field(alias="answered_by")
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    message: str = Field(alias="message")
    partner_id: uuid.UUID = Field(alias="partner_id")
    status: PublicRequestStatus = Field(alias="status")


class PublicPartnershipRequestsInsert(TypedDict):
    answer: NotRequired[Annotated[str | None, Field(alias="answer")]]
    answered_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="answered_at")]]
    answered_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="answered_by")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[str, Field(alias="kind")]
    message: Annotated[str, Field(alias="message")]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    status: NotRequired[Annotated[PublicRequestStatus, Field(alias="status")]]


class PublicPartnershipRequestsUpdate(TypedDict):
    answer: NotRequired[Annotated[str | None, Field(alias="answer")]]
    answered_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="answered_at")]]
    answered_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="answered_by")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    message: NotRequired[Annotated[str, Field(alias="message")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    status: NotRequired[Annotated[PublicRequestStatus, Field(alias="status")]]


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
    accounts_before: int = Field(alias="accounts_before")
    connected_with_mfa_at: datetime.datetime | None = Field(alias="connected_with_mfa_at")
    country: str | None = Field(alias="country")
    created_at: datetime.datetime = Field(alias="created_at")
    destination_changed_at: datetime.datetime | None = Field(alias="destination_changed_at")
    destination_fingerprint: str | None = Field(alias="destination_fingerprint")
    destination_label: str | None = Field(alias="destination_label")
    looks_begun: int = Field(alias="looks_begun")
    looks_saved: int = Field(alias="looks_saved")
    partner_id: uuid.UUID = Field(alias="partner_id")
    requirements_due: list[str] = Field(alias="requirements_due")
    security_changed_at: datetime.datetime | None = Field(alias="security_changed_at")
    status: PublicPayoutAccountStatus = Field(alias="status")
    stripe_account_id: str | None = Field(alias="stripe_account_id")
    tax_status: PublicTaxStatus = Field(alias="tax_status")
    tax_told_year: int | None = Field(alias="tax_told_year")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicPayoutAccountsInsert(TypedDict):
    accounts_before: NotRequired[Annotated[int, Field(alias="accounts_before")]]
    connected_with_mfa_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="connected_with_mfa_at")]]
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    destination_changed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="destination_changed_at")]]
    destination_fingerprint: NotRequired[Annotated[str | None, Field(alias="destination_fingerprint")]]
    destination_label: NotRequired[Annotated[str | None, Field(alias="destination_label")]]
    looks_begun: NotRequired[Annotated[int, Field(alias="looks_begun")]]
    looks_saved: NotRequired[Annotated[int, Field(alias="looks_saved")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    requirements_due: NotRequired[Annotated[list[str], Field(alias="requirements_due")]]
    security_changed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="security_changed_at")]]
    status: NotRequired[Annotated[PublicPayoutAccountStatus, Field(alias="status")]]
    stripe_account_id: NotRequired[Annotated[str | None, Field(alias="stripe_account_id")]]
    tax_status: NotRequired[Annotated[PublicTaxStatus, Field(alias="tax_status")]]
    tax_told_year: NotRequired[Annotated[int | None, Field(alias="tax_told_year")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPayoutAccountsUpdate(TypedDict):
    accounts_before: NotRequired[Annotated[int, Field(alias="accounts_before")]]
    connected_with_mfa_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="connected_with_mfa_at")]]
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    destination_changed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="destination_changed_at")]]
    destination_fingerprint: NotRequired[Annotated[str | None, Field(alias="destination_fingerprint")]]
    destination_label: NotRequired[Annotated[str | None, Field(alias="destination_label")]]
    looks_begun: NotRequired[Annotated[int, Field(alias="looks_begun")]]
    looks_saved: NotRequired[Annotated[int, Field(alias="looks_saved")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    requirements_due: NotRequired[Annotated[list[str], Field(alias="requirements_due")]]
    security_changed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="security_changed_at")]]
    status: NotRequired[Annotated[PublicPayoutAccountStatus, Field(alias="status")]]
    stripe_account_id: NotRequired[Annotated[str | None, Field(alias="stripe_account_id")]]
    tax_status: NotRequired[Annotated[PublicTaxStatus, Field(alias="tax_status")]]
    tax_told_year: NotRequired[Annotated[int | None, Field(alias="tax_told_year")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPayoutApprovals(BaseModel):
    decided_at: datetime.datetime = Field(alias="decided_at")
    decision: str = Field(alias="decision")
    payout_id: uuid.UUID = Field(alias="payout_id")
    reason: str | None = Field(alias="reason")
    staff_id: uuid.UUID = Field(alias="staff_id")


class PublicPayoutApprovalsInsert(TypedDict):
    decided_at: NotRequired[Annotated[datetime.datetime, Field(alias="decided_at")]]
    decision: Annotated[str, Field(alias="decision")]
    payout_id: Annotated[uuid.UUID, Field(alias="payout_id")]
    reason: NotRequired[Annotated[str | None, Field(alias="reason")]]
    staff_id: Annotated[uuid.UUID, Field(alias="staff_id")]


class PublicPayoutApprovalsUpdate(TypedDict):
    decided_at: NotRequired[Annotated[datetime.datetime, Field(alias="decided_at")]]
    decision: NotRequired[Annotated[str, Field(alias="decision")]]
    payout_id: NotRequired[Annotated[uuid.UUID, Field(alias="payout_id")]]
    reason: NotRequired[Annotated[str | None, Field(alias="reason")]]
    staff_id: NotRequired[Annotated[uuid.UUID, Field(alias="staff_id")]]


class PublicPayoutCountries(BaseModel):
    country: str = Field(alias="country")
    currency: str = Field(alias="currency")
    instant: bool = Field(alias="instant")
    is_open: bool = Field(alias="is_open")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicPayoutCountriesInsert(TypedDict):
    country: Annotated[str, Field(alias="country")]
    currency: Annotated[str, Field(alias="currency")]
    instant: Annotated[bool, Field(alias="instant")]
    is_open: NotRequired[Annotated[bool, Field(alias="is_open")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPayoutCountriesUpdate(TypedDict):
    country: NotRequired[Annotated[str, Field(alias="country")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    instant: NotRequired[Annotated[bool, Field(alias="instant")]]
    is_open: NotRequired[Annotated[bool, Field(alias="is_open")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPayoutHolds(BaseModel):
    ended_at: datetime.datetime | None = Field(alias="ended_at")
    ended_by: uuid.UUID | None = Field(alias="ended_by")
    ended_reason: str | None = Field(alias="ended_reason")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    placed_at: datetime.datetime = Field(alias="placed_at")
    placed_by: uuid.UUID | None = Field(alias="placed_by")
    reason: str = Field(alias="reason")


class PublicPayoutHoldsInsert(TypedDict):
    ended_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="ended_at")]]
    ended_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="ended_by")]]
    ended_reason: NotRequired[Annotated[str | None, Field(alias="ended_reason")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    placed_at: NotRequired[Annotated[datetime.datetime, Field(alias="placed_at")]]
    placed_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="placed_by")]]
    reason: Annotated[str, Field(alias="reason")]


class PublicPayoutHoldsUpdate(TypedDict):
    ended_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="ended_at")]]
    ended_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="ended_by")]]
    ended_reason: NotRequired[Annotated[str | None, Field(alias="ended_reason")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    placed_at: NotRequired[Annotated[datetime.datetime, Field(alias="placed_at")]]
    placed_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="placed_by")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]


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
    minor_digits: int = Field(alias="minor_digits")
    yardstick: int = Field(alias="yardstick")


class PublicPayoutMinimumsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    currency: Annotated[str, Field(alias="currency")]
    minor_digits: NotRequired[Annotated[int, Field(alias="minor_digits")]]
    yardstick: Annotated[int, Field(alias="yardstick")]


class PublicPayoutMinimumsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    minor_digits: NotRequired[Annotated[int, Field(alias="minor_digits")]]
    yardstick: NotRequired[Annotated[int, Field(alias="yardstick")]]


class PublicPayoutReversals(BaseModel):
    amount: int = Field(alias="amount")
    attempt_started_at: datetime.datetime | None = Field(alias="attempt_started_at")
    created_at: datetime.datetime = Field(alias="created_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    done_at: datetime.datetime | None = Field(alias="done_at")
    failure_code: str | None = Field(alias="failure_code")
    failure_message: str | None = Field(alias="failure_message")
    id: uuid.UUID = Field(alias="id")
    idempotency_key: str | None = Field(alias="idempotency_key")
    payout_id: uuid.UUID = Field(alias="payout_id")
    proposed_by: uuid.UUID | None = Field(alias="proposed_by")
    reason: str = Field(alias="reason")
    request: JsonValue | None = Field(alias="request")
    request_id: uuid.UUID | None = Field(alias="request_id")
    settled: int = Field(alias="settled")
    status: PublicReversalStatus = Field(alias="status")
    stripe_reversal_id: str | None = Field(alias="stripe_reversal_id")


class PublicPayoutReversalsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    attempt_started_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="attempt_started_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    done_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="done_at")]]
    failure_code: NotRequired[Annotated[str | None, Field(alias="failure_code")]]
    failure_message: NotRequired[Annotated[str | None, Field(alias="failure_message")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    idempotency_key: NotRequired[Annotated[str | None, Field(alias="idempotency_key")]]
    payout_id: Annotated[uuid.UUID, Field(alias="payout_id")]
    proposed_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="proposed_by")]]
    reason: Annotated[str, Field(alias="reason")]
    request: NotRequired[Annotated[JsonValue | None, Field(alias="request")]]
    request_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="request_id")]]
    settled: NotRequired[Annotated[int, Field(alias="settled")]]
    status: Annotated[PublicReversalStatus, Field(alias="status")]
    stripe_reversal_id: NotRequired[Annotated[str | None, Field(alias="stripe_reversal_id")]]


class PublicPayoutReversalsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    attempt_started_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="attempt_started_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    done_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="done_at")]]
    failure_code: NotRequired[Annotated[str | None, Field(alias="failure_code")]]
    failure_message: NotRequired[Annotated[str | None, Field(alias="failure_message")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    idempotency_key: NotRequired[Annotated[str | None, Field(alias="idempotency_key")]]
    payout_id: NotRequired[Annotated[uuid.UUID, Field(alias="payout_id")]]
    proposed_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="proposed_by")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    request: NotRequired[Annotated[JsonValue | None, Field(alias="request")]]
    request_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="request_id")]]
    settled: NotRequired[Annotated[int, Field(alias="settled")]]
    status: NotRequired[Annotated[PublicReversalStatus, Field(alias="status")]]
    stripe_reversal_id: NotRequired[Annotated[str | None, Field(alias="stripe_reversal_id")]]


class PublicPayoutRuns(BaseModel):
    approved_by: uuid.UUID | None = Field(alias="approved_by")
    created_at: datetime.datetime = Field(alias="created_at")
    created_by: uuid.UUID | None = Field(alias="created_by")
    executed_by: uuid.UUID | None = Field(alias="executed_by")
    finished_at: datetime.datetime | None = Field(alias="finished_at")
    id: uuid.UUID = Field(alias="id")
    key: str = Field(alias="key")
    kind: PublicPayoutKind = Field(alias="kind")
    payouts: int = Field(alias="payouts")
    preview: JsonValue = Field(alias="preview")
    reached: uuid.UUID | None = Field(alias="reached")
    reconciled_at: datetime.datetime | None = Field(alias="reconciled_at")
    reconciled_by: uuid.UUID | None = Field(alias="reconciled_by")
    skipped: JsonValue = Field(alias="skipped")
    started_at: datetime.datetime | None = Field(alias="started_at")
    status: PublicPayoutRunStatus = Field(alias="status")


class PublicPayoutRunsInsert(TypedDict):
    approved_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="approved_by")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="created_by")]]
    executed_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="executed_by")]]
    finished_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="finished_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    key: Annotated[str, Field(alias="key")]
    kind: NotRequired[Annotated[PublicPayoutKind, Field(alias="kind")]]
    payouts: NotRequired[Annotated[int, Field(alias="payouts")]]
    preview: NotRequired[Annotated[JsonValue, Field(alias="preview")]]
    reached: NotRequired[Annotated[uuid.UUID | None, Field(alias="reached")]]
    reconciled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reconciled_at")]]
    reconciled_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="reconciled_by")]]
    skipped: NotRequired[Annotated[JsonValue, Field(alias="skipped")]]
    started_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="started_at")]]
    status: Annotated[PublicPayoutRunStatus, Field(alias="status")]


class PublicPayoutRunsUpdate(TypedDict):
    approved_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="approved_by")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="created_by")]]
    executed_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="executed_by")]]
    finished_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="finished_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    key: NotRequired[Annotated[str, Field(alias="key")]]
    kind: NotRequired[Annotated[PublicPayoutKind, Field(alias="kind")]]
    payouts: NotRequired[Annotated[int, Field(alias="payouts")]]
    preview: NotRequired[Annotated[JsonValue, Field(alias="preview")]]
    reached: NotRequired[Annotated[uuid.UUID | None, Field(alias="reached")]]
    reconciled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reconciled_at")]]
    reconciled_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="reconciled_by")]]
    skipped: NotRequired[Annotated[JsonValue, Field(alias="skipped")]]
    started_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="started_at")]]
    status: NotRequired[Annotated[PublicPayoutRunStatus, Field(alias="status")]]


class PublicPayouts(BaseModel):
    amount: int = Field(alias="amount")
    approvals_needed: int = Field(alias="approvals_needed")
    approvals_when_asked: int | None = Field(alias="approvals_when_asked")
    attempt: int = Field(alias="attempt")
    attempt_refused: bool = Field(alias="attempt_refused")
    attempt_started_at: datetime.datetime | None = Field(alias="attempt_started_at")
    country: str | None = Field(alias="country")
    currency: str = Field(alias="currency")
    failure_code: str | None = Field(alias="failure_code")
    failure_message: str | None = Field(alias="failure_message")
    fee: int = Field(alias="fee")
    id: uuid.UUID = Field(alias="id")
    idempotency_key: str | None = Field(alias="idempotency_key")
    kind: PublicPayoutKind = Field(alias="kind")
    method: PublicPayoutMethod = Field(alias="method")
    paid_at: datetime.datetime | None = Field(alias="paid_at")
    partner_id: uuid.UUID = Field(alias="partner_id")
    plan_id: uuid.UUID = Field(alias="plan_id")
    refund_of: uuid.UUID | None = Field(alias="refund_of")
    request: JsonValue | None = Field(alias="request")
    request_id: uuid.UUID = Field(alias="request_id")
    requested_at: datetime.datetime = Field(alias="requested_at")
    requested_by: uuid.UUID | None = Field(alias="requested_by")
    run_id: uuid.UUID | None = Field(alias="run_id")
    sent_at: datetime.datetime | None = Field(alias="sent_at")
    status: PublicPayoutStatus = Field(alias="status")
    stripe_transfer_id: str | None = Field(alias="stripe_transfer_id")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicPayoutsInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    approvals_needed: NotRequired[Annotated[int, Field(alias="approvals_needed")]]
    approvals_when_asked: NotRequired[Annotated[int | None, Field(alias="approvals_when_asked")]]
    attempt: NotRequired[Annotated[int, Field(alias="attempt")]]
    attempt_refused: NotRequired[Annotated[bool, Field(alias="attempt_refused")]]
    attempt_started_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="attempt_started_at")]]
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    currency: Annotated[str, Field(alias="currency")]
    failure_code: NotRequired[Annotated[str | None, Field(alias="failure_code")]]
    failure_message: NotRequired[Annotated[str | None, Field(alias="failure_message")]]
    fee: NotRequired[Annotated[int, Field(alias="fee")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    idempotency_key: NotRequired[Annotated[str | None, Field(alias="idempotency_key")]]
    kind: NotRequired[Annotated[PublicPayoutKind, Field(alias="kind")]]
    method: NotRequired[Annotated[PublicPayoutMethod, Field(alias="method")]]
    paid_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="paid_at")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    plan_id: NotRequired[Annotated[uuid.UUID, Field(alias="plan_id")]]
    refund_of: NotRequired[Annotated[uuid.UUID | None, Field(alias="refund_of")]]
    request: NotRequired[Annotated[JsonValue | None, Field(alias="request")]]
    request_id: Annotated[uuid.UUID, Field(alias="request_id")]
    requested_at: NotRequired[Annotated[datetime.datetime, Field(alias="requested_at")]]
    requested_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="requested_by")]]
    run_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="run_id")]]
    sent_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="sent_at")]]
    status: Annotated[PublicPayoutStatus, Field(alias="status")]
    stripe_transfer_id: NotRequired[Annotated[str | None, Field(alias="stripe_transfer_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPayoutsUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    approvals_needed: NotRequired[Annotated[int, Field(alias="approvals_needed")]]
    approvals_when_asked: NotRequired[Annotated[int | None, Field(alias="approvals_when_asked")]]
    attempt: NotRequired[Annotated[int, Field(alias="attempt")]]
    attempt_refused: NotRequired[Annotated[bool, Field(alias="attempt_refused")]]
    attempt_started_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="attempt_started_at")]]
    country: NotRequired[Annotated[str | None, Field(alias="country")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    failure_code: NotRequired[Annotated[str | None, Field(alias="failure_code")]]
    failure_message: NotRequired[Annotated[str | None, Field(alias="failure_message")]]
    fee: NotRequired[Annotated[int, Field(alias="fee")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    idempotency_key: NotRequired[Annotated[str | None, Field(alias="idempotency_key")]]
    kind: NotRequired[Annotated[PublicPayoutKind, Field(alias="kind")]]
    method: NotRequired[Annotated[PublicPayoutMethod, Field(alias="method")]]
    paid_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="paid_at")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    plan_id: NotRequired[Annotated[uuid.UUID, Field(alias="plan_id")]]
    refund_of: NotRequired[Annotated[uuid.UUID | None, Field(alias="refund_of")]]
    request: NotRequired[Annotated[JsonValue | None, Field(alias="request")]]
    request_id: NotRequired[Annotated[uuid.UUID, Field(alias="request_id")]]
    requested_at: NotRequired[Annotated[datetime.datetime, Field(alias="requested_at")]]
    requested_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="requested_by")]]
    run_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="run_id")]]
    sent_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="sent_at")]]
    status: NotRequired[Annotated[PublicPayoutStatus, Field(alias="status")]]
    stripe_transfer_id: NotRequired[Annotated[str | None, Field(alias="stripe_transfer_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicPriceBook(BaseModel):
    amount: int = Field(alias="amount")
    currency: str = Field(alias="currency")
    description: str | None = Field(alias="description")
    id: uuid.UUID = Field(alias="id")
    name: str = Field(alias="name")
    tier_requirement: PublicPartnerTier = Field(alias="tier_requirement")
    valid_from: datetime.date = Field(alias="valid_from")
    valid_to: datetime.date | None = Field(alias="valid_to")


class PublicPriceBookInsert(TypedDict):
    amount: Annotated[int, Field(alias="amount")]
    currency: Annotated[str, Field(alias="currency")]
    description: NotRequired[Annotated[str | None, Field(alias="description")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: Annotated[str, Field(alias="name")]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_requirement")]]
    valid_from: NotRequired[Annotated[datetime.date, Field(alias="valid_from")]]
    valid_to: NotRequired[Annotated[datetime.date | None, Field(alias="valid_to")]]


class PublicPriceBookUpdate(TypedDict):
    amount: NotRequired[Annotated[int, Field(alias="amount")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    description: NotRequired[Annotated[str | None, Field(alias="description")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    name: NotRequired[Annotated[str, Field(alias="name")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_requirement")]]
    valid_from: NotRequired[Annotated[datetime.date, Field(alias="valid_from")]]
    valid_to: NotRequired[Annotated[datetime.date | None, Field(alias="valid_to")]]


class PublicPrivacyPreferences(BaseModel):
    partner_id: uuid.UUID = Field(alias="partner_id")
    updated_at: datetime.datetime = Field(alias="updated_at")
    usage_recording: bool = Field(alias="usage_recording")


class PublicPrivacyPreferencesInsert(TypedDict):
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    usage_recording: Annotated[bool, Field(alias="usage_recording")]


class PublicPrivacyPreferencesUpdate(TypedDict):
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    usage_recording: NotRequired[Annotated[bool, Field(alias="usage_recording")]]


class PublicProposals(BaseModel):
    body: JsonValue = Field(alias="body")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID = Field(alias="lead_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    status: PublicProposalStatus = Field(alias="status")
    title: str = Field(alias="title")
    total: int | None = Field(alias="total")
    updated_at: datetime.datetime = Field(alias="updated_at")
    valid_until: datetime.date | None = Field(alias="valid_until")


class PublicProposalsInsert(TypedDict):
    body: NotRequired[Annotated[JsonValue, Field(alias="body")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: Annotated[uuid.UUID, Field(alias="lead_id")]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    status: NotRequired[Annotated[PublicProposalStatus, Field(alias="status")]]
    title: Annotated[str, Field(alias="title")]
    total: NotRequired[Annotated[int | None, Field(alias="total")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    valid_until: NotRequired[Annotated[datetime.date | None, Field(alias="valid_until")]]


class PublicProposalsUpdate(TypedDict):
    body: NotRequired[Annotated[JsonValue, Field(alias="body")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID, Field(alias="lead_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    status: NotRequired[Annotated[PublicProposalStatus, Field(alias="status")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    total: NotRequired[Annotated[int | None, Field(alias="total")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    valid_until: NotRequired[Annotated[datetime.date | None, Field(alias="valid_until")]]


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


class PublicQuietHours(BaseModel):
    begins: datetime.time = Field(alias="begins")
    ends: datetime.time = Field(alias="ends")
    partner_id: uuid.UUID = Field(alias="partner_id")


class PublicQuietHoursInsert(TypedDict):
    begins: Annotated[datetime.time, Field(alias="begins")]
    ends: Annotated[datetime.time, Field(alias="ends")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]


class PublicQuietHoursUpdate(TypedDict):
    begins: NotRequired[Annotated[datetime.time, Field(alias="begins")]]
    ends: NotRequired[Annotated[datetime.time, Field(alias="ends")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicQuizAttemptQuestions(BaseModel):
    attempt_id: uuid.UUID = Field(alias="attempt_id")
    chosen_ids: list[uuid.UUID] | None = Field(alias="chosen_ids")
    correct: bool | None = Field(alias="correct")
    option_ids: list[uuid.UUID] = Field(alias="option_ids")
    position: int = Field(alias="position")
    question_id: uuid.UUID = Field(alias="question_id")


class PublicQuizAttemptQuestionsInsert(TypedDict):
    attempt_id: Annotated[uuid.UUID, Field(alias="attempt_id")]
    chosen_ids: NotRequired[Annotated[list[uuid.UUID] | None, Field(alias="chosen_ids")]]
    correct: NotRequired[Annotated[bool | None, Field(alias="correct")]]
    option_ids: Annotated[list[uuid.UUID], Field(alias="option_ids")]
    position: Annotated[int, Field(alias="position")]
    question_id: Annotated[uuid.UUID, Field(alias="question_id")]


class PublicQuizAttemptQuestionsUpdate(TypedDict):
    attempt_id: NotRequired[Annotated[uuid.UUID, Field(alias="attempt_id")]]
    chosen_ids: NotRequired[Annotated[list[uuid.UUID] | None, Field(alias="chosen_ids")]]
    correct: NotRequired[Annotated[bool | None, Field(alias="correct")]]
    option_ids: NotRequired[Annotated[list[uuid.UUID], Field(alias="option_ids")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    question_id: NotRequired[Annotated[uuid.UUID, Field(alias="question_id")]]


class PublicQuizAttempts(BaseModel):
    closed_at: datetime.datetime | None = Field(alias="closed_at")
    correct_count: int | None = Field(alias="correct_count")
    expires_at: datetime.datetime = Field(alias="expires_at")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    passed: bool | None = Field(alias="passed")
    question_count: int = Field(alias="question_count")
    quiz_id: uuid.UUID = Field(alias="quiz_id")
    score: int | None = Field(alias="score")
    started_at: datetime.datetime = Field(alias="started_at")
    submitted_at: datetime.datetime | None = Field(alias="submitted_at")


class PublicQuizAttemptsInsert(TypedDict):
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    correct_count: NotRequired[Annotated[int | None, Field(alias="correct_count")]]
    expires_at: Annotated[datetime.datetime, Field(alias="expires_at")]
    id: Annotated[uuid.UUID, Field(alias="id")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    passed: NotRequired[Annotated[bool | None, Field(alias="passed")]]
    question_count: Annotated[int, Field(alias="question_count")]
    quiz_id: Annotated[uuid.UUID, Field(alias="quiz_id")]
    score: NotRequired[Annotated[int | None, Field(alias="score")]]
    started_at: NotRequired[Annotated[datetime.datetime, Field(alias="started_at")]]
    submitted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="submitted_at")]]


class PublicQuizAttemptsUpdate(TypedDict):
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    correct_count: NotRequired[Annotated[int | None, Field(alias="correct_count")]]
    expires_at: NotRequired[Annotated[datetime.datetime, Field(alias="expires_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    passed: NotRequired[Annotated[bool | None, Field(alias="passed")]]
    question_count: NotRequired[Annotated[int, Field(alias="question_count")]]
    quiz_id: NotRequired[Annotated[uuid.UUID, Field(alias="quiz_id")]]
    score: NotRequired[Annotated[int | None, Field(alias="score")]]
    started_at: NotRequired[Annotated[datetime.datetime, Field(alias="started_at")]]
    submitted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="submitted_at")]]


class PublicQuizOptions(BaseModel):
    id: uuid.UUID = Field(alias="id")
    label: str = Field(alias="label")
    position: int = Field(alias="position")
    question_id: uuid.UUID = Field(alias="question_id")


class PublicQuizOptionsInsert(TypedDict):
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    label: Annotated[str, Field(alias="label")]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    question_id: Annotated[uuid.UUID, Field(alias="question_id")]


class PublicQuizOptionsUpdate(TypedDict):
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    label: NotRequired[Annotated[str, Field(alias="label")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    question_id: NotRequired[Annotated[uuid.UUID, Field(alias="question_id")]]


class PublicQuizQuestions(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    position: int = Field(alias="position")
    question: str = Field(alias="question")
    quiz_id: uuid.UUID = Field(alias="quiz_id")
    replaces: uuid.UUID | None = Field(alias="replaces")
    retired_at: datetime.datetime | None = Field(alias="retired_at")
    several: bool = Field(alias="several")


class PublicQuizQuestionsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    question: Annotated[str, Field(alias="question")]
    quiz_id: Annotated[uuid.UUID, Field(alias="quiz_id")]
    replaces: NotRequired[Annotated[uuid.UUID | None, Field(alias="replaces")]]
    retired_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="retired_at")]]
    several: NotRequired[Annotated[bool, Field(alias="several")]]


class PublicQuizQuestionsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    question: NotRequired[Annotated[str, Field(alias="question")]]
    quiz_id: NotRequired[Annotated[uuid.UUID, Field(alias="quiz_id")]]
    replaces: NotRequired[Annotated[uuid.UUID | None, Field(alias="replaces")]]
    retired_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="retired_at")]]
    several: NotRequired[Annotated[bool, Field(alias="several")]]


class PublicQuizzes(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    lesson_id: uuid.UUID = Field(alias="lesson_id")
    max_attempts_per_day: int = Field(alias="max_attempts_per_day")
    pass_percentage: int = Field(alias="pass_percentage")
    questions_drawn: int = Field(alias="questions_drawn")
    time_limit_seconds: int = Field(alias="time_limit_seconds")
    title: str = Field(alias="title")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicQuizzesInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lesson_id: Annotated[uuid.UUID, Field(alias="lesson_id")]
    max_attempts_per_day: NotRequired[Annotated[int, Field(alias="max_attempts_per_day")]]
    pass_percentage: NotRequired[Annotated[int, Field(alias="pass_percentage")]]
    questions_drawn: Annotated[int, Field(alias="questions_drawn")]
    time_limit_seconds: NotRequired[Annotated[int, Field(alias="time_limit_seconds")]]
    title: Annotated[str, Field(alias="title")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicQuizzesUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lesson_id: NotRequired[Annotated[uuid.UUID, Field(alias="lesson_id")]]
    max_attempts_per_day: NotRequired[Annotated[int, Field(alias="max_attempts_per_day")]]
    pass_percentage: NotRequired[Annotated[int, Field(alias="pass_percentage")]]
    questions_drawn: NotRequired[Annotated[int, Field(alias="questions_drawn")]]
    time_limit_seconds: NotRequired[Annotated[int, Field(alias="time_limit_seconds")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicRateOverrides(BaseModel):
    approved_by: uuid.UUID = Field(alias="approved_by")
    cap_bp: int | None = Field(alias="cap_bp")
    created_at: datetime.datetime = Field(alias="created_at")
    ended_by: uuid.UUID | None = Field(alias="ended_by")
    ended_reason: str | None = Field(alias="ended_reason")
    floor_bp: int | None = Field(alias="floor_bp")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID | None = Field(alias="lead_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    rate_bp: int | None = Field(alias="rate_bp")
    reason: str = Field(alias="reason")
    request_id: uuid.UUID = Field(alias="request_id")
    valid_from: datetime.datetime = Field(alias="valid_from")
    valid_to: datetime.datetime | None = Field(alias="valid_to")


class PublicRateOverridesInsert(TypedDict):
    approved_by: Annotated[uuid.UUID, Field(alias="approved_by")]
    cap_bp: NotRequired[Annotated[int | None, Field(alias="cap_bp")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    ended_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="ended_by")]]
    ended_reason: NotRequired[Annotated[str | None, Field(alias="ended_reason")]]
    floor_bp: NotRequired[Annotated[int | None, Field(alias="floor_bp")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="lead_id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    rate_bp: NotRequired[Annotated[int | None, Field(alias="rate_bp")]]
    reason: Annotated[str, Field(alias="reason")]
    request_id: Annotated[uuid.UUID, Field(alias="request_id")]
    valid_from: NotRequired[Annotated[datetime.datetime, Field(alias="valid_from")]]
    valid_to: NotRequired[Annotated[datetime.datetime | None, Field(alias="valid_to")]]


class PublicRateOverridesUpdate(TypedDict):
    approved_by: NotRequired[Annotated[uuid.UUID, Field(alias="approved_by")]]
    cap_bp: NotRequired[Annotated[int | None, Field(alias="cap_bp")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    ended_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="ended_by")]]
    ended_reason: NotRequired[Annotated[str | None, Field(alias="ended_reason")]]
    floor_bp: NotRequired[Annotated[int | None, Field(alias="floor_bp")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="lead_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    rate_bp: NotRequired[Annotated[int | None, Field(alias="rate_bp")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    request_id: NotRequired[Annotated[uuid.UUID, Field(alias="request_id")]]
    valid_from: NotRequired[Annotated[datetime.datetime, Field(alias="valid_from")]]
    valid_to: NotRequired[Annotated[datetime.datetime | None, Field(alias="valid_to")]]


class PublicReadCursors(BaseModel):
    channel_id: uuid.UUID = Field(alias="channel_id")
    last_read_seq: int = Field(alias="last_read_seq")
    partner_id: uuid.UUID = Field(alias="partner_id")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicReadCursorsInsert(TypedDict):
    channel_id: Annotated[uuid.UUID, Field(alias="channel_id")]
    last_read_seq: NotRequired[Annotated[int, Field(alias="last_read_seq")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicReadCursorsUpdate(TypedDict):
    channel_id: NotRequired[Annotated[uuid.UUID, Field(alias="channel_id")]]
    last_read_seq: NotRequired[Annotated[int, Field(alias="last_read_seq")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicRecruits(BaseModel):
    recruit_id: uuid.UUID = Field(alias="recruit_id")
    recruiter_id: uuid.UUID = Field(alias="recruiter_id")
    referral_link_id: uuid.UUID | None = Field(alias="referral_link_id")
    since: datetime.datetime = Field(alias="since")
    source: str = Field(alias="source")


class PublicRecruitsInsert(TypedDict):
    recruit_id: Annotated[uuid.UUID, Field(alias="recruit_id")]
    recruiter_id: Annotated[uuid.UUID, Field(alias="recruiter_id")]
    referral_link_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="referral_link_id")]]
    since: NotRequired[Annotated[datetime.datetime, Field(alias="since")]]
    source: Annotated[str, Field(alias="source")]


class PublicRecruitsUpdate(TypedDict):
    recruit_id: NotRequired[Annotated[uuid.UUID, Field(alias="recruit_id")]]
    recruiter_id: NotRequired[Annotated[uuid.UUID, Field(alias="recruiter_id")]]
    referral_link_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="referral_link_id")]]
    since: NotRequired[Annotated[datetime.datetime, Field(alias="since")]]
    source: NotRequired[Annotated[str, Field(alias="source")]]


class PublicReferralLinks(BaseModel):
    active: bool = Field(alias="active")
    campaign: str | None = Field(alias="campaign")
    code: str = Field(alias="code")
    created_at: datetime.datetime = Field(alias="created_at")
    destination: str = Field(alias="destination")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    source: str = Field(alias="source")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicReferralLinksInsert(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    campaign: NotRequired[Annotated[str | None, Field(alias="campaign")]]
    code: NotRequired[Annotated[str, Field(alias="code")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    destination: NotRequired[Annotated[str, Field(alias="destination")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    source: NotRequired[Annotated[str, Field(alias="source")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicReferralLinksUpdate(TypedDict):
    active: NotRequired[Annotated[bool, Field(alias="active")]]
    campaign: NotRequired[Annotated[str | None, Field(alias="campaign")]]
    code: NotRequired[Annotated[str, Field(alias="code")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    destination: NotRequired[Annotated[str, Field(alias="destination")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    source: NotRequired[Annotated[str, Field(alias="source")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicRequirementWaivers(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    granted_by: uuid.UUID = Field(alias="granted_by")
    id: uuid.UUID = Field(alias="id")
    kind: PublicRequirementKind = Field(alias="kind")
    partner_id: uuid.UUID = Field(alias="partner_id")
    reason: str = Field(alias="reason")
    tier: PublicPartnerTier = Field(alias="tier")
    withdrawn_at: datetime.datetime | None = Field(alias="withdrawn_at")
    withdrawn_by: uuid.UUID | None = Field(alias="withdrawn_by")
    withdrawn_reason: str | None = Field(alias="withdrawn_reason")


class PublicRequirementWaiversInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    granted_by: Annotated[uuid.UUID, Field(alias="granted_by")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[PublicRequirementKind, Field(alias="kind")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    reason: Annotated[str, Field(alias="reason")]
    tier: Annotated[PublicPartnerTier, Field(alias="tier")]
    withdrawn_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="withdrawn_at")]]
    withdrawn_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="withdrawn_by")]]
    withdrawn_reason: NotRequired[Annotated[str | None, Field(alias="withdrawn_reason")]]


class PublicRequirementWaiversUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    granted_by: NotRequired[Annotated[uuid.UUID, Field(alias="granted_by")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[PublicRequirementKind, Field(alias="kind")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier")]]
    withdrawn_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="withdrawn_at")]]
    withdrawn_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="withdrawn_by")]]
    withdrawn_reason: NotRequired[Annotated[str | None, Field(alias="withdrawn_reason")]]


class PublicResellerDeclarations(BaseModel):
    ended_at: datetime.datetime | None = Field(alias="ended_at")
    ended_by: uuid.UUID | None = Field(alias="ended_by")
    granted_at: datetime.datetime = Field(alias="granted_at")
    granted_by: uuid.UUID = Field(alias="granted_by")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    reason: str = Field(alias="reason")


class PublicResellerDeclarationsInsert(TypedDict):
    ended_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="ended_at")]]
    ended_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="ended_by")]]
    granted_at: NotRequired[Annotated[datetime.datetime, Field(alias="granted_at")]]
    granted_by: Annotated[uuid.UUID, Field(alias="granted_by")]
    id: Annotated[uuid.UUID, Field(alias="id")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    reason: Annotated[str, Field(alias="reason")]


class PublicResellerDeclarationsUpdate(TypedDict):
    ended_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="ended_at")]]
    ended_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="ended_by")]]
    granted_at: NotRequired[Annotated[datetime.datetime, Field(alias="granted_at")]]
    granted_by: NotRequired[Annotated[uuid.UUID, Field(alias="granted_by")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]


class PublicRiskHolds(BaseModel):
    client_dispute_id: uuid.UUID | None = Field(alias="client_dispute_id")
    commission_id: uuid.UUID | None = Field(alias="commission_id")
    deal_id: uuid.UUID | None = Field(alias="deal_id")
    decided_at: datetime.datetime | None = Field(alias="decided_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    decision: PublicHoldDecision | None = Field(alias="decision")
    decision_reason: str | None = Field(alias="decision_reason")
    detail: str | None = Field(alias="detail")
    evidence_class: str = Field(alias="evidence_class")
    id: uuid.UUID = Field(alias="id")
    opened_at: datetime.datetime = Field(alias="opened_at")
    opened_by: str = Field(alias="opened_by")
    partner_id: uuid.UUID = Field(alias="partner_id")
    reason_code: str = Field(alias="reason_code")
    review_by: datetime.datetime = Field(alias="review_by")
    staff_id: uuid.UUID | None = Field(alias="staff_id")


class PublicRiskHoldsInsert(TypedDict):
    client_dispute_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="client_dispute_id")]]
    commission_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="commission_id")]]
    deal_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="deal_id")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision: NotRequired[Annotated[PublicHoldDecision | None, Field(alias="decision")]]
    decision_reason: NotRequired[Annotated[str | None, Field(alias="decision_reason")]]
    detail: NotRequired[Annotated[str | None, Field(alias="detail")]]
    evidence_class: Annotated[str, Field(alias="evidence_class")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    opened_at: NotRequired[Annotated[datetime.datetime, Field(alias="opened_at")]]
    opened_by: Annotated[str, Field(alias="opened_by")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    reason_code: Annotated[str, Field(alias="reason_code")]
    review_by: Annotated[datetime.datetime, Field(alias="review_by")]
    staff_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="staff_id")]]


class PublicRiskHoldsUpdate(TypedDict):
    client_dispute_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="client_dispute_id")]]
    commission_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="commission_id")]]
    deal_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="deal_id")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision: NotRequired[Annotated[PublicHoldDecision | None, Field(alias="decision")]]
    decision_reason: NotRequired[Annotated[str | None, Field(alias="decision_reason")]]
    detail: NotRequired[Annotated[str | None, Field(alias="detail")]]
    evidence_class: NotRequired[Annotated[str, Field(alias="evidence_class")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    opened_at: NotRequired[Annotated[datetime.datetime, Field(alias="opened_at")]]
    opened_by: NotRequired[Annotated[str, Field(alias="opened_by")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    reason_code: NotRequired[Annotated[str, Field(alias="reason_code")]]
    review_by: NotRequired[Annotated[datetime.datetime, Field(alias="review_by")]]
    staff_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="staff_id")]]


class PublicRiskReviews(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    deal_id: uuid.UUID | None = Field(alias="deal_id")
    decided_at: datetime.datetime | None = Field(alias="decided_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    decision: str | None = Field(alias="decision")
    decision_reason: str | None = Field(alias="decision_reason")
    fact_key: str = Field(alias="fact_key")
    facts: JsonValue = Field(alias="facts")
    hold_id: uuid.UUID | None = Field(alias="hold_id")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    review_by: datetime.datetime = Field(alias="review_by")
    rule_code: str = Field(alias="rule_code")


class PublicRiskReviewsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deal_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="deal_id")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision: NotRequired[Annotated[str | None, Field(alias="decision")]]
    decision_reason: NotRequired[Annotated[str | None, Field(alias="decision_reason")]]
    fact_key: Annotated[str, Field(alias="fact_key")]
    facts: Annotated[JsonValue, Field(alias="facts")]
    hold_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="hold_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    review_by: Annotated[datetime.datetime, Field(alias="review_by")]
    rule_code: Annotated[str, Field(alias="rule_code")]


class PublicRiskReviewsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    deal_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="deal_id")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    decision: NotRequired[Annotated[str | None, Field(alias="decision")]]
    decision_reason: NotRequired[Annotated[str | None, Field(alias="decision_reason")]]
    fact_key: NotRequired[Annotated[str, Field(alias="fact_key")]]
    facts: NotRequired[Annotated[JsonValue, Field(alias="facts")]]
    hold_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="hold_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    review_by: NotRequired[Annotated[datetime.datetime, Field(alias="review_by")]]
    rule_code: NotRequired[Annotated[str, Field(alias="rule_code")]]


class PublicRiskRules(BaseModel):
    changed_at: datetime.datetime = Field(alias="changed_at")
    changed_by: uuid.UUID | None = Field(alias="changed_by")
    code: str = Field(alias="code")
    effect: str = Field(alias="effect")
    enabled: bool = Field(alias="enabled")
    evidence_class: str = Field(alias="evidence_class")
    parameters: JsonValue = Field(alias="parameters")
    review_days: int = Field(alias="review_days")
    says: str = Field(alias="says")


class PublicRiskRulesInsert(TypedDict):
    changed_at: NotRequired[Annotated[datetime.datetime, Field(alias="changed_at")]]
    changed_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="changed_by")]]
    code: Annotated[str, Field(alias="code")]
    effect: Annotated[str, Field(alias="effect")]
    enabled: NotRequired[Annotated[bool, Field(alias="enabled")]]
    evidence_class: Annotated[str, Field(alias="evidence_class")]
    parameters: NotRequired[Annotated[JsonValue, Field(alias="parameters")]]
    review_days: NotRequired[Annotated[int, Field(alias="review_days")]]
    says: Annotated[str, Field(alias="says")]


class PublicRiskRulesUpdate(TypedDict):
    changed_at: NotRequired[Annotated[datetime.datetime, Field(alias="changed_at")]]
    changed_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="changed_by")]]
    code: NotRequired[Annotated[str, Field(alias="code")]]
    effect: NotRequired[Annotated[str, Field(alias="effect")]]
    enabled: NotRequired[Annotated[bool, Field(alias="enabled")]]
    evidence_class: NotRequired[Annotated[str, Field(alias="evidence_class")]]
    parameters: NotRequired[Annotated[JsonValue, Field(alias="parameters")]]
    review_days: NotRequired[Annotated[int, Field(alias="review_days")]]
    says: NotRequired[Annotated[str, Field(alias="says")]]


class PublicSavedItems(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    item_id: uuid.UUID = Field(alias="item_id")
    kind: str = Field(alias="kind")
    partner_id: uuid.UUID = Field(alias="partner_id")


class PublicSavedItemsInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    item_id: Annotated[uuid.UUID, Field(alias="item_id")]
    kind: Annotated[str, Field(alias="kind")]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicSavedItemsUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    item_id: NotRequired[Annotated[uuid.UUID, Field(alias="item_id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


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


class PublicStaffNotices(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    for_roles: list[PublicStaffRole] = Field(alias="for_roles")
    id: uuid.UUID = Field(alias="id")
    kind: str = Field(alias="kind")
    message: str = Field(alias="message")
    noted_at: datetime.datetime | None = Field(alias="noted_at")
    noted_by: uuid.UUID | None = Field(alias="noted_by")
    partner_id: uuid.UUID | None = Field(alias="partner_id")
    subject_id: uuid.UUID = Field(alias="subject_id")


class PublicStaffNoticesInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    for_roles: Annotated[list[PublicStaffRole], Field(alias="for_roles")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[str, Field(alias="kind")]
    message: Annotated[str, Field(alias="message")]
    noted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="noted_at")]]
    noted_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="noted_by")]]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    subject_id: Annotated[uuid.UUID, Field(alias="subject_id")]


class PublicStaffNoticesUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    for_roles: NotRequired[Annotated[list[PublicStaffRole], Field(alias="for_roles")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    message: NotRequired[Annotated[str, Field(alias="message")]]
    noted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="noted_at")]]
    noted_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="noted_by")]]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    subject_id: NotRequired[Annotated[uuid.UUID, Field(alias="subject_id")]]


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


class PublicStatementFiles(BaseModel):
    bytes: int = Field(alias="bytes")
    created_at: datetime.datetime = Field(alias="created_at")
    kind: str = Field(alias="kind")
    path: str = Field(alias="path")
    sha256: str = Field(alias="sha256")
    statement_id: uuid.UUID = Field(alias="statement_id")


class PublicStatementFilesInsert(TypedDict):
    bytes: Annotated[int, Field(alias="bytes")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    kind: Annotated[str, Field(alias="kind")]
    path: Annotated[str, Field(alias="path")]
    sha256: Annotated[str, Field(alias="sha256")]
    statement_id: Annotated[uuid.UUID, Field(alias="statement_id")]


class PublicStatementFilesUpdate(TypedDict):
    bytes: NotRequired[Annotated[int, Field(alias="bytes")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    kind: NotRequired[Annotated[str, Field(alias="kind")]]
    path: NotRequired[Annotated[str, Field(alias="path")]]
    sha256: NotRequired[Annotated[str, Field(alias="sha256")]]
    statement_id: NotRequired[Annotated[uuid.UUID, Field(alias="statement_id")]]


class PublicStatements(BaseModel):
    closing_balance: int = Field(alias="closing_balance")
    content: JsonValue = Field(alias="content")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    entry_count: int = Field(alias="entry_count")
    id: uuid.UUID = Field(alias="id")
    opening_balance: int = Field(alias="opening_balance")
    partner_id: uuid.UUID = Field(alias="partner_id")
    period: datetime.date = Field(alias="period")
    sha256: str = Field(alias="sha256")


class PublicStatementsInsert(TypedDict):
    closing_balance: Annotated[int, Field(alias="closing_balance")]
    content: Annotated[JsonValue, Field(alias="content")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    entry_count: Annotated[int, Field(alias="entry_count")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    opening_balance: Annotated[int, Field(alias="opening_balance")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    period: Annotated[datetime.date, Field(alias="period")]
    sha256: Annotated[str, Field(alias="sha256")]


class PublicStatementsUpdate(TypedDict):
    closing_balance: NotRequired[Annotated[int, Field(alias="closing_balance")]]
    content: NotRequired[Annotated[JsonValue, Field(alias="content")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    entry_count: NotRequired[Annotated[int, Field(alias="entry_count")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    opening_balance: NotRequired[Annotated[int, Field(alias="opening_balance")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    period: NotRequired[Annotated[datetime.date, Field(alias="period")]]
    sha256: NotRequired[Annotated[str, Field(alias="sha256")]]


class PublicStreaks(BaseModel):
    current_days: int = Field(alias="current_days")
    last_day: datetime.date | None = Field(alias="last_day")
    longest_days: int = Field(alias="longest_days")
    partner_id: uuid.UUID = Field(alias="partner_id")


class PublicStreaksInsert(TypedDict):
    current_days: NotRequired[Annotated[int, Field(alias="current_days")]]
    last_day: NotRequired[Annotated[datetime.date | None, Field(alias="last_day")]]
    longest_days: NotRequired[Annotated[int, Field(alias="longest_days")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]


class PublicStreaksUpdate(TypedDict):
    current_days: NotRequired[Annotated[int, Field(alias="current_days")]]
    last_day: NotRequired[Annotated[datetime.date | None, Field(alias="last_day")]]
    longest_days: NotRequired[Annotated[int, Field(alias="longest_days")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]


class PublicSupportLevels(BaseModel):
    first_answer: str = Field(alias="first_answer")
    queue: str = Field(alias="queue")
    solution: str = Field(alias="solution")
    tier: PublicPartnerTier = Field(alias="tier")


class PublicSupportLevelsInsert(TypedDict):
    first_answer: Annotated[str, Field(alias="first_answer")]
    queue: NotRequired[Annotated[str, Field(alias="queue")]]
    solution: Annotated[str, Field(alias="solution")]
    tier: Annotated[PublicPartnerTier, Field(alias="tier")]


class PublicSupportLevelsUpdate(TypedDict):
    first_answer: NotRequired[Annotated[str, Field(alias="first_answer")]]
    queue: NotRequired[Annotated[str, Field(alias="queue")]]
    solution: NotRequired[Annotated[str, Field(alias="solution")]]
    tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier")]]


class PublicSupportTickets(BaseModel):
    answer_due_at: datetime.datetime = Field(alias="answer_due_at")
    assigned_to: uuid.UUID | None = Field(alias="assigned_to")
    category: str = Field(alias="category")
    closed_at: datetime.datetime | None = Field(alias="closed_at")
    created_at: datetime.datetime = Field(alias="created_at")
    description: str = Field(alias="description")
    first_answer_at: datetime.datetime | None = Field(alias="first_answer_at")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    priority: PublicTicketPriority = Field(alias="priority")
    queue: str = Field(alias="queue")
    rating: int | None = Field(alias="rating")
    resolved_at: datetime.datetime | None = Field(alias="resolved_at")
    solution_due_at: datetime.datetime = Field(alias="solution_due_at")
    status: PublicTicketStatus = Field(alias="status")
    subject: str = Field(alias="subject")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicSupportTicketsInsert(TypedDict):
    answer_due_at: Annotated[datetime.datetime, Field(alias="answer_due_at")]
    assigned_to: NotRequired[Annotated[uuid.UUID | None, Field(alias="assigned_to")]]
    category: Annotated[str, Field(alias="category")]
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: Annotated[str, Field(alias="description")]
    first_answer_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="first_answer_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    priority: NotRequired[Annotated[PublicTicketPriority, Field(alias="priority")]]
    queue: Annotated[str, Field(alias="queue")]
    rating: NotRequired[Annotated[int | None, Field(alias="rating")]]
    resolved_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="resolved_at")]]
    solution_due_at: Annotated[datetime.datetime, Field(alias="solution_due_at")]
    status: NotRequired[Annotated[PublicTicketStatus, Field(alias="status")]]
    subject: Annotated[str, Field(alias="subject")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicSupportTicketsUpdate(TypedDict):
    answer_due_at: NotRequired[Annotated[datetime.datetime, Field(alias="answer_due_at")]]
    assigned_to: NotRequired[Annotated[uuid.UUID | None, Field(alias="assigned_to")]]
    category: NotRequired[Annotated[str, Field(alias="category")]]
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    first_answer_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="first_answer_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    priority: NotRequired[Annotated[PublicTicketPriority, Field(alias="priority")]]
    queue: NotRequired[Annotated[str, Field(alias="queue")]]
    rating: NotRequired[Annotated[int | None, Field(alias="rating")]]
    resolved_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="resolved_at")]]
    solution_due_at: NotRequired[Annotated[datetime.datetime, Field(alias="solution_due_at")]]
    status: NotRequired[Annotated[PublicTicketStatus, Field(alias="status")]]
    subject: NotRequired[Annotated[str, Field(alias="subject")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicSurveyAnswers(BaseModel):
    answered_at: datetime.datetime = Field(alias="answered_at")
    comment: str | None = Field(alias="comment")
    partner_id: uuid.UUID = Field(alias="partner_id")
    quarter: datetime.date = Field(alias="quarter")
    score: int = Field(alias="score")


class PublicSurveyAnswersInsert(TypedDict):
    answered_at: NotRequired[Annotated[datetime.datetime, Field(alias="answered_at")]]
    comment: NotRequired[Annotated[str | None, Field(alias="comment")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    quarter: Annotated[datetime.date, Field(alias="quarter")]
    score: Annotated[int, Field(alias="score")]


class PublicSurveyAnswersUpdate(TypedDict):
    answered_at: NotRequired[Annotated[datetime.datetime, Field(alias="answered_at")]]
    comment: NotRequired[Annotated[str | None, Field(alias="comment")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    quarter: NotRequired[Annotated[datetime.date, Field(alias="quarter")]]
    score: NotRequired[Annotated[int, Field(alias="score")]]


class PublicTasks(BaseModel):
    changed_xid: PgCatalogXid8 = Field(alias="changed_xid")
    created_at: datetime.datetime = Field(alias="created_at")
    done_at: datetime.datetime | None = Field(alias="done_at")
    due_at: datetime.datetime | None = Field(alias="due_at")
    field_rev: JsonValue = Field(alias="field_rev")
    id: uuid.UUID = Field(alias="id")
    lead_id: uuid.UUID | None = Field(alias="lead_id")
    notes: str | None = Field(alias="notes")
    partner_id: uuid.UUID = Field(alias="partner_id")
    reminded_at: datetime.datetime | None = Field(alias="reminded_at")
    reminder_at: datetime.datetime | None = Field(alias="reminder_at")
    rev: int = Field(alias="rev")
    title: str = Field(alias="title")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicTasksInsert(TypedDict):
    changed_xid: NotRequired[Annotated[PgCatalogXid8, Field(alias="changed_xid")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    done_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="done_at")]]
    due_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="due_at")]]
    field_rev: NotRequired[Annotated[JsonValue, Field(alias="field_rev")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="lead_id")]]
    notes: NotRequired[Annotated[str | None, Field(alias="notes")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    reminded_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reminded_at")]]
    reminder_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reminder_at")]]
    rev: NotRequired[Annotated[int, Field(alias="rev")]]
    title: Annotated[str, Field(alias="title")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicTasksUpdate(TypedDict):
    changed_xid: NotRequired[Annotated[PgCatalogXid8, Field(alias="changed_xid")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    done_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="done_at")]]
    due_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="due_at")]]
    field_rev: NotRequired[Annotated[JsonValue, Field(alias="field_rev")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    lead_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="lead_id")]]
    notes: NotRequired[Annotated[str | None, Field(alias="notes")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    reminded_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reminded_at")]]
    reminder_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reminder_at")]]
    rev: NotRequired[Annotated[int, Field(alias="rev")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]


class PublicTaxThresholds(BaseModel):
    amount: int | None = Field(alias="amount")
    country: str = Field(alias="country")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    form: str = Field(alias="form")
    id: uuid.UUID = Field(alias="id")
    reason: str = Field(alias="reason")
    tax_year: int = Field(alias="tax_year")
    version: int = Field(alias="version")


class PublicTaxThresholdsInsert(TypedDict):
    amount: NotRequired[Annotated[int | None, Field(alias="amount")]]
    country: Annotated[str, Field(alias="country")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: Annotated[str, Field(alias="currency")]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    form: Annotated[str, Field(alias="form")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    reason: Annotated[str, Field(alias="reason")]
    tax_year: Annotated[int, Field(alias="tax_year")]
    version: Annotated[int, Field(alias="version")]


class PublicTaxThresholdsUpdate(TypedDict):
    amount: NotRequired[Annotated[int | None, Field(alias="amount")]]
    country: NotRequired[Annotated[str, Field(alias="country")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    currency: NotRequired[Annotated[str, Field(alias="currency")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    form: NotRequired[Annotated[str, Field(alias="form")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    reason: NotRequired[Annotated[str, Field(alias="reason")]]
    tax_year: NotRequired[Annotated[int, Field(alias="tax_year")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]


class PublicTeamInvites(BaseModel):
    accepted_at: datetime.datetime | None = Field(alias="accepted_at")
    accepted_by: uuid.UUID | None = Field(alias="accepted_by")
    created_at: datetime.datetime = Field(alias="created_at")
    email: str | None = Field(alias="email")
    expires_at: datetime.datetime = Field(alias="expires_at")
    id: uuid.UUID = Field(alias="id")
    message: str | None = Field(alias="message")
    team_leader_id: uuid.UUID = Field(alias="team_leader_id")
    token_hash: bytes = Field(alias="token_hash")
    withdrawn_at: datetime.datetime | None = Field(alias="withdrawn_at")


class PublicTeamInvitesInsert(TypedDict):
    accepted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="accepted_at")]]
    accepted_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="accepted_by")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    email: NotRequired[Annotated[str | None, Field(alias="email")]]
    expires_at: Annotated[datetime.datetime, Field(alias="expires_at")]
    id: Annotated[uuid.UUID, Field(alias="id")]
    message: NotRequired[Annotated[str | None, Field(alias="message")]]
    team_leader_id: Annotated[uuid.UUID, Field(alias="team_leader_id")]
    token_hash: Annotated[bytes, Field(alias="token_hash")]
    withdrawn_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="withdrawn_at")]]


class PublicTeamInvitesUpdate(TypedDict):
    accepted_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="accepted_at")]]
    accepted_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="accepted_by")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    email: NotRequired[Annotated[str | None, Field(alias="email")]]
    expires_at: NotRequired[Annotated[datetime.datetime, Field(alias="expires_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    message: NotRequired[Annotated[str | None, Field(alias="message")]]
    team_leader_id: NotRequired[Annotated[uuid.UUID, Field(alias="team_leader_id")]]
    token_hash: NotRequired[Annotated[bytes, Field(alias="token_hash")]]
    withdrawn_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="withdrawn_at")]]


class PublicTermsAcceptances(BaseModel):
    accepted_at: datetime.datetime = Field(alias="accepted_at")
    id: uuid.UUID = Field(alias="id")
    issuer: str = Field(alias="issuer")
    request_id: str | None = Field(alias="request_id")
    subject: str = Field(alias="subject")
    terms_id: uuid.UUID = Field(alias="terms_id")
    user_agent: str | None = Field(alias="user_agent")


class PublicTermsAcceptancesInsert(TypedDict):
    accepted_at: NotRequired[Annotated[datetime.datetime, Field(alias="accepted_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    issuer: Annotated[str, Field(alias="issuer")]
    request_id: NotRequired[Annotated[str | None, Field(alias="request_id")]]
    subject: Annotated[str, Field(alias="subject")]
    terms_id: Annotated[uuid.UUID, Field(alias="terms_id")]
    user_agent: NotRequired[Annotated[str | None, Field(alias="user_agent")]]


class PublicTermsAcceptancesUpdate(TypedDict):
    accepted_at: NotRequired[Annotated[datetime.datetime, Field(alias="accepted_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    issuer: NotRequired[Annotated[str, Field(alias="issuer")]]
    request_id: NotRequired[Annotated[str | None, Field(alias="request_id")]]
    subject: NotRequired[Annotated[str, Field(alias="subject")]]
    terms_id: NotRequired[Annotated[uuid.UUID, Field(alias="terms_id")]]
    user_agent: NotRequired[Annotated[str | None, Field(alias="user_agent")]]


class PublicTermsVersions(BaseModel):
    content_sha256: str | None = Field(alias="content_sha256")
    created_at: datetime.datetime = Field(alias="created_at")
    effective_from: datetime.datetime = Field(alias="effective_from")
    id: uuid.UUID = Field(alias="id")
    kind: PublicTermsKind = Field(alias="kind")
    needs_acceptance: bool = Field(alias="needs_acceptance")
    title: str = Field(alias="title")
    url: str = Field(alias="url")
    version: str = Field(alias="version")


class PublicTermsVersionsInsert(TypedDict):
    content_sha256: NotRequired[Annotated[str | None, Field(alias="content_sha256")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    effective_from: NotRequired[Annotated[datetime.datetime, Field(alias="effective_from")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: Annotated[PublicTermsKind, Field(alias="kind")]
    needs_acceptance: NotRequired[Annotated[bool, Field(alias="needs_acceptance")]]
    title: Annotated[str, Field(alias="title")]
    url: Annotated[str, Field(alias="url")]
    version: Annotated[str, Field(alias="version")]


class PublicTermsVersionsUpdate(TypedDict):
    content_sha256: NotRequired[Annotated[str | None, Field(alias="content_sha256")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    effective_from: NotRequired[Annotated[datetime.datetime, Field(alias="effective_from")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[PublicTermsKind, Field(alias="kind")]]
    needs_acceptance: NotRequired[Annotated[bool, Field(alias="needs_acceptance")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    url: NotRequired[Annotated[str, Field(alias="url")]]
    version: NotRequired[Annotated[str, Field(alias="version")]]


class PublicTicketMessages(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    internal: bool = Field(alias="internal")
    message: str = Field(alias="message")
    partner_id: uuid.UUID | None = Field(alias="partner_id")
    staff_id: uuid.UUID | None = Field(alias="staff_id")
    ticket_id: uuid.UUID = Field(alias="ticket_id")


class PublicTicketMessagesInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    internal: NotRequired[Annotated[bool, Field(alias="internal")]]
    message: Annotated[str, Field(alias="message")]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    staff_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="staff_id")]]
    ticket_id: Annotated[uuid.UUID, Field(alias="ticket_id")]


class PublicTicketMessagesUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    internal: NotRequired[Annotated[bool, Field(alias="internal")]]
    message: NotRequired[Annotated[str, Field(alias="message")]]
    partner_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="partner_id")]]
    staff_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="staff_id")]]
    ticket_id: NotRequired[Annotated[uuid.UUID, Field(alias="ticket_id")]]


class PublicTierAppeals(BaseModel):
    answer: str | None = Field(alias="answer")
    created_at: datetime.datetime = Field(alias="created_at")
    decided_at: datetime.datetime | None = Field(alias="decided_at")
    decided_by: uuid.UUID | None = Field(alias="decided_by")
    history_id: uuid.UUID = Field(alias="history_id")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    statement: str = Field(alias="statement")
    status: PublicAppealStatus = Field(alias="status")


class PublicTierAppealsInsert(TypedDict):
    answer: NotRequired[Annotated[str | None, Field(alias="answer")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    history_id: Annotated[uuid.UUID, Field(alias="history_id")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    statement: Annotated[str, Field(alias="statement")]
    status: NotRequired[Annotated[PublicAppealStatus, Field(alias="status")]]


class PublicTierAppealsUpdate(TypedDict):
    answer: NotRequired[Annotated[str | None, Field(alias="answer")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    decided_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="decided_at")]]
    decided_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="decided_by")]]
    history_id: NotRequired[Annotated[uuid.UUID, Field(alias="history_id")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    statement: NotRequired[Annotated[str, Field(alias="statement")]]
    status: NotRequired[Annotated[PublicAppealStatus, Field(alias="status")]]


class PublicTierBenefits(BaseModel):
    area: str = Field(alias="area")
    key: str = Field(alias="key")
    position: int = Field(alias="position")
    requirement: str | None = Field(alias="requirement")
    tier: PublicPartnerTier = Field(alias="tier")
    title: str = Field(alias="title")


class PublicTierBenefitsInsert(TypedDict):
    area: Annotated[str, Field(alias="area")]
    key: Annotated[str, Field(alias="key")]
    position: Annotated[int, Field(alias="position")]
    requirement: NotRequired[Annotated[str | None, Field(alias="requirement")]]
    tier: Annotated[PublicPartnerTier, Field(alias="tier")]
    title: Annotated[str, Field(alias="title")]


class PublicTierBenefitsUpdate(TypedDict):
    area: NotRequired[Annotated[str, Field(alias="area")]]
    key: NotRequired[Annotated[str, Field(alias="key")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    requirement: NotRequired[Annotated[str | None, Field(alias="requirement")]]
    tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]


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


class PublicTierRequirements(BaseModel):
    blocking: bool = Field(alias="blocking")
    detail: str | None = Field(alias="detail")
    kind: PublicRequirementKind = Field(alias="kind")
    label: str = Field(alias="label")
    plan_id: uuid.UUID = Field(alias="plan_id")
    threshold: float = Field(alias="threshold")
    tier: PublicPartnerTier = Field(alias="tier")
    waivable: bool = Field(alias="waivable")


class PublicTierRequirementsInsert(TypedDict):
    blocking: Annotated[bool, Field(alias="blocking")]
    detail: NotRequired[Annotated[str | None, Field(alias="detail")]]
    kind: Annotated[PublicRequirementKind, Field(alias="kind")]
    label: Annotated[str, Field(alias="label")]
    plan_id: Annotated[uuid.UUID, Field(alias="plan_id")]
    threshold: Annotated[float, Field(alias="threshold")]
    tier: Annotated[PublicPartnerTier, Field(alias="tier")]
    waivable: NotRequired[Annotated[bool, Field(alias="waivable")]]


class PublicTierRequirementsUpdate(TypedDict):
    blocking: NotRequired[Annotated[bool, Field(alias="blocking")]]
    detail: NotRequired[Annotated[str | None, Field(alias="detail")]]
    kind: NotRequired[Annotated[PublicRequirementKind, Field(alias="kind")]]
    label: NotRequired[Annotated[str, Field(alias="label")]]
    plan_id: NotRequired[Annotated[uuid.UUID, Field(alias="plan_id")]]
    threshold: NotRequired[Annotated[float, Field(alias="threshold")]]
    tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier")]]
    waivable: NotRequired[Annotated[bool, Field(alias="waivable")]]


class PublicTierRisks(BaseModel):
    closed_at: datetime.datetime | None = Field(alias="closed_at")
    ends_at: datetime.datetime = Field(alias="ends_at")
    id: uuid.UUID = Field(alias="id")
    needed: int = Field(alias="needed")
    opened_at: datetime.datetime = Field(alias="opened_at")
    outcome: str | None = Field(alias="outcome")
    partner_id: uuid.UUID = Field(alias="partner_id")
    qualified_deals: int = Field(alias="qualified_deals")
    reminded_at: datetime.datetime | None = Field(alias="reminded_at")
    tier: PublicPartnerTier = Field(alias="tier")


class PublicTierRisksInsert(TypedDict):
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    ends_at: Annotated[datetime.datetime, Field(alias="ends_at")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    needed: Annotated[int, Field(alias="needed")]
    opened_at: NotRequired[Annotated[datetime.datetime, Field(alias="opened_at")]]
    outcome: NotRequired[Annotated[str | None, Field(alias="outcome")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    qualified_deals: Annotated[int, Field(alias="qualified_deals")]
    reminded_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reminded_at")]]
    tier: Annotated[PublicPartnerTier, Field(alias="tier")]


class PublicTierRisksUpdate(TypedDict):
    closed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="closed_at")]]
    ends_at: NotRequired[Annotated[datetime.datetime, Field(alias="ends_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    needed: NotRequired[Annotated[int, Field(alias="needed")]]
    opened_at: NotRequired[Annotated[datetime.datetime, Field(alias="opened_at")]]
    outcome: NotRequired[Annotated[str | None, Field(alias="outcome")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    qualified_deals: NotRequired[Annotated[int, Field(alias="qualified_deals")]]
    reminded_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reminded_at")]]
    tier: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier")]]


class PublicTrainingAssignments(BaseModel):
    cancelled_at: datetime.datetime | None = Field(alias="cancelled_at")
    completed_at: datetime.datetime | None = Field(alias="completed_at")
    created_at: datetime.datetime = Field(alias="created_at")
    due_at: datetime.datetime | None = Field(alias="due_at")
    id: uuid.UUID = Field(alias="id")
    leader_id: uuid.UUID | None = Field(alias="leader_id")
    module_id: uuid.UUID = Field(alias="module_id")
    note: str | None = Field(alias="note")
    partner_id: uuid.UUID = Field(alias="partner_id")
    reminded_at: datetime.datetime | None = Field(alias="reminded_at")
    staff_id: uuid.UUID | None = Field(alias="staff_id")


class PublicTrainingAssignmentsInsert(TypedDict):
    cancelled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="cancelled_at")]]
    completed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="completed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    due_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="due_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="leader_id")]]
    module_id: Annotated[uuid.UUID, Field(alias="module_id")]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    reminded_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reminded_at")]]
    staff_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="staff_id")]]


class PublicTrainingAssignmentsUpdate(TypedDict):
    cancelled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="cancelled_at")]]
    completed_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="completed_at")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    due_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="due_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    leader_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="leader_id")]]
    module_id: NotRequired[Annotated[uuid.UUID, Field(alias="module_id")]]
    note: NotRequired[Annotated[str | None, Field(alias="note")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    reminded_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="reminded_at")]]
    staff_id: NotRequired[Annotated[uuid.UUID | None, Field(alias="staff_id")]]


class PublicTrainingModuleViews(BaseModel):
    module_id: uuid.UUID = Field(alias="module_id")
    partner_id: uuid.UUID = Field(alias="partner_id")
    viewed_on: datetime.date = Field(alias="viewed_on")


class PublicTrainingModuleViewsInsert(TypedDict):
    module_id: Annotated[uuid.UUID, Field(alias="module_id")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    viewed_on: NotRequired[Annotated[datetime.date, Field(alias="viewed_on")]]


class PublicTrainingModuleViewsUpdate(TypedDict):
    module_id: NotRequired[Annotated[uuid.UUID, Field(alias="module_id")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    viewed_on: NotRequired[Annotated[datetime.date, Field(alias="viewed_on")]]


class PublicTrainingModules(BaseModel):
    channel: PublicTrainingChannel = Field(alias="channel")
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    position: int = Field(alias="position")
    published_at: datetime.datetime | None = Field(alias="published_at")
    search: PgCatalogTsvector | None = Field(alias="search")
    slug: str = Field(alias="slug")
    summary: str = Field(alias="summary")
    tier_requirement: PublicPartnerTier = Field(alias="tier_requirement")
    title: str = Field(alias="title")
    track: str | None = Field(alias="track")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")


class PublicTrainingModulesInsert(TypedDict):
    channel: Annotated[PublicTrainingChannel, Field(alias="channel")]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    published_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="published_at")]]
    search: NotRequired[Annotated[PgCatalogTsvector | None, Field(alias="search")]]
    slug: Annotated[str, Field(alias="slug")]
    summary: NotRequired[Annotated[str, Field(alias="summary")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_requirement")]]
    title: Annotated[str, Field(alias="title")]
    track: NotRequired[Annotated[str | None, Field(alias="track")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]


class PublicTrainingModulesUpdate(TypedDict):
    channel: NotRequired[Annotated[PublicTrainingChannel, Field(alias="channel")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    position: NotRequired[Annotated[int, Field(alias="position")]]
    published_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="published_at")]]
    search: NotRequired[Annotated[PgCatalogTsvector | None, Field(alias="search")]]
    slug: NotRequired[Annotated[str, Field(alias="slug")]]
    summary: NotRequired[Annotated[str, Field(alias="summary")]]
    tier_requirement: NotRequired[Annotated[PublicPartnerTier, Field(alias="tier_requirement")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    track: NotRequired[Annotated[str | None, Field(alias="track")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]


class PublicTrainingTracks(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    summary: str | None = Field(alias="summary")
    title: str = Field(alias="title")
    track: str = Field(alias="track")
    updated_at: datetime.datetime = Field(alias="updated_at")
    valid_months: int = Field(alias="valid_months")
    version: int = Field(alias="version")
    version_since: datetime.datetime = Field(alias="version_since")


class PublicTrainingTracksInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    summary: NotRequired[Annotated[str | None, Field(alias="summary")]]
    title: Annotated[str, Field(alias="title")]
    track: Annotated[str, Field(alias="track")]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    valid_months: NotRequired[Annotated[int, Field(alias="valid_months")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    version_since: NotRequired[Annotated[datetime.datetime, Field(alias="version_since")]]


class PublicTrainingTracksUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    summary: NotRequired[Annotated[str | None, Field(alias="summary")]]
    title: NotRequired[Annotated[str, Field(alias="title")]]
    track: NotRequired[Annotated[str, Field(alias="track")]]
    updated_at: NotRequired[Annotated[datetime.datetime, Field(alias="updated_at")]]
    valid_months: NotRequired[Annotated[int, Field(alias="valid_months")]]
    version: NotRequired[Annotated[int, Field(alias="version")]]
    version_since: NotRequired[Annotated[datetime.datetime, Field(alias="version_since")]]


class PublicUsageEvents(BaseModel):
    device: PublicUsageDevice = Field(alias="device")
    display: PublicUsageDisplay = Field(alias="display")
    feature: str | None = Field(alias="feature")
    id: uuid.UUID = Field(alias="id")
    kind: PublicUsageKind = Field(alias="kind")
    occurred_at: datetime.datetime = Field(alias="occurred_at")
    partner_id: uuid.UUID = Field(alias="partner_id")
    recorded_at: datetime.datetime = Field(alias="recorded_at")
    seconds: int | None = Field(alias="seconds")


class PublicUsageEventsInsert(TypedDict):
    device: Annotated[PublicUsageDevice, Field(alias="device")]
    display: Annotated[PublicUsageDisplay, Field(alias="display")]
    feature: NotRequired[Annotated[str | None, Field(alias="feature")]]
    id: Annotated[uuid.UUID, Field(alias="id")]
    kind: Annotated[PublicUsageKind, Field(alias="kind")]
    occurred_at: Annotated[datetime.datetime, Field(alias="occurred_at")]
    partner_id: Annotated[uuid.UUID, Field(alias="partner_id")]
    recorded_at: NotRequired[Annotated[datetime.datetime, Field(alias="recorded_at")]]
    seconds: NotRequired[Annotated[int | None, Field(alias="seconds")]]


class PublicUsageEventsUpdate(TypedDict):
    device: NotRequired[Annotated[PublicUsageDevice, Field(alias="device")]]
    display: NotRequired[Annotated[PublicUsageDisplay, Field(alias="display")]]
    feature: NotRequired[Annotated[str | None, Field(alias="feature")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    kind: NotRequired[Annotated[PublicUsageKind, Field(alias="kind")]]
    occurred_at: NotRequired[Annotated[datetime.datetime, Field(alias="occurred_at")]]
    partner_id: NotRequired[Annotated[uuid.UUID, Field(alias="partner_id")]]
    recorded_at: NotRequired[Annotated[datetime.datetime, Field(alias="recorded_at")]]
    seconds: NotRequired[Annotated[int | None, Field(alias="seconds")]]


class PublicWebhookDeliveries(BaseModel):
    attempts: int = Field(alias="attempts")
    created_at: datetime.datetime = Field(alias="created_at")
    event_id: int = Field(alias="event_id")
    event_type: str = Field(alias="event_type")
    id: uuid.UUID = Field(alias="id")
    last_error: str | None = Field(alias="last_error")
    next_attempt_at: datetime.datetime | None = Field(alias="next_attempt_at")
    response_status: int | None = Field(alias="response_status")
    settled_at: datetime.datetime | None = Field(alias="settled_at")
    status: PublicDeliveryStatus = Field(alias="status")
    webhook_id: uuid.UUID = Field(alias="webhook_id")


class PublicWebhookDeliveriesInsert(TypedDict):
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: Annotated[int, Field(alias="event_id")]
    event_type: Annotated[str, Field(alias="event_type")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    last_error: NotRequired[Annotated[str | None, Field(alias="last_error")]]
    next_attempt_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="next_attempt_at")]]
    response_status: NotRequired[Annotated[int | None, Field(alias="response_status")]]
    settled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="settled_at")]]
    status: NotRequired[Annotated[PublicDeliveryStatus, Field(alias="status")]]
    webhook_id: Annotated[uuid.UUID, Field(alias="webhook_id")]


class PublicWebhookDeliveriesUpdate(TypedDict):
    attempts: NotRequired[Annotated[int, Field(alias="attempts")]]
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    event_id: NotRequired[Annotated[int, Field(alias="event_id")]]
    event_type: NotRequired[Annotated[str, Field(alias="event_type")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    last_error: NotRequired[Annotated[str | None, Field(alias="last_error")]]
    next_attempt_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="next_attempt_at")]]
    response_status: NotRequired[Annotated[int | None, Field(alias="response_status")]]
    settled_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="settled_at")]]
    status: NotRequired[Annotated[PublicDeliveryStatus, Field(alias="status")]]
    webhook_id: NotRequired[Annotated[uuid.UUID, Field(alias="webhook_id")]]


class PublicWebhooks(BaseModel):
    created_at: datetime.datetime = Field(alias="created_at")
    created_by: uuid.UUID = Field(alias="created_by")
    description: str = Field(alias="description")
    event_types: list[str] = Field(alias="event_types")
    id: uuid.UUID = Field(alias="id")
    retired_at: datetime.datetime | None = Field(alias="retired_at")
    retired_by: uuid.UUID | None = Field(alias="retired_by")
    secret_id: uuid.UUID = Field(alias="secret_id")
    url: str = Field(alias="url")


class PublicWebhooksInsert(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: Annotated[uuid.UUID, Field(alias="created_by")]
    description: Annotated[str, Field(alias="description")]
    event_types: Annotated[list[str], Field(alias="event_types")]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    retired_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="retired_at")]]
    retired_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="retired_by")]]
    secret_id: Annotated[uuid.UUID, Field(alias="secret_id")]
    url: Annotated[str, Field(alias="url")]


class PublicWebhooksUpdate(TypedDict):
    created_at: NotRequired[Annotated[datetime.datetime, Field(alias="created_at")]]
    created_by: NotRequired[Annotated[uuid.UUID, Field(alias="created_by")]]
    description: NotRequired[Annotated[str, Field(alias="description")]]
    event_types: NotRequired[Annotated[list[str], Field(alias="event_types")]]
    id: NotRequired[Annotated[uuid.UUID, Field(alias="id")]]
    retired_at: NotRequired[Annotated[datetime.datetime | None, Field(alias="retired_at")]]
    retired_by: NotRequired[Annotated[uuid.UUID | None, Field(alias="retired_by")]]
    secret_id: NotRequired[Annotated[uuid.UUID, Field(alias="secret_id")]]
    url: NotRequired[Annotated[str, Field(alias="url")]]


class PublicCommissionLines(BaseModel):
    amount: int = Field(alias="amount")
    base_amount: int | None = Field(alias="base_amount")
    by_refund: bool | None = Field(alias="by_refund")
    clears_at: datetime.datetime | None = Field(alias="clears_at")
    commission_type: PublicCommissionType = Field(alias="commission_type")
    company_name: str | None = Field(alias="company_name")
    corrects_id: uuid.UUID | None = Field(alias="corrects_id")
    created_at: datetime.datetime = Field(alias="created_at")
    currency: str = Field(alias="currency")
    deal_reference: str | None = Field(alias="deal_reference")
    id: uuid.UUID = Field(alias="id")
    instalment: int | None = Field(alias="instalment")
    kind: PublicCommissionType = Field(alias="kind")
    next_step: str | None = Field(alias="next_step")
    note: str | None = Field(alias="note")
    outstanding: int | None = Field(alias="outstanding")
    payment_date: datetime.date | None = Field(alias="payment_date")
    rate: int | None = Field(alias="rate")
    status: PublicCommissionStatus = Field(alias="status")


class PublicCurrentTemplates(BaseModel):
    archived_at: datetime.datetime | None = Field(alias="archived_at")
    body: str = Field(alias="body")
    channel: PublicTemplateChannel = Field(alias="channel")
    created_at: datetime.datetime = Field(alias="created_at")
    id: uuid.UUID = Field(alias="id")
    partner_id: uuid.UUID | None = Field(alias="partner_id")
    subject: str | None = Field(alias="subject")
    title: str = Field(alias="title")
    updated_at: datetime.datetime = Field(alias="updated_at")
    version: int = Field(alias="version")
    visibility: PublicTemplateVisibility = Field(alias="visibility")


class PublicEngagementEvents(BaseModel):
    event_id: uuid.UUID = Field(alias="event_id")
    kind: PublicEventKind = Field(alias="kind")
    partner_id: uuid.UUID = Field(alias="partner_id")
    starts_at: datetime.datetime = Field(alias="starts_at")


class PublicLeadCards(BaseModel):
    campaign: str | None = Field(alias="campaign")
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
    in_conflict: bool = Field(alias="in_conflict")
    last_activity_at: datetime.datetime = Field(alias="last_activity_at")
    lost_reason: str | None = Field(alias="lost_reason")
    next_action: str | None = Field(alias="next_action")
    next_action_date: datetime.date | None = Field(alias="next_action_date")
    notes: str | None = Field(alias="notes")
    partner_id: uuid.UUID = Field(alias="partner_id")
    project_type: str | None = Field(alias="project_type")
    protected_until: datetime.datetime | None = Field(alias="protected_until")
    referral_link_id: uuid.UUID | None = Field(alias="referral_link_id")
    score: int | None = Field(alias="score")
    source: str | None = Field(alias="source")
    stage_entered_at: datetime.datetime = Field(alias="stage_entered_at")
    status: PublicLeadStatus = Field(alias="status")
    updated_at: datetime.datetime = Field(alias="updated_at")


class PublicMyTeam(BaseModel):
    avatar_path: str | None = Field(alias="avatar_path")
    country: str | None = Field(alias="country")
    current_tier: PublicPartnerTier = Field(alias="current_tier")
    id: uuid.UUID = Field(alias="id")
    member_since: datetime.datetime = Field(alias="member_since")
    name: str = Field(alias="name")
    override_percentage: int = Field(alias="override_percentage")
    region: str | None = Field(alias="region")


class PublicTierProgression(BaseModel):
    created_at: datetime.datetime | None = Field(alias="created_at")
    current_tier: PublicPartnerTier = Field(alias="current_tier")
    deals_count: int | None = Field(alias="deals_count")
    estimated_days_to_next: int | None = Field(alias="estimated_days_to_next")
    id: uuid.UUID = Field(alias="id")
    next_tier_requirements: JsonValue | None = Field(alias="next_tier_requirements")
    partner_id: uuid.UUID = Field(alias="partner_id")
    progress_percentage: int | None = Field(alias="progress_percentage")
    requirements_met: JsonValue | None = Field(alias="requirements_met")
    updated_at: datetime.datetime | None = Field(alias="updated_at")


class PublicTrainingProgress(BaseModel):
    certification_date: datetime.date | None = Field(alias="certification_date")
    certified: bool | None = Field(alias="certified")
    completion_percentage: int | None = Field(alias="completion_percentage")
    created_at: datetime.datetime | None = Field(alias="created_at")
    id: uuid.UUID | None = Field(alias="id")
    module_id: uuid.UUID = Field(alias="module_id")
    module_name: str = Field(alias="module_name")
    partner_id: uuid.UUID = Field(alias="partner_id")
    quiz_score: int | None = Field(alias="quiz_score")
    updated_at: datetime.datetime | None = Field(alias="updated_at")
