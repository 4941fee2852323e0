"""The audit log's heads leave the database: by mail, every day, with a digest that can be recomputed."""

from __future__ import annotations

import psycopg

from siso_local.settings import Settings
from tests.e2e.people import mail_to


def test_the_heads_of_the_day_are_mailed_out(settings: Settings, admin_db: psycopg.Connection) -> None:
    # Something to anchor, for whoever runs this test alone.
    admin_db.execute("select private.emit('staff.tested', 'test', gen_random_uuid(), null)")
    admin_db.execute("select private.anchor_audit()")
    found = admin_db.execute("select worker.audit_anchor((private.now() at time zone 'UTC')::date)").fetchone()
    assert found
    anchor = found[0]
    assert anchor["streams"] > 0
    mail = mail_to(settings, "audit-anchor@example.com", f"Audit anchor {anchor['anchored_on']}")
    assert anchor["digest"][:12] in mail["subject"]
    assert anchor["digest"] in mail["text"]
