"""A partner's certificates in a real browser."""

from __future__ import annotations

import re

import psycopg

from siso_local.settings import Settings
from tests.clients.contract_stage import Stage
from tests.database.harness import call_as, make_staff
from tests.database.training_support import make_module, make_track, pass_module
from tests.e2e.demo.phone import Phone
from tests.e2e.money_support import BOTH, well_shown


def test_certificates_are_listed_with_their_end_and_fetched(
    settings: Settings, admin_db: psycopg.Connection, phone: Phone
) -> None:
    """Passed while the page is open: the certificate and then its paper come by themselves."""
    with admin_db.transaction():
        stage = Stage(admin_db, settings)
        partner = stage.partner("certified")
        track = make_track(admin_db)
        module = make_module(admin_db, track=track)
    phone.do(
        "signInToEarnings", email=stage.people["certified"]["email"], password=stage.people["certified"]["password"]
    )
    assert "No certificate yet." in phone.do("readCertificates", text="No certificate yet.")
    with admin_db.transaction():
        passed = pass_module(admin_db, partner, module)
    number = passed["certificate"]["number"]
    says = phone.do("read", region="Certificates", text="Download PDF")
    assert "Version 1 · given on " in says and f"Number {number}" in says and "A track Valid" in says
    assert re.search(r"Expires in 2 years, on \w+ \d+, \d{4}\.", says), says
    well_shown(phone, "certificates", themes=BOTH)
    phone.do("tabTo", name="Download PDF: A track")
    assert phone.do("download", name="Download PDF: A track") == {
        "name": f"certificate-{number}.pdf",
        "begins": "%PDF-",
    }
    with admin_db.transaction():
        staff = make_staff(admin_db, "admin")
        call_as(admin_db, staff, "suspend_partner", partner_id=partner.id, reason="We look into a complaint.")
    phone.do("waitForText", text="Your account is suspended.", name="certificate-of-suspended")
    says = phone.do("readCertificates", text="Download PDF")
    assert f"Number {number}" in says and "A track Valid" in says, "a proof stays, and keeps its name"
