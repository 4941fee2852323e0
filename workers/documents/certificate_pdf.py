"""A certificate as PDF: one page that can be printed and framed."""

from __future__ import annotations

from typing import Any

from workers.documents.domain import day_name
from workers.documents.paper import GREY, RULE, Paper


def certificate_pdf(facts: dict[str, Any]) -> bytes:
    """``facts``: number, name, title, version, issued_at and expires_at, as ``worker.certificate_facts`` gives them."""
    paper = Paper(
        f"Certificate {facts['number']}", facts["issued_at"], f"Certificate {facts['number']}", landscape=True
    )
    paper.set_draw_color(*RULE)
    paper.set_line_width(0.8)
    paper.rect(10, 10, paper.w - 20, paper.h - 30)
    paper.set_y(38)
    paper.line_of("SISO Partnerships", 14, GREY, "C")
    paper.ln(8)
    paper.line_of("Certificate", 34, align="C")
    paper.ln(8)
    paper.line_of("This is to certify that", 12, GREY, "C")
    paper.ln(3)
    paper.line_of(facts["name"], 26, align="C")
    paper.ln(3)
    paper.line_of("has completed", 12, GREY, "C")
    paper.ln(3)
    paper.line_of(f"{facts['title']}, version {facts['version']}", 18, align="C")
    paper.ln(10)
    paper.line_of(
        f"Issued on {day_name(facts['issued_at'])} · valid until {day_name(facts['expires_at'])}", 11, align="C"
    )
    paper.ln(2)
    paper.line_of(f"Number {facts['number']}", 11, GREY, "C")
    return bytes(paper.output())
