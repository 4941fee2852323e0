"""The files behind the material: small PDFs, put where Storage keeps what was uploaded, with the row that it writes."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

from fpdf import FPDF
from psycopg.types.json import Jsonb

from siso_local.demo_year.stage import Stage
from siso_local.demo_year.words import WORDS
from siso_local.settings import state_dir
from siso_local.storage.files import Files
from siso_local.storage.uploads import file_metadata

LIMIT = 1_000_000


def _sheet(title: str, text: str, at: datetime) -> bytes:
    pdf = FPDF()
    pdf.set_creation_date(at)
    pdf.add_page()
    pdf.set_font("helvetica", "B", 24)
    pdf.multi_cell(0, 12, title, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("helvetica", "", 13)
    pdf.multi_cell(0, 8, f"\n{text}\n\nAn example of what partners find here.")
    return bytes(pdf.output())


def file_assets(stage: Stage, assets: dict[str, uuid.UUID]) -> None:
    """Version 1 of every asset."""
    files = Files(state_dir() / "storage")
    for asset in WORDS.assets:
        content = _sheet(asset.title, asset.description, stage.now.astimezone(UTC))
        name = "-".join(re.findall(r"[a-z]+", asset.title.lower()))
        path = f"{asset.tier}/{assets[asset.title]}/{name}.pdf"
        identifier, version = uuid.uuid4(), str(uuid.uuid4())
        with files.receive(LIMIT) as incoming:
            incoming.write(content)
            incoming.finish()
            stage.be_owner()
            stage.db.execute(
                "insert into storage.objects (id, bucket_id, name, version, metadata, user_metadata)"
                " values (%s, 'resources', %s, %s, %s, '{}')",
                (identifier, path, version, Jsonb(file_metadata(incoming, "application/pdf", "max-age=3600"))),
            )
            files.keep(incoming, identifier, version)
        stage.studio(
            "asset_versions", asset_id=assets[asset.title], version=1, path=path, file_type="application/pdf",
            file_size=len(content),
        )  # fmt: skip
