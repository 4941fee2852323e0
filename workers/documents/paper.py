"""A page to write on: fonts that cover the scripts of names, a header, a footer, the same bytes every time."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
from fpdf import FPDF

INK = (23, 26, 33)
GREY = (105, 112, 125)
RULE = (214, 218, 226)
FAMILY = "Noto Sans"

# A glyph that no font has is drawn as an empty box; that is no event worth a line for each.
logging.getLogger("fpdf").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


def _font(package_root: Path, start: str) -> Path:
    return next(path for path in sorted((package_root / "files").iterdir()) if path.name.startswith(start))


class Paper(FPDF):
    """A4 with the house's margins. ``made_at`` (ISO 8601) goes into the file: rendering again gives the same bytes."""

    def __init__(self, title: str, made_at: str, footnote: str, landscape: bool = False) -> None:
        super().__init__(orientation="landscape" if landscape else "portrait", format="A4")
        self._footnote = footnote
        self.set_creation_date(datetime.fromisoformat(made_at).astimezone(UTC))
        self.set_title(title)
        self.set_author("SISO Partnerships")
        self.set_creator("SISO Partnerships")
        self.set_producer("fpdf2")
        self.set_lang("en")
        self.add_font(FAMILY, "", _font(fontpkg_noto_sans.ROOT, "NotoSans["))
        self.add_font("Noto Sans Arabic", "", _font(fontpkg_noto_sans_arabic.ROOT, "NotoSansArabic["))
        self.set_fallback_fonts(["Noto Sans Arabic"])
        self.set_text_shaping(True)
        self.set_margins(16, 16, 16)
        self.set_auto_page_break(True, 20)
        self.set_font(FAMILY, size=9)
        self.set_text_color(*INK)
        self.set_draw_color(*RULE)
        self.add_page()

    def footer(self) -> None:
        self.set_y(-14)
        self.set_font(FAMILY, size=6.5)
        self.set_text_color(*GREY)
        self.cell(0, 4, self._footnote)
        self.set_x(self.l_margin)
        self.cell(0, 4, f"{self.page_no()} / {{nb}}", align="R")
        self.set_text_color(*INK)

    def line_of(self, text: str, size: float = 9, color: tuple[int, int, int] = INK, align: str = "L") -> None:
        """One paragraph, then a new line."""
        self.set_font(FAMILY, size=size)
        self.set_text_color(*color)
        self.multi_cell(0, size * 0.52, text, align=align, new_x="LMARGIN", new_y="NEXT")
        self.set_text_color(*INK)
