"""Rows made into the cards that clients hold."""

from __future__ import annotations

from collections.abc import Iterable

from challenges.consultations.events import (
    CheckInCard,
    CommitmentCard,
    EntryCard,
    HiddenCard,
    PartCard,
    RecommendationCard,
    RunCard,
)
from challenges.consultations.models import Asked, Commitment, Consultation, Entry, Recommendation
from challenges.consultations.rules import closed_parts, doors_of, is_silent, list_open


def run_card(consultation: Consultation) -> RunCard:
    return RunCard(
        state=consultation.state,
        phase=consultation.phase,
        phase_started_at=consultation.phase_started_at,
        phase_ends_at=consultation.phase_ends_at,
        paused_left=consultation.paused_left,
        is_silent=is_silent(consultation),
        writes=list_open(consultation),
        closed=closed_parts(consultation),
        open=doors_of(consultation),
        started_at=consultation.started_at,
        finished_at=consultation.finished_at,
    )


def part_cards(consultation: Consultation) -> list[PartCard]:
    """In the order of persons' ids. One query."""
    return [PartCard(id=row.person_id, part=row.part) for row in consultation.parts.order_by("person_id")]


def entry_card(row: Entry) -> EntryCard:
    return EntryCard(
        id=row.pk,
        phase=row.phase,
        kind=row.kind,
        text=row.text,
        language=row.language,
        by=row.by_id,
        at=row.at,
        revision=row.revision,
        verdict=row.verdict,
        note=row.note,
    )


def hidden_cards(rows: Iterable[Entry]) -> list[HiddenCard]:
    """How many each has written, in the order of persons' ids."""
    counts: dict[int, int] = {}
    for row in rows:
        counts[row.by_id] = counts.get(row.by_id, 0) + 1
    return [HiddenCard(id=person, count=count) for person, count in sorted(counts.items())]


def commitment_card(row: Commitment) -> CommitmentCard:
    """With its check-ins in the order in which they are asked; prefetch them for many."""
    order = Asked.values
    asked = sorted(row.check_ins.all(), key=lambda each: order.index(each.asked))
    return CommitmentCard(
        id=row.pk,
        text=row.text,
        language=row.language,
        due=row.due,
        by=row.by_id,
        at=row.at,
        check_ins=[
            CheckInCard(
                id=each.pk,
                asked=each.asked,
                due=each.due,
                outcome=each.outcome,
                answer=each.answer,
                answered_at=each.answered_at,
            )
            for each in asked
        ],
    )


def recommendation_card(row: Recommendation) -> RecommendationCard:
    return RecommendationCard(
        id=row.pk,
        number=row.number,
        text=row.text,
        language=row.language,
        suggestion=row.suggestion_id,
        by=row.by_id,
        at=row.at,
        revision=row.revision,
        state=row.state,
        answer_text=row.answer_text,
        why=row.why,
        answered_by=row.answered_by_id,
        answered_at=row.answered_at,
    )
