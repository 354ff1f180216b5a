"""What python-docx leaves to its users: languages, links, bookmarks, repeated table heads, page numbers."""

from __future__ import annotations

import re
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

PINE = RGBColor(0x0D, 0x59, 0x4D)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOCALES = {"en": "en-GB", "pl": "pl-PL", "bg": "bg-BG", "lv": "lv-LV", "hu": "hu-HU", "sk": "sk-SK"}


def set_up(document: Document, language: str) -> None:
    """A4 with a page number in the foot, and styles in the product's colours, in the language of the reader."""
    turn(document.sections[0], is_wide=False)
    _page_number(document.sections[0])
    styles: Any = document.styles
    styles["Normal"].font.name = "Calibri"
    styles["Normal"].font.size = Pt(11)
    for name, size in (("Title", 34), ("Heading 1", 20), ("Heading 2", 14), ("Heading 3", 12)):
        font = styles[name].font
        font.size, font.color.rgb, font.bold = Pt(size), PINE, True
    set_language(styles["Normal"].element.get_or_add_rPr(), language)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    if defaults is not None:
        defaults.set(qn("w:val"), _LOCALES.get(language, language))


def turn(section: Section, *, is_wide: bool) -> None:
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if is_wide else (short, long)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)


def set_language(properties: Any, language: str) -> None:
    """Marks a run's or style's properties; programs then spell and read it right."""
    if not language:
        return
    lang = properties.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        properties.append(lang)
    lang.set(qn("w:val"), _LOCALES.get(language, language))


def clean(text: str) -> str:
    """Without the control characters that XML does not know."""
    return _CONTROLS.sub("", text)


def write(paragraph: Paragraph, text: str, language: str = "", **font: bool) -> Run:
    """Adds a run; `font` may be bold and italic. Newlines become line breaks."""
    run = paragraph.add_run(clean(text))
    if font.get("bold"):
        run.bold = True
    if font.get("italic"):
        run.italic = True
    set_language(run._r.get_or_add_rPr(), language)
    return run


def link_out(paragraph: Paragraph, href: str) -> Paragraph:
    """Opens a link to an address of the web; what is written to the result is its text."""
    relation = paragraph.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return _link(paragraph, "r:id", relation)


def link_inside(paragraph: Paragraph, bookmark: str) -> Paragraph:
    return _link(paragraph, "w:anchor", bookmark)


def _link(paragraph: Paragraph, attribute: str, value: str) -> Paragraph:
    element: Any = OxmlElement("w:hyperlink")
    element.set(qn(attribute), value)
    paragraph._p.append(element)
    return _Inside(element, paragraph)


class _Inside(Paragraph):
    """A hyperlink holds runs as a paragraph does."""

    def __init__(self, element: Any, around: Paragraph) -> None:
        super().__init__(element, around._parent)
        self._around = around

    def add_run(self, text: str | None = None, style: Any = None) -> Run:
        run = self._around.add_run(text, style)
        self._p.append(run._r)
        run.font.color.rgb, run.font.underline = PINE, True
        return run


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Puts a mark on the paragraph that links inside the document lead to. `number` is unique in it."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.append(start)
    paragraph._p.append(end)


def repeat_head(table: Table) -> None:
    """Says that the first row holds the heads of the columns; it is repeated on every page."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _page_number(section: Section) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
