"""The book as Markdown: headings, lists and tables that every reader of Markdown knows, and no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sessions.openspace.proceedings import labels
from sessions.openspace.proceedings.book import Book, Report, WallRow

_MARKS = re.compile(r"([\\`*_\[\]<>|#&])")
_LOOKS_LIKE_A_BLOCK = re.compile(r"^(\s*\d*)([-+=~.)])", re.MULTILINE)


def as_markdown(book: Book) -> bytes:
    """UTF-8 text in the reader's language."""
    with labels.reader_of(book):
        return ("\n\n".join(filter(None, _blocks(book))) + "\n").encode()


def _blocks(book: Book) -> Iterator[str]:
    yield from _cover(book)
    yield from _contents(book)
    yield from _wall(book)
    for report in book.reports:
        yield from _report(report)
    yield from _after_the_reports(book)


def _cover(book: Book) -> Iterator[str]:
    yield f"# {_line(book.theme.text or str(labels.BOOK))}"
    yield f"{labels.BOOK} · {_line(labels.session_name(book))} · {labels.mode_name(book)}"
    yield _line(labels.sponsor_line(book))
    yield f"{labels.numbers_line(book)}. {labels.authors_line()}"
    yield "\n".join(f"> {line}" for line in labels.state_lines(book))
    if book.givens.text:
        yield f"## {labels.GIVENS}"
        yield _line(book.givens.text)


def _contents(book: Book) -> Iterator[str]:
    yield f"## {labels.CONTENTS}"
    lines = []
    for report in book.reports:
        places = "; ".join(labels.place_name(place) for place in report.places)
        missing = "" if report.is_written else f" — {labels.standing_name(report)}"
        lines.append(f"- {report.number} {_line(report.title.text)} ({_line(places)}){missing}")
    yield "\n".join(lines) or str(labels.NOTHING_PLACED)


def _wall(book: Book) -> Iterator[str]:
    yield f"## {labels.WALL}"
    if book.wall.is_empty:
        yield str(labels.NOTHING_PLACED)
        return
    yield labels.zone_line()
    head = [str(labels.ROUND), *book.wall.spaces]
    yield _table(head, [_wall_row(book, row) for row in book.wall.rows])


def _wall_row(book: Book, row: WallRow) -> list[str]:
    parts = [labels.time_name(row.time), labels.time_day(row.time, book.on), labels.time_span(row.time)]
    cells = ["; ".join(f"{topic.number} {topic.title}" for topic in cell) for cell in row.cells]
    return [" ".join(filter(None, parts)), *(cells or [""] * len(book.wall.spaces))]


def _report(report: Report) -> Iterator[str]:
    yield f"## {report.number} {_line(report.title.text)}"
    yield "  \n".join(_line(text) for text in _under_title(report))
    if not report.is_written:
        yield _line(labels.missing_line(report))
        return
    for heading, prose in labels.prose_parts(report):
        yield f"### {heading}"
        yield "\n\n".join(_block(block) for block in prose.doc)
    if report.next_steps:
        yield f"### {labels.NEXT_STEPS}"
        rows = [
            [step.what.text, step.who, labels.day_name(step.when) if step.when else ""]
            for step in report.next_steps
        ]
        yield _table([str(labels.WHAT), str(labels.WHO), str(labels.WHEN)], rows)
    if report.in_the_room:
        yield f"### {labels.IN_THE_ROOM}"
        yield _list(labels.member_name(member) for member in report.in_the_room)


def _under_title(report: Report) -> Iterator[str]:
    yield from (labels.place_name(place) for place in report.places)
    yield ", ".join([labels.convened_by(report), *map(labels.member_name, report.co_conveners)])
    if merged := labels.merged_line(report):
        yield merged
    if report.is_written:
        yield labels.standing_name(report)


def _after_the_reports(book: Book) -> Iterator[str]:
    if book.other_topics:
        yield f"## {labels.OTHER_TOPICS}"
        yield _list(f"{topic.number} {topic.title}: {labels.fate_name(topic)}" for topic in book.other_topics)
    yield from _actions(book)
    if book.votes:
        yield f"## {labels.VOTES}"
        yield labels.voters_line(book)
        rows = [[str(line.points), f"{line.topic.number} {line.topic.title}"] for line in book.votes.lines]
        yield _table([str(labels.POINTS), str(labels.TOPIC)], rows)
    if book.closing_words:
        yield f"## {labels.CLOSING_WORDS}"
        yield _list(labels.closing_line(line) for line in book.closing_words)
    if book.participants:
        yield f"## {labels.PARTICIPANTS}"
        for group in book.participants:
            yield f"### {labels.country_name(group.country)} ({group.size})"
            yield _list(labels.institution_line(some) for some in group.institutions)


def _actions(book: Book) -> Iterator[str]:
    if not book.actions:
        return
    yield f"## {labels.ACTIONS}"
    head = [labels.WHAT, labels.WHO, labels.FIRST_STEP, labels.WHEN, labels.TOPIC]
    yield _table([str(each) for each in head], [labels.action_cells(action) for action in book.actions])


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {_line(line)}" for line in lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text if text == "---" else _line(text)


def _line(text: str) -> str:
    """The text on one line, with nothing in it that would be markup."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _block(node: Any, indent: str = "") -> str:
    kind, *content = node
    if kind in ("ul", "ol"):
        return _items(kind, content, indent)
    if kind == "quote":
        inside = "\n\n".join(_block(block) for block in content)
        return "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))
    if kind == "pre":
        return "\n".join(f"    {line}" for line in str(content[0]).split("\n"))
    return _LOOKS_LIKE_A_BLOCK.sub(r"\1\\\2", _inline(content))


def _items(kind: str, items: Sequence[Any], indent: str) -> str:
    lines = []
    for number, (_li, *content) in enumerate(items, start=1):
        mark = f"{number}." if kind == "ol" else "-"
        deeper = indent + " " * (len(mark) + 1)
        words = [node for node in content if not _is_list(node)]
        lines.append(f"{indent}{mark} {_inline(words, deeper)}")
        lines += [_items(node[0], node[1:], deeper) for node in content if _is_list(node)]
    return "\n".join(lines)


def _is_list(node: Any) -> bool:
    return not isinstance(node, str) and node[0] in ("ul", "ol")


def _inline(nodes: Iterable[Any], indent: str = "") -> str:
    return "".join(_run(node, indent) for node in nodes)


def _run(node: Any, indent: str) -> str:
    if isinstance(node, str):
        return _MARKS.sub(r"\\\1", node)
    kind, *content = node
    match kind:
        case "b":
            return f"**{_inline(content, indent)}**"
        case "i":
            return f"*{_inline(content, indent)}*"
        case "code":
            return f"`{content[0]}`" if "`" not in content[0] else _MARKS.sub(r"\\\1", content[0])
        case "br":
            return f"  \n{indent}"
        case "at":
            return f"@{content[1]}"
        case "a":
            return f"[{_inline(content[1:], indent)}](<{content[0]}>)"
    raise ValueError(f"no node of a text is called {kind}")
