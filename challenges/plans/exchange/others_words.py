"""What is not the importer's word: states, requests, baselines, stocktakes. See the Note [Whose word it is]
in `restoring`."""

from __future__ import annotations

from typing import Any

import msgspec

from challenges.plans.cards import item_card
from challenges.plans.events import PlanSnapshot, ReadingCard
from challenges.plans.exchange.document import PlanDocument, RequestData, ReviewData, SnapshotData
from challenges.plans.exchange.made import Made
from challenges.plans.models import Baseline, ChangeRequest, Decision, Plan, PlanStep, Review


def keep_words_of_others(plan: Plan, document: PlanDocument, made: Made) -> None:
    """Everybody's, in their names: of a document that is restored as a whole."""
    for step in document.steps:
        states = {"from_state": step.from_state, "to_state": step.to_state}
        PlanStep.objects.create(plan=plan, **states, by_id=made.signer(step.by), at=step.at, why=step.why)
    for ask in document.requests:
        _request(ask, made)
    for agreed in document.baselines:
        Baseline.objects.create(
            plan=plan,
            number=agreed.number,
            approved_by_id=made.signer(agreed.approved_by),
            at=agreed.at,
            snapshot=_snapshot(agreed.snapshot, made),
        )
    for review in document.reviews:
        _review(plan, review, made)


def _request(ask: RequestData, made: Made) -> None:
    ChangeRequest.objects.create(
        item=made.items[ask.item],
        field=ask.field,
        before=ask.before,
        after=ask.after,
        why=ask.why,
        by_id=made.signer(ask.by),
        at=ask.at,
        state=ask.state,
        answered_by_id=made.someone(ask.answered_by),
        answered_at=ask.answered_at,
        answer_why=ask.answer_why,
    )


def _review(plan: Plan, review: ReviewData, made: Made) -> None:
    row = Review.objects.create(
        plan=plan,
        on=review.on,
        note=review.note,
        by_id=made.signer(review.by),
        at=review.at,
        snapshot=_snapshot(review.snapshot, made),
    )
    for decided in review.decisions:
        Decision.objects.create(
            review=row,
            text=decided.text,
            owner_id=made.people.get(decided.owner or ""),
            due=decided.due,
            done_at=decided.done_at,
        )


def _snapshot(data: SnapshotData, made: Made) -> Any:
    """With the ids of the rows that were made."""
    cards = []
    for each in data.items:
        row = made.items[each.key]
        now = item_card(row, [])
        parent = made.items[each.parent].pk if each.parent else None
        shared = {name: getattr(each, name) for name in now.__struct_fields__ if hasattr(each, name)}
        shared |= {
            "id": row.pk,
            "parent": parent,
            "owner": made.people.get(each.owner or ""),
            "contributors": sorted(made.people[key] for key in each.contributors if key in made.people),
            "progress_by": made.people.get(each.progress_by or ""),
            "recommendation": None,
        }
        cards.append(msgspec.structs.replace(now, **shared))
    readings = [
        ReadingCard(
            id=at,
            item=made.items[reading.item].pk,
            on=reading.on,
            value=reading.value,
            note=reading.note,
            by=made.signer(reading.by),
            at=reading.at,
            corrected_by=made.someone(reading.corrected_by),
            corrected_at=reading.corrected_at,
        )
        for at, reading in enumerate(data.readings, start=1)
    ]
    snapshot = PlanSnapshot(
        title=data.title,
        summary=data.summary,
        starts=data.starts,
        ends=data.ends,
        owner=made.people.get(data.owner or ""),
        items=cards,
        readings=readings,
    )
    return msgspec.to_builtins(snapshot)
