"""The book as a document for Word and its relatives: real headings, lists and table heads, and the language of each text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.text.paragraph import Paragraph

from sessions.openspace.proceedings import labels, paper
from sessions.openspace.proceedings.book import Book, CountryGroup, Prose, Report, WallRow
from sessions.openspace.texts import Words

MOST_COLUMNS_UPRIGHT = 5
Cell = Words | str


def as_docx(book: Book) -> bytes:
    with labels.reader_of(book):
        document = _Writer(book).document()
    held = BytesIO()
    document.save(held)
    return held.getvalue()


class _Writer:
    """Writes one book from its cover to its last page."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._doc = Document()
        paper.set_up(self._doc, book.language)
        # The library looks a style up for every paragraph, which is most of the time that it takes.
        self._styles = {style.name: style.style_id for style in self._doc.styles}

    def document(self) -> Any:
        self._properties()
        self._cover()
        self._contents()
        self._wall()
        for report in self._book.reports:
            self._report(report)
        self._after_the_reports()
        return self._doc

    def _properties(self) -> None:
        core, book = self._doc.core_properties, self._book
        core.title = _property(book.theme.text or str(labels.BOOK))
        core.subject = _property(f"{labels.BOOK} · {labels.session_name(book)}")
        core.author = core.last_modified_by = _property(book.programme)
        core.language = book.language
        core.comments = _property(labels.authors_line())
        core.created = core.modified = datetime.combine(book.on, datetime.min.time(), UTC)

    def _cover(self) -> None:
        book = self._book
        self._line(f"{labels.BOOK} · {labels.session_name(book)} · {labels.mode_name(book)}")
        title = self._paragraph("Title")
        paper.write(title, book.theme.text or str(labels.BOOK), book.theme.language)
        if book.sponsor:
            self._line(labels.sponsor_line(book))
        self._line(" · ".join(labels.country_name(group.country) for group in book.participants))
        self._line(f"{labels.numbers_line(book)}. {labels.authors_line()}")
        for line in labels.state_lines(book):
            paper.write(self._paragraph(), line, bold=True)
        if book.givens:
            self._heading(str(labels.GIVENS), 2)
            self._prose(Prose(book.givens.text, book.givens.language))

    def _contents(self) -> None:
        self._heading(str(labels.CONTENTS), 1, new_page=True)
        for report in self._book.reports:
            paragraph = self._paragraph()
            link = paper.link_inside(paragraph, _mark(report))
            paper.write(link, f"{report.number} ")
            paper.write(link, report.title.text, report.title.language)
            places = "; ".join(labels.place_name(place) for place in report.places)
            paper.write(paragraph, f"   {places}")
            if not report.is_written:
                paper.write(paragraph, f"   {labels.standing_name(report)}", bold=True)

    def _wall(self) -> None:
        wall, book = self._book.wall, self._book
        if wall.is_empty:
            self._line(str(labels.NOTHING_PLACED))
            return
        is_wide = len(wall.spaces) > MOST_COLUMNS_UPRIGHT
        if is_wide:
            paper.turn(self._doc.add_section(WD_SECTION.NEW_PAGE), is_wide=True)
        self._heading(str(labels.WALL), 1, new_page=not is_wide)
        self._line(labels.zone_line())
        head = [str(labels.ROUND), *wall.spaces]
        self._table(head, [_wall_row(book, row, len(wall.spaces)) for row in wall.rows])
        if is_wide:
            paper.turn(self._doc.add_section(WD_SECTION.NEW_PAGE), is_wide=False)

    def _report(self, report: Report) -> None:
        heading = self._heading(f"{report.number} ", 1, new_page=True)
        paper.write(heading, report.title.text, report.title.language)
        paper.bookmark(heading, _mark(report), report.number)
        for place in report.places:
            self._line(f"{labels.place_name(place)}, {labels.time_span(place.time)}")
        self._convened(report)
        if merged := labels.merged_line(report):
            self._line(merged)
        if not report.is_written:
            paper.write(self._paragraph(), labels.missing_line(report), bold=True)
            return
        self._line(labels.standing_name(report))
        for name, prose in labels.prose_parts(report):
            self._heading(name, 2)
            self._prose(prose)
        self._next_steps(report)
        if report.in_the_room:
            self._heading(str(labels.IN_THE_ROOM), 2)
            for member in report.in_the_room:
                paragraph = self._paragraph("List Bullet")
                paper.write(paragraph, labels.member_name(member), member.language)

    def _convened(self, report: Report) -> None:
        names = [labels.convened_by(report), *map(labels.member_name, report.co_conveners)]
        self._line(", ".join(names))

    def _next_steps(self, report: Report) -> None:
        if not report.next_steps:
            return
        self._heading(str(labels.NEXT_STEPS), 2)
        rows: list[list[Cell]] = [
            [step.what, step.who, labels.day_name(step.when) if step.when else ""]
            for step in report.next_steps
        ]
        self._table([str(labels.WHAT), str(labels.WHO), str(labels.WHEN)], rows)

    def _after_the_reports(self) -> None:
        book = self._book
        if book.other_topics:
            self._heading(str(labels.OTHER_TOPICS), 1, new_page=True)
            for topic in book.other_topics:
                paragraph = self._paragraph("List Bullet")
                paper.write(paragraph, f"{topic.number} ")
                paper.write(paragraph, topic.title.text, topic.title.language)
                paper.write(paragraph, f": {labels.fate_name(topic)}")
        if book.actions:
            self._heading(str(labels.ACTIONS), 1, new_page=True)
            head = [labels.WHAT, labels.WHO, labels.FIRST_STEP, labels.WHEN, labels.TOPIC]
            self._table([str(each) for each in head], [labels.action_cells(each) for each in book.actions])
        self._votes()
        if book.closing_words:
            self._heading(str(labels.CLOSING_WORDS), 1)
            for line in book.closing_words:
                paper.write(self._paragraph("List Bullet"), labels.closing_line(line))
        if book.participants:
            self._heading(str(labels.PARTICIPANTS), 1, new_page=True)
            for group in book.participants:
                self._country(group)

    def _votes(self) -> None:
        if self._book.votes is None:
            return
        self._heading(str(labels.VOTES), 1)
        self._line(labels.voters_line(self._book))
        rows: list[list[Cell]] = [
            [str(line.points), Words(f"{line.topic.number} {line.topic.title}", line.topic.title.language)]
            for line in self._book.votes.lines
        ]
        self._table([str(labels.POINTS), str(labels.TOPIC)], rows)

    def _country(self, group: CountryGroup) -> None:
        self._heading(f"{labels.country_name(group.country)} ({group.size})", 2)
        for institution in group.institutions:
            language = institution.members[0].language
            paragraph = self._paragraph("List Bullet")
            paper.write(paragraph, labels.institution_line(institution), language)

    def _heading(self, text: str, level: int, *, new_page: bool = False) -> Paragraph:
        paragraph = self._paragraph(f"Heading {level}")
        paper.write(paragraph, text)
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        return paragraph

    def _paragraph(self, style: str | None = None) -> Paragraph:
        paragraph: Paragraph = self._doc.add_paragraph()
        if style:
            paragraph._p.style = self._styles[style]
        return paragraph

    def _line(self, text: str) -> None:
        paper.write(self._paragraph(), text, self._book.language)

    def _table(self, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        table = self._doc.add_table(rows=1, cols=len(head), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            paper.write(cell.paragraphs[0], text, bold=True)
        for row in rows:
            for cell, content in zip(table.add_row().cells, row, strict=True):
                words = content if isinstance(content, Words) else Words(content)
                paper.write(cell.paragraphs[0], words.text, words.language)
        paper.repeat_head(table)
        self._paragraph()

    def _prose(self, prose: Prose) -> None:
        for block in prose.doc:
            self._block(block, prose.language)

    def _block(self, block: Any, language: str, style: str | None = None) -> None:
        kind, *content = block
        if kind == "quote":
            for inner in content:
                self._block(inner, language, "Quote")
        elif kind in ("ul", "ol"):
            self._list(kind, content, language)
        elif kind == "pre":
            paper.write(self._paragraph("No Spacing"), str(content[0]), language)
        else:
            _inline(self._paragraph(style), content, language)

    def _list(self, kind: str, items: Sequence[Any], language: str, depth: int = 1) -> None:
        """Numbers are written out: Word would count on through all lists of the book."""
        for number, (_li, *content) in enumerate(items, start=1):
            name = "List Bullet" if kind == "ul" else "List Continue"
            paragraph = self._paragraph(f"{name} {depth}" if depth in (2, 3) else name)
            if kind == "ol":
                paper.write(paragraph, f"{number}. ", language)
            _inline(paragraph, [node for node in content if not _is_list(node)], language)
            for node in content:
                if _is_list(node):
                    self._list(node[0], node[1:], language, min(depth + 1, 3))


def _property(text: str) -> str:
    """The format takes 255 characters."""
    return paper.clean(text)[:255]


def _mark(report: Report) -> str:
    return f"topic{report.number}"


def _wall_row(book: Book, row: WallRow, width: int) -> list[Cell]:
    when = [labels.time_name(row.time), labels.time_day(row.time, book.on), labels.time_span(row.time)]
    cells: list[Cell] = [
        Words("\n".join(f"{topic.number} {topic.title}" for topic in cell), cell[0].title.language)
        if cell
        else ""
        for cell in row.cells
    ]
    return ["\n".join(filter(None, when)), *(cells or [""] * width)]


def _is_list(node: Any) -> bool:
    return not isinstance(node, str) and node[0] in ("ul", "ol")


def _inline(paragraph: Paragraph, nodes: Iterable[Any], language: str, **font: bool) -> None:
    for node in nodes:
        if isinstance(node, str):
            paper.write(paragraph, node, language, **font)
            continue
        kind, *content = node
        match kind:
            case "b":
                _inline(paragraph, content, language, **{**font, "bold": True})
            case "i":
                _inline(paragraph, content, language, **{**font, "italic": True})
            case "code":
                paper.write(paragraph, content[0], language, **font)
            case "br":
                paragraph.add_run().add_break()
            case "at":
                paper.write(paragraph, f"@{content[1]}", language, **font)
            case "a":
                _inline(paper.link_out(paragraph, content[0]), content[1:], language, **font)
