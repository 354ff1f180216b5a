"""A table read as items: what each row means, and everything in it that somebody should look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from challenges.plans.actions.held import WHY_LIMIT
from challenges.plans.actions.setting import ITEM_TEXT_LIMIT
from challenges.plans.events import MomentCard, OddityCard
from challenges.plans.exchange.document import HEADING_LIMIT, ItemData
from challenges.plans.exchange.headings import BY_NAME, EXTRA, LEAVE_OUT
from challenges.plans.exchange.places import is_address
from challenges.plans.exchange.tables import Cell, Row, Table, letters
from challenges.plans.exchange.ties import Finding, RowReading, say_unproven, tie
from challenges.plans.exchange.values import (
    NotRead,
    column_mark,
    moment_in,
    not_understood,
    number_as_text,
    plain_unit,
    read_amount,
    read_choice,
    read_day,
    text_of,
)
from challenges.plans.models import Confidence, Direction, Kind, Precision, Progress
from rooms.text import clean_line
from synergy.live.fields import too_long
from synergy.search.words import folded

LINES = {
    "number": 20,
    "title": 500,
    "owner_wording": 500,
    "contributors_wording": 1000,
    "unit": 60,
    "data_source": 500,
}
"""Most characters of fields of one line."""
MOMENT_LIMIT = 200
AMOUNTS = ("baseline", "target", "lowest", "highest")
NUMERIC = ("unit", "direction", *AMOUNTS, "baseline_on", "trajectory", "data_source")
"""What only indicators have."""

Team = Mapping[str, str]
"""{folded name or e-mail: key of the person}"""


def read_rows(table: Table, at: int, meanings: Sequence[str], team: Team) -> list[RowReading]:
    """One reading for each row under the headings, in their order; parents are keys of rows."""
    headings = [text_of(cell)[: HEADING_LIMIT - 10] for cell in table.rows[at].cells] if table.rows else []
    reader = _Reader(headings, meanings, team, table.rows[at + 1 :])
    readings = [reader.read(row) for row in table.rows[at + 1 :]]
    tie(readings, has_parents="parent" in meanings)
    say_unproven(readings, letters(meanings.index("progress")) if "progress" in meanings else "")
    return readings


class _Reader:
    """Reads the rows of one table one after another."""

    def __init__(self, headings: list[str], meanings: Sequence[str], team: Team, rows: Sequence[Row]) -> None:
        self._headings, self._meanings, self._team = headings, list(meanings), team
        self._marks = {
            name: column_mark(row.cells[at] for row in rows if at < len(row.cells))
            for at, name in enumerate(self._meanings)
            if name in AMOUNTS
        }
        self._row = Row(0, [])
        self._findings: list[Finding] = []

    def read(self, row: Row) -> RowReading:
        self._row, self._findings = row, []
        cells = {name: at for at, name in enumerate(self._meanings) if name in BY_NAME}
        self._flag_formulas()
        fields = {name: self._line(cells, name) for name in ("number", "title", "data_source", "unit")}
        extra = self._extra()
        given: dict[str, Any] = {
            **fields,
            "key": self._text(cells, "key") or fields["number"] or f"row-{row.number}",
            "description": self._text(cells, "description"),
            "start": self._read(cells, "start", self._moment),
            "due": self._read(cells, "due", self._moment),
            "progress": self._choice(cells, "progress", Progress) or Progress.NOT_STARTED.value,
            "confidence": self._choice(cells, "confidence", Confidence),
            "confidence_why": self._text(cells, "why"),
            "direction": self._choice(cells, "direction", Direction),
            "baseline_on": self._read(cells, "baseline_on", read_day),
            "trajectory": self._read(cells, "trajectory", self._trajectory) or [],
            **self._people(cells),
            **{name: self._amount(cells, name, fields) for name in AMOUNTS},
        }
        given["unit"] = fields["unit"]
        links = self._links(cells, extra)
        kind = self._kind(cells, given)
        self._keep_numbers_to_indicators(kind, given, extra)
        oddities = self._check(cells, given)
        item = ItemData(**given, kind=kind, extra=extra, oddities=oddities)
        parent = self._text(cells, "parent")
        return RowReading(row.number, item, parent, links, self._findings)

    def _cell(self, at: int) -> Cell:
        return self._row.cells[at] if 0 <= at < len(self._row.cells) else Cell(None)

    def _text(self, cells: Mapping[str, int], name: str) -> str:
        return text_of(self._cell(cells[name])) if name in cells else ""

    def _line(self, cells: Mapping[str, int], name: str) -> str:
        return self._fitting(cells, name, self._text(cells, name), LINES[name])

    def _fitting(self, cells: Mapping[str, int], name: str, text: str, limit: int) -> str:
        line = clean_line(text, len(text))
        if len(line) <= limit:
            return line
        self._find(cells, name, too_long(len(line), limit))
        return line[:limit]

    def _read(self, cells: Mapping[str, int], name: str, reader: Callable[[Cell], Any]) -> Any:
        """None for an empty cell, and for one that cannot be read."""
        if name not in cells or self._cell(cells[name]).is_blank:
            return None
        try:
            return reader(self._cell(cells[name]))
        except NotRead as fault:
            self._find(cells, name, str(fault))
            return None

    def _choice(self, cells: Mapping[str, int], name: str, choices: Any) -> str:
        return self._read(cells, name, lambda cell: read_choice(choices, text_of(cell))) or ""

    def _moment(self, cell: Cell) -> MomentCard | None:
        moment = moment_in(cell)
        if moment is not None and len(moment.wording) > MOMENT_LIMIT:
            raise NotRead(_("This is too long for a date. Write it as 31.12.2027, or “by autumn 2027”."))
        return moment

    def _amount(self, cells: Mapping[str, int], name: str, fields: dict[str, str]) -> str | None:
        amount = self._read(cells, name, lambda cell: read_amount(cell, self._marks.get(name, "")))
        if amount is None:
            return None
        value = number_as_text(amount.value)
        if amount.unit and not fields["unit"]:
            fields["unit"] = amount.unit
        elif amount.unit and plain_unit(amount.unit) != plain_unit(fields["unit"]):
            units = {"unit": amount.unit, "other": fields["unit"]}
            self._find(cells, name, _("The unit here is “%(unit)s”, and “%(other)s” in its column.") % units)
        if amount.is_unsure:
            self._warn(cells, name, _("Read as %(value)s. Is that what you mean?") % {"value": value})
        return value

    def _trajectory(self, cell: Cell) -> list[tuple[Any, str]]:
        points = []
        for part in text_of(cell).replace("\n", ";").split(";"):
            if not part.strip():
                continue
            day, _colon, value = part.rpartition(":")
            points.append(
                (read_day(Cell(day.strip())), number_as_text(read_amount(Cell(value.strip())).value))
            )
        return sorted(points)

    def _people(self, cells: Mapping[str, int]) -> dict[str, Any]:
        owner = self._text(cells, "owner")
        key = self._known(owner)
        if owner and not key and self._team:
            self._warn(cells, "owner", _("Nobody of your institution here is called so. The words are kept."))
        names = [name.strip() for name in self._text(cells, "contributors").split(";") if name.strip()]
        found = {name: self._known(name) for name in names}
        others = "; ".join(name for name in names if not found[name])
        return {
            "owner": key,
            "owner_wording": "" if key else self._fitting(cells, "owner", owner, LINES["owner_wording"]),
            "contributors": list(dict.fromkeys(each for each in found.values() if each)),
            "contributors_wording": self._fitting(
                cells, "contributors", others, LINES["contributors_wording"]
            ),
        }

    def _known(self, name: str) -> str | None:
        """The key of a member of the team, by name, by e-mail, or by both as in “Ana <ana@example.org>”."""
        _name, mark, address = name.strip().removesuffix(">").rpartition("<")
        return self._team.get(folded(" ".join((address if mark else name).split())))

    def _links(self, cells: Mapping[str, int], extra: dict[str, str]) -> list[str]:
        """Addresses; other words stay in `extra`."""
        words = self._text(cells, "evidence").replace(";", "\n").split("\n")
        links: list[str] = []
        others: list[str] = []
        for word in filter(None, (each.strip() for each in words)):
            (links if is_address(word) else others).append(word)
        if others:
            extra[self._heading(cells["evidence"])] = "\n".join(others)
            text = _("The words are kept beside the row. If it is a file, attach it again.")
            self._warn(cells, "evidence", text)
        return list(dict.fromkeys(links))

    def _extra(self) -> dict[str, str]:
        """{heading: text} of columns that have no field here."""
        kept: dict[str, str] = {}
        for at, cell in enumerate(self._row.cells):
            if self._meaning(at) == EXTRA and (text := text_of(cell)):
                kept[self._heading(at)] = text
        return kept

    def _meaning(self, at: int) -> str:
        return self._meanings[at] if at < len(self._meanings) else EXTRA

    def _heading(self, at: int) -> str:
        text = self._headings[at] if at < len(self._headings) else ""
        name = text or _("Column %(letters)s") % {"letters": letters(at)}
        is_twice = self._headings.count(text) > 1
        return f"{name} ({letters(at)})" if text and is_twice else name

    def _kind(self, cells: Mapping[str, int], given: Mapping[str, Any]) -> str:
        """Rows without a kind are indicators when they have numbers, else actions."""
        kind = self._choice(cells, "kind", Kind)
        if kind:
            return kind
        return Kind.INDICATOR.value if any(given[name] for name in NUMERIC) else Kind.ACTION.value

    def _keep_numbers_to_indicators(self, kind: str, given: dict[str, Any], extra: dict[str, str]) -> None:
        if kind == Kind.INDICATOR:
            return
        for at, name in enumerate(self._meanings):
            if name in NUMERIC and given[name]:
                extra[self._heading(at)] = text_of(self._cell(at))
                text = _("Only indicators have this. It is kept as it is beside the row.")
                self._warn({name: at}, name, text)
        given.update({name: type(given[name])() if name == "trajectory" else None for name in NUMERIC})
        given.update(unit="", direction="", data_source="", trajectory=[])

    def _check(self, cells: Mapping[str, int], given: dict[str, Any]) -> list[OddityCard]:
        """What does not fit together. Gives what stays odd when the row is imported as it is."""
        if not given["title"]:
            text = _("The title is missing. Say in a few words what will be there or done.")
            self._find(cells, "title", text)
        if given["confidence"] and not given["confidence_why"]:
            self._find(cells, "confidence", _("Say why you judge it so, in the column “Why”."))
        if len(given["confidence_why"]) > WHY_LIMIT:
            self._find(cells, "why", too_long(len(given["confidence_why"]), WHY_LIMIT))
        if len(given["description"]) > ITEM_TEXT_LIMIT:
            sizes = {"length": len(given["description"]), "limit": ITEM_TEXT_LIMIT}
            text = _("This is %(length)d characters long. There is room for %(limit)d when it is changed.")
            self._warn(cells, "description", text % sizes)
        self._check_order(cells, given)
        self._check_range(cells, given)
        oddities = []
        for name in ("start", "due"):
            moment: MomentCard | None = given[name]
            if moment is not None and not moment.precision:
                oddities.append(OddityCard(code=f"{name}_not_understood", values={"wording": moment.wording}))
                self._warn(cells, name, not_understood(moment.wording))
            elif moment is not None and moment.precision == Precision.OPEN:
                self._warn(cells, name, _("This has no end, so it is never overdue."))
        return oddities

    def _check_order(self, cells: Mapping[str, int], given: Mapping[str, Any]) -> None:
        start, due = given["start"], given["due"]
        if start and due and start.since and due.until and due.until < start.since:
            self._find(cells, "due", _("It is due before it starts. Change one of the two dates."))

    def _check_range(self, cells: Mapping[str, int], given: dict[str, Any]) -> None:
        low, high = (Decimal(given[name]) if given[name] else None for name in ("lowest", "highest"))
        if low is not None and high is not None and high < low:
            self._find(cells, "highest", _("The highest value is below the lowest."))
        for name in ("target", "baseline"):
            value = Decimal(given[name]) if given[name] else None
            if value is None:
                continue
            if (low is not None and value < low) or (high is not None and value > high):
                self._find(cells, name, _("This is outside of the lowest and the highest value."))
            elif given["unit"] == "%" and not 0 <= value <= 100:
                self._warn(cells, name, _("This is not between 0 and 100 %. Is that what you mean?"))

    def _flag_formulas(self) -> None:
        for at, cell in enumerate(self._row.cells):
            if cell.is_formula and (meaning := self._meaning(at)) != LEAVE_OUT:
                text = _("Here stands a formula. It is read as text, not computed. Put in the value instead.")
                self._findings.append(self._finding(at, text, is_error=meaning != EXTRA))

    def _find(self, cells: Mapping[str, int], name: str, text: str) -> None:
        at = cells.get(name, -1)
        if not self._cell(at).is_formula:
            self._findings.append(self._finding(at, text, is_error=True, name=name))

    def _warn(self, cells: Mapping[str, int], name: str, text: str) -> None:
        if self._cell(cells.get(name, -1)).is_formula:
            return
        self._findings.append(self._finding(cells.get(name, -1), text, is_error=False, name=name))

    def _finding(self, at: int, text: str, *, is_error: bool, name: str = "") -> Finding:
        column = self._heading(at) if at >= 0 else str(BY_NAME[name].label)
        address = f"{letters(at)}{self._row.number}" if at >= 0 else ""
        return Finding(self._row.number, address, column, text, is_error)
