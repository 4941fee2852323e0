"""Who plays: every partner, applicant and member of staff of the demo year, and what is in store for them.

Names say what somebody shows. Tiers are not written here: they are what the rules make of the deals (the names are
chosen to fit, and a test holds them to it).
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field

from siso_local.demo_year.stage import LAST_DAY

COUNTRIES = ("US", "GB", "DE", "CA", "IE", "FR", "NL")
ZONES = {
    "US": "America/New_York", "GB": "Europe/London", "DE": "Europe/Berlin", "CA": "America/Toronto",
    "IE": "Europe/Dublin", "FR": "Europe/Paris", "NL": "Europe/Amsterdam",
}  # fmt: skip
SHOWN = ("Active 01", "Performer 01", "Leader 01", "Elite 01")  # whose log-ins ./scripts/start prints


def email_of(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.com"


def secret_of(name: str) -> str:
    """The secret of somebody's authenticator: public, and the same on every platform."""
    return base64.b32encode(hashlib.sha256(f"SISO demo {name}".encode()).digest()).decode()[:32]


@dataclass(frozen=True)
class Part:
    """What somebody does in the year. Days are counted from the first one, 0, to yesterday, 364."""

    name: str
    joins: int
    wins: int = 0
    lost: int = 0
    open: int = 3
    # The first so many wins come by this day, the others are spread over the rest.
    early: tuple[int, int] | None = None
    until: int = LAST_DAY - 6  # no win after this day
    modules: int | None = None  # of the core track; None: all of it
    leader: str | None = None
    recruiter: str | None = None
    payouts: bool = True
    value: tuple[int, int] = (900, 4200)  # of a deal, whole units; in JPY hundreds
    lives: str | None = None  # in this country; None: wherever
    currency: str = "USD"  # in which the clients pay, and the partner is paid
    bank: str = "bank"  # what is told to Stripe, one of siso_local.stripe.externals.METHODS
    changes_bank: bool = True  # once the bank has refused a payout
    instant: bool = False  # asks for instant payouts, every other time

    @property
    def number(self) -> int:
        return int(self.name.rsplit(" ", 1)[1])

    @property
    def country(self) -> str:
        return self.lives or COUNTRIES[(self.number * 5 + len(self.name)) % len(COUNTRIES)]

    @property
    def phone(self) -> str:
        """Numbers from 0100 to 0119; those of clients begin behind them."""
        return f"+1202555{100 + (self.number * 3 + len(self.name)) % 20:04}"


@dataclass(frozen=True)
class Applicant:
    name: str
    applies: int
    ends: str  # submitted, in_review, rejected, withdrawn


@dataclass(frozen=True)
class Staff:
    name: str
    role: str
    email: str = field(default="")


def _elites() -> list[Part]:
    return [
        # With a debit card, to which Stripe pays within minutes.
        Part(
            "Elite 01",
            1,
            wins=30,
            lost=13,
            open=6,
            early=(25, 235),
            value=(1500, 7800),
            lives="US",
            bank="debit_card",
            instant=True,
        ),
        # With a bank account that takes none: they become standard ones, without a fee.
        Part(
            "Elite 02",
            4,
            wins=27,
            lost=11,
            open=5,
            early=(24, 300),
            until=LAST_DAY - 14,
            value=(1200, 6400),
            lives="IE",
            currency="EUR",
            instant=True,
        ),
    ]


def _leaders() -> list[Part]:
    return [
        Part("Leader 01", 2, wins=13, lost=9, open=4, early=(10, 120), value=(1400, 5600)),
        Part("Leader 02", 6, wins=12, lost=7, open=4, early=(10, 150), value=(1200, 4800)),
    ]


def _performers() -> list[Part]:
    return [
        Part("Performer 01", 20, wins=11, lost=9, open=5, value=(1200, 5200)),
        Part("Performer 02", 35, wins=10, lost=9, open=4, until=LAST_DAY - 40, lives="GB", currency="GBP"),
        Part("Performer 03", 60, wins=10, lost=7, open=4, until=LAST_DAY - 20, lives="NL", currency="EUR"),
        # One of the ten deals is taken out of the count in the last week: the tier is at risk.
        Part("At risk 01", 48, wins=10, lost=7, open=3, until=LAST_DAY - 60),
    ]


def _actives() -> list[Part]:
    return [
        Part("Active 01", 90, wins=6, lost=7, open=5, recruiter="Elite 01", value=(1000, 4600)),
        Part("Active 02", 110, wins=4, lost=5, open=4, recruiter="Elite 01"),
        # The bank refuses the first payout; with another account it arrives.
        Part("Active 03", 75, wins=4, lost=5, open=3, bank="failing_bank"),
        Part("Active 04", 140, wins=3, lost=5, open=4, lives="GB", currency="GBP"),
        # Lives in Europe and sells to clients in Japan.
        Part("Active 05", 128, wins=5, lost=4, open=3, lives="NL", currency="JPY"),
        Part("Active 06", 182, wins=4, lost=5, open=4, leader="Leader 01"),
        Part("Active 07", 190, wins=4, lost=4, open=3, leader="Leader 01", lives="DE", currency="EUR"),
        Part("Active 08", 205, wins=3, lost=4, open=4, leader="Leader 01"),
        Part("Active 09", 218, wins=3, lost=5, open=3, leader="Leader 02"),
        Part("Active 10", 226, wins=3, lost=4, open=3, leader="Leader 02"),
    ]


def _starters() -> list[Part]:
    return [
        Part("Starter 04", 210, wins=2, lost=4, open=4, leader="Leader 01"),  # one more deal to Active
        # The bank has refused, and nothing was done yet.
        Part("Starter 05", 240, wins=2, lost=4, open=3, leader="Leader 02", bank="failing_bank", changes_bank=False),
        Part("Starter 06", 255, wins=1, lost=4, open=3, recruiter="Active 01"),
        # Deals enough, but not the training.
        Part("Starter 07", 230, wins=3, lost=2, open=2, modules=2),
        Part("Starter 08", 285, wins=1, lost=2, open=3),
        Part("Starter 09", 300, wins=1, lost=2, open=3, payouts=False),
        Part("Starter 10", 318, lost=2, open=3, modules=3),
        Part("Starter 11", 330, open=3, modules=2, recruiter="Performer 01"),
        Part("Starter 12", 340, open=2, modules=1),
        Part("Starter 13", 352, open=2, modules=1),
        Part("Starter 14", 358, open=1, modules=0),
        Part("Starter 15", 292, open=0, modules=0, payouts=False),  # never came back
    ]


def _special() -> list[Part]:
    return [
        Part("Suspended 01", 100, wins=4, lost=4, open=2, until=300),
        Part("Former 01", 70, wins=3, lost=5, open=1, until=220),
        Part("Paused 01", 118, wins=3, lost=4, open=1, until=260),
        Part("Disputed 01", 150, wins=4, lost=4, open=2, until=320),
    ]


PARTS: tuple[Part, ...] = (*_elites(), *_leaders(), *_performers(), *_actives(), *_starters(), *_special())


@dataclass(frozen=True)
class Device:
    """A device that takes push messages from a day on. ``until``: the day on which its browser is uninstalled."""

    owner: str
    since: int
    agent: str
    until: int | None = None


_ANDROID = "Mozilla/5.0 (Linux; Android 14; Mobile) Chrome/131.0"
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile Safari/604.1"
_DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0"
DEVICES = (
    Device("Elite 01", 331, _IPHONE),
    Device("Elite 01", 333, _DESKTOP),
    Device("Leader 01", 332, _ANDROID),
    Device("Performer 01", 334, _IPHONE),
    Device("Performer 02", 335, _ANDROID),
    Device("Active 01", 333, _ANDROID),
    Device("Active 02", 336, _IPHONE, until=352),
    Device("Active 06", 334, _ANDROID),
    Device("Active 09", 338, _ANDROID),
    Device("Starter 04", 337, _ANDROID),
    Device("Starter 08", 341, _IPHONE),
)
APPLICANTS = (
    Applicant("Applicant 01", 362, "submitted"),
    Applicant("Applicant 02", 360, "in_review"),
    Applicant("Applicant 03", 345, "rejected"),
    Applicant("Applicant 04", 350, "withdrawn"),
)
# Beside those of supabase/seed.sql (owner, admin, finance), which are there from the beginning.
STAFF = (
    Staff("Support 01", "support", "support@example.com"),
    Staff("Moderator 01", "moderator", "moderator@example.com"),
    Staff("Finance 02", "finance", "finance.02@example.com"),
)


def log_ins() -> list[tuple[str, str, str]]:
    """Name, e-mail and authenticator secret of one partner of each tier."""
    return [(name, email_of(name), secret_of(name)) for name in SHOWN]
