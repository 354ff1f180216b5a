"""Public trackers of action plans as documents: nothing of the source is lost, what is odd is flagged.

What has a field goes there; everything else stands in `extra` of its row, each under the source's own name.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from challenges.plans.events import MomentCard, OddityCard
from challenges.plans.exchange.document import (
    EvidenceData,
    ItemData,
    PeriodData,
    PersonData,
    PlanData,
    PlanDocument,
)
from challenges.plans.exchange.tables import refuse
from challenges.plans.models import Kind
from challenges.plans.moments import read_moment
from rooms.text import clean_line, clean_text

_LINK = re.compile(r"\[(?P<title>[^\]]+)\]\((?P<address>[^)\s]+)\)")
_RESULTS = re.compile(r"^## (?:Výstupy|Výsledky)[^\n]*\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_PAGES = "https://github.com/otvorenavlada/akcnyplan2015/blob/master"


class SlovakTask(msgspec.Struct, frozen=True):
    path: str
    number: int
    task: str
    responsible: str
    deadline: str
    markdown: str


class CanadianField(msgspec.Struct, frozen=True):
    """One column of the tracker; `choices` of the columns that make the plan: {number: words by language}."""

    datastore_id: str
    label: dict[str, str]
    description: dict[str, str] | None = None
    obligation: str | None = None
    occurrence: str | None = None
    datastore_type: str = ""
    choices: dict[str, Any] | None = None


class CanadianTracker(msgspec.Struct, frozen=True):
    title: str
    fields: list[CanadianField]


def read_tracker(content: bytes, *, person: PersonData, now: datetime) -> PlanDocument:
    """`person` is who imports and signs for the evidence. Raises Refused (`invalid`, field `file`)."""
    try:
        if content.lstrip()[:1] == b"[":
            return slovak_plan(msgspec.json.decode(content, type=list[SlovakTask]), person, now)
        return canadian_plan(msgspec.json.decode(content, type=CanadianTracker))
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, ValueError) as error:
        refuse(f"This is no tracker that is known here: {error}")


def slovak_plan(tasks: list[SlovakTask], person: PersonData, now: datetime) -> PlanDocument:
    """Tasks of otvorenavlada/akcnyplan2015: each is an action; what its page links as results is evidence."""
    proofs: dict[str, EvidenceData] = {}
    for task in tasks:
        for title, address in _results(task, tasks):
            old = proofs.get(address)
            proven = list(dict.fromkeys([*(old.items if old else []), _task_key(task)]))
            kept = old.title if old else title
            proofs[address] = EvidenceData(items=proven, title=kept, url=address, by=person.key, at=now)
    shared = {key for proof in proofs.values() if len(proof.items) > 1 for key in proof.items}
    return PlanDocument(
        plan=PlanData(
            title="Akčný plán Iniciatívy pre otvorené vládnutie 2015",
            language="sk",
            starts=date(2015, 1, 1),
            ends=date(2015, 12, 31),
            time_zone="Europe/Bratislava",
            source="akcnyplan2015",
        ),
        people=[person],
        items=[
            ItemData(
                key=_task_key(task),
                kind=Kind.ACTION.value,
                number=str(task.number),
                title=clean_line(task.task, 500),
                description=clean_text(task.markdown),
                owner_wording=clean_line(task.responsible, 500),
                due=read_moment(task.deadline),
                oddities=list(_slovak_oddities(task, before, is_shared=_task_key(task) in shared)),
                extra={"path": task.path},
                source=f"akcnyplan2015 {task.number}",
            )
            for before, task in zip([0, *(task.number for task in tasks)], tasks, strict=False)
        ],
        evidence=list(proofs.values()),
    )


def canadian_plan(tracker: CanadianTracker) -> PlanDocument:
    """Commitments are objectives; what the tracker cannot say of a row, such as French, stays in `extra`."""
    fields = {field.datastore_id: field for field in tracker.fields}
    levels = (
        ("commitments", Kind.OBJECTIVE),
        ("milestones", Kind.MILESTONE),
        ("indicators", Kind.INDICATOR),
    )
    items = [
        _canadian_item(number, words, kind)
        for name, kind in levels
        for number, words in (fields[name].choices or {}).items()
    ]
    periods = [_quarter(name) for name in fields["reporting_period"].choices or {}]
    return PlanDocument(
        plan=PlanData(
            title=clean_line(tracker.title, 200),
            summary="\n".join(
                _described(field, {name for name, _kind in levels}) for field in tracker.fields
            ),
            starts=periods[0].starts if periods else None,
            ends=periods[-1].ends if periods else None,
            time_zone="America/Toronto",
            source="ogp-nap5-tracker",
        ),
        items=items,
        periods=periods,
    )


def _task_key(task: SlovakTask) -> str:
    return f"task-{task.number}"


def _slovak_oddities(task: SlovakTask, before: int, *, is_shared: bool) -> Iterator[OddityCard]:
    if task.number != before + 1:
        yield OddityCard(code="number_gap", values={"before": str(before), "number": str(task.number)})
    if "," in task.responsible or " v spolupráci " in task.responsible:
        yield OddityCard(code="several_owners", values={"wording": task.responsible})
    if is_shared:
        yield OddityCard(code="evidence_shared", values={})
    moment = read_moment(task.deadline)
    if moment is None or not moment.precision:
        yield OddityCard(code="due_not_understood", values={"wording": task.deadline})


def _results(task: SlovakTask, tasks: list[SlovakTask]) -> Iterator[tuple[str, str]]:
    """Title and address of what is linked as result; a task that points to another one has its results, too."""
    for section in _RESULTS.finditer(task.markdown):
        for link in _LINK.finditer(section["text"]):
            other = next((each for each in tasks if link["address"] == f"../{_folder(each)}"), None)
            if other is not None and other is not task:
                yield from _results(other, [])
            elif link["address"].startswith(("http://", "https://")):
                yield link["title"], link["address"]
            elif "/" not in link["address"]:
                yield link["title"], f"{_PAGES}/{_folder(task)}/{link['address']}"


def _folder(task: SlovakTask) -> str:
    return task.path.rpartition("/")[0]


def _canadian_item(number: str, words: Mapping[str, Any], kind: Kind) -> ItemData:
    due, oddities = _canadian_due(words) if "deadline" in words else (None, list[OddityCard]())
    if kind == Kind.MILESTONE:
        oddities.append(OddityCard(code="no_date", values={}))
    if kind == Kind.INDICATOR:
        oddities.append(OddityCard(code="no_target", values={}))
    in_fields = {"en", "deadline", "lead_dept", "supt_sept"}
    extra = {
        f"title ({name})" if name == "fr" else name: _as_text(each)
        for name, each in words.items()
        if name not in in_fields
    }
    if "deadline" in words:
        extra["deadline (fr)"] = words["deadline"]["fr"]
    return ItemData(
        key=number,
        kind=kind.value,
        parent=number.rpartition(".")[0] or None,
        number=number,
        title=clean_line(words["en"], 500),
        owner_wording=words.get("lead_dept", ""),
        contributors_wording=words.get("supt_sept", ""),
        due=due,
        oddities=oddities,
        extra={name: clean_text(text) for name, text in extra.items()},
        source=f"ogp-nap5-tracker {number}",
    )


def _canadian_due(words: Mapping[str, Any]) -> tuple[MomentCard | None, list[OddityCard]]:
    """The wording decides; the month beside it helps where the wording is not understood, and may differ."""
    wording, month = words["deadline"]["en"], words.get("due_date", "")
    moment = read_moment(wording)
    oddities = []
    if not month:
        oddities.append(OddityCard(code="no_month", values={"wording": wording}))
    if moment is None or not month:
        return moment, oddities
    until = _last_day(month)
    if not moment.precision:
        odd = OddityCard(code="month_of_source", values={"wording": wording, "month": month})
        return MomentCard(wording=wording, since=until.replace(day=1), until=until, precision="month"), [odd]
    if moment.until is None:
        oddities.append(OddityCard(code="open_with_month", values={"wording": wording, "month": month}))
    elif moment.until != until:
        oddities.append(OddityCard(code="dates_differ", values={"wording": wording, "month": month}))
    return moment, oddities


def _quarter(name: str) -> PeriodData:
    """ "2022-03" is what was done in the three months up to the end of March."""
    ends = _last_day(name)
    return PeriodData(name=name, starts=date(ends.year, ends.month - 2, 1), ends=ends)


def _last_day(month: str) -> date:
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, monthrange(year, number)[1])


def _described(field: CanadianField, without_choices: set[str]) -> str:
    """One line of Markdown with all that the tracker says about a column."""
    said = [" / ".join(words.values()) for words in (field.label, field.description) if words]
    kind = ", ".join(filter(None, (field.obligation, field.occurrence, field.datastore_type)))
    lines = [f"- **{field.datastore_id}**: {'. '.join(said)} ({kind})"]
    if field.choices and field.datastore_id not in without_choices:
        for name, words in field.choices.items():
            text = words if isinstance(words, str) else " / ".join(words.values())
            lines.append(f"  - {name}: {text}")
    return "\n".join(lines)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
