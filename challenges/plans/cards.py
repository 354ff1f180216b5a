"""Rows made into the cards that clients hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from challenges.plans.events import (
    AgreedCard,
    BaselineCard,
    Doors,
    EvidenceCard,
    ItemCard,
    MomentCard,
    OddityCard,
    PlanSnapshot,
    PlanStepCard,
    ReadingCard,
    RequestCard,
)
from challenges.plans.models import (
    Baseline,
    ChangeRequest,
    Evidence,
    Item,
    PlanState,
    PlanStep,
    Reading,
)


def number_text(value: Decimal | None) -> str | None:
    """ "17.8" for 17.800000, "1000" for 1E+3; None for None."""
    if value is None:
        return None
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain


def moment_of(item: Item, which: Literal["start", "due"]) -> MomentCard | None:
    """None when nothing was written."""
    wording = getattr(item, f"{which}_wording")
    if not wording:
        return None
    return MomentCard(
        wording=wording,
        since=getattr(item, f"{which}_since"),
        until=getattr(item, f"{which}_until"),
        precision=getattr(item, f"{which}_precision"),
    )


def item_card(row: Item, contributors: Iterable[int] | None = None) -> ItemCard:
    """`contributors`: their ids, when they are known already. Else they are read: prefetch them for lists."""
    people = contributors if contributors is not None else (each.pk for each in row.contributors.all())
    return ItemCard(
        id=row.pk,
        kind=row.kind,
        parent=row.parent_id,
        number=row.number,
        position=row.position,
        title=row.title,
        description=row.description,
        owner=row.owner_id,
        owner_wording=row.owner_wording,
        contributors=sorted(people),
        contributors_wording=row.contributors_wording,
        start=moment_of(row, "start"),
        due=moment_of(row, "due"),
        progress=row.progress,
        confidence=row.confidence,
        confidence_why=row.confidence_why,
        progress_by=row.progress_by_id,
        progress_at=row.progress_at,
        recommendation=row.recommendation_id,
        room=row.room_id,
        oddities=msgspec.convert(row.oddities, list[OddityCard]),
        removed_at=row.removed_at,
        revisions=row.revisions,
        editors=row.editors,
        unit=row.unit,
        direction=row.direction,
        baseline=number_text(row.baseline),
        baseline_on=row.baseline_on,
        target=number_text(row.target),
        lowest=number_text(row.lowest),
        highest=number_text(row.highest),
        trajectory=msgspec.convert(row.trajectory, list[tuple[date, str]]),
        data_source=row.data_source,
    )


def reading_card(row: Reading) -> ReadingCard:
    return ReadingCard(
        id=row.pk,
        item=row.item_id,
        on=row.on,
        value=number_text(row.value) or "0",
        note=row.note,
        by=row.by_id,
        at=row.at,
        corrected_by=row.corrected_by_id,
        corrected_at=row.corrected_at,
    )


def request_card(row: ChangeRequest) -> RequestCard:
    return RequestCard(
        id=row.pk,
        item=row.item_id,
        field=row.field,
        before=row.before,
        after=row.after,
        why=row.why,
        by=row.by_id,
        at=row.at,
        state=row.state,
        answered_by=row.answered_by_id,
        answered_at=row.answered_at,
        answer_why=row.answer_why,
    )


def evidence_card(row: Evidence) -> EvidenceCard:
    """Reads its items: prefetch them for lists."""
    return EvidenceCard(
        id=row.pk,
        items=sorted(each.pk for each in row.items.all()),
        title=row.title,
        url=row.url,
        content_type=row.content_type,
        size=row.size,
        sha256=row.sha256,
        by=row.by_id,
        at=row.at,
        link_state=row.link_state,
        checked_at=row.checked_at,
    )


def step_card(row: PlanStep) -> PlanStepCard:
    return PlanStepCard(
        id=row.pk, from_state=row.from_state, to_state=row.to_state, by=row.by_id, at=row.at, why=row.why
    )


def baseline_card(row: Baseline) -> BaselineCard:
    snapshot = msgspec.convert(row.snapshot, PlanSnapshot)
    items = {
        str(item.id): AgreedCard(title=item.title, start=item.start, due=item.due, target=item.target)
        for item in snapshot.items
    }
    return BaselineCard(number=row.number, approved_by=row.approved_by_id, at=row.at, items=items)


WRITING = [
    "plan.change",
    "item.add",
    "item.change",
    "item.move",
    "item.remove",
    "item.restore",
    "plan.hand_over",
]
PROVING = ["evidence.link", "evidence.assign", "evidence.remove"]
CARRYING_OUT = [
    "item.report",
    "reading.add",
    "reading.correct",
    "reading.remove",
    "request.ask",
    "request.withdraw",
]


def doors_of(state: str) -> Doors:
    """The commands that the rules leave open in this state. The same for all, so that it is part of a fact.

    In an approved plan `item.change`, `item.move` and `item.remove` are for what was not agreed; a request
    changes the rest.
    """
    if state in (PlanState.DRAFT, PlanState.RETURNED):
        return Doors(
            member=[*WRITING, *PROVING],
            lead=["plan.propose", "plan.stop"],
            school=["plan.consult"],
        )
    if state == PlanState.PROPOSED:
        return Doors(
            member=[],
            lead=["plan.withdraw", "plan.stop"],
            school=["plan.approve", "plan.return", "plan.consult"],
        )
    if state == PlanState.APPROVED:
        return Doors(
            member=[*WRITING, *PROVING, *CARRYING_OUT],
            lead=["plan.finish", "plan.stop"],
            school=["request.answer", "plan.stop", "plan.consult"],
        )
    return Doors(member=[], lead=[], school=[])
