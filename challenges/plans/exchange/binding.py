"""A plan made into a document, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from challenges.plans.cards import item_card, moment_of, reading_card
from challenges.plans.events import ItemCard, OddityCard, PlanSnapshot, ReadingCard
from challenges.plans.exchange.document import (
    BaselineData,
    DecisionData,
    EntryData,
    EvidenceData,
    ItemData,
    PeriodData,
    PersonData,
    PlanData,
    PlanDocument,
    ReadingData,
    ReportData,
    RequestData,
    ReviewData,
    SnapshotData,
    StepData,
    UpdateData,
)
from challenges.plans.exchange.own_words import without_old_flags
from challenges.plans.exchange.shown import Shown
from challenges.plans.models import ChangeRequest, Item, Plan, Report, ReportEntry, Update
from synergy.people.models import Person


def document_of(plan: Plan, *, with_addresses: bool, reader: Person | None = None) -> PlanDocument:
    """The plan, with what the pages show to the `reader`; with all for None. See `Shown`.

    `with_addresses`: the e-mails of people, by which an import finds them again.
    """
    return _Binder(Shown(plan, reader), with_addresses=with_addresses).document()


class _Binder:
    """Holds the rows of one plan while it is bound."""

    def __init__(self, shown: Shown, *, with_addresses: bool) -> None:
        self._shown, self._plan = shown, shown.plan
        self._keys = {item.pk: f"item-{at}" for at, item in enumerate(shown.items, start=1)}
        persons = Person.objects.filter(pk__in=shown.named()).order_by("email")
        self._persons = {
            person.pk: PersonData(
                key=f"person-{at}", name=person.name, email=person.email if with_addresses else ""
            )
            for at, person in enumerate(persons, start=1)
        }

    def document(self) -> PlanDocument:
        items = [self._item(item) for item in self._shown.items]
        evidence = [self._proof(row) for row in self._shown.evidence]
        return PlanDocument(
            plan=self._plan_data(),
            people=list(self._persons.values()),
            items=without_old_flags(items, {key for each in evidence for key in each.items}),
            readings=[self._reading(reading_card(row)) for row in self._shown.readings],
            updates=[self._update(row) for row in self._shown.updates],
            evidence=evidence,
            requests=[self._request(row) for row in self._shown.requests],
            periods=[
                PeriodData(
                    name=row.name,
                    starts=row.starts,
                    ends=row.ends,
                    closed_by=self._who(row.closed_by_id) if self._shown.is_near else None,
                    closed_at=row.closed_at,
                )
                for row in self._shown.periods
            ],
            reports=[self._report(row) for row in self._shown.reports],
            reviews=[self._review(row) for row in self._shown.reviews],
            baselines=[
                BaselineData(
                    number=row.number,
                    approved_by=self._whom(row.approved_by_id),
                    at=row.at,
                    snapshot=self._snapshot(row.snapshot),
                )
                for row in self._shown.baselines
            ],
            steps=[
                StepData(
                    from_state=row.from_state,
                    to_state=row.to_state,
                    by=self._whom(row.by_id),
                    at=row.at,
                    why=row.why,
                )
                for row in self._shown.steps
            ],
        )

    def _who(self, pk: int | None) -> str | None:
        person = self._persons.get(pk or 0)
        return person.key if person else None

    def _whom(self, pk: int) -> str:
        return self._persons[pk].key

    def _plan_data(self) -> PlanData:
        plan = self._plan
        return PlanData(
            title=plan.title,
            summary=plan.summary,
            language=plan.language,
            state=plan.state,
            audience=plan.audience,
            starts=plan.starts,
            ends=plan.ends,
            time_zone=plan.time_zone,
            institution=plan.institution.name,
            country=plan.institution.country,
            owner=self._who(plan.owner_id),
            consultant=self._who(plan.consultant_id),
            created_by=self._who(plan.created_by_id),
            created_at=plan.created_at,
            changed_at=plan.changed_at,
            approved_by=self._who(plan.approved_by_id),
            approved_at=plan.approved_at,
            source=plan.source,
        )

    def _item(self, item: Item) -> ItemData:
        data = self._card(item_card(item))
        return msgspec.structs.replace(
            data,
            extra=item.extra,
            source=item.source,
            recommendation=self._shown.advice_of(item),
            start=moment_of(item, "start"),
            due=moment_of(item, "due"),
        )

    def _card(self, card: ItemCard) -> ItemData:
        """Of a row, or of a snapshot."""
        return ItemData(
            key=self._keys[card.id],
            kind=card.kind,
            parent=self._keys.get(card.parent or 0),
            number=card.number,
            title=card.title,
            description=card.description,
            owner=self._who(card.owner),
            owner_wording=card.owner_wording,
            contributors=sorted(key for pk in card.contributors if (key := self._who(pk))),
            contributors_wording=card.contributors_wording,
            start=card.start,
            due=card.due,
            progress=card.progress,
            progress_by=self._who(card.progress_by),
            progress_at=card.progress_at,
            confidence=card.confidence,
            confidence_why=card.confidence_why,
            unit=card.unit,
            direction=card.direction,
            baseline=card.baseline,
            baseline_on=card.baseline_on,
            target=card.target,
            lowest=card.lowest,
            highest=card.highest,
            trajectory=card.trajectory,
            data_source=card.data_source,
            oddities=[OddityCard(code=odd.code, values=odd.values) for odd in card.oddities],
            removed_at=card.removed_at,
        )

    def _reading(self, card: ReadingCard) -> ReadingData:
        return ReadingData(
            item=self._keys[card.item],
            on=card.on,
            value=card.value,
            note=card.note,
            by=self._whom(card.by),
            at=card.at,
            corrected_by=self._who(card.corrected_by),
            corrected_at=card.corrected_at,
        )

    def _update(self, row: Update) -> UpdateData:
        return UpdateData(
            item=self._keys[row.item_id],
            progress=row.progress,
            confidence=row.confidence,
            why=row.why,
            by=self._whom(row.by_id),
            at=row.at,
        )

    def _proof(self, row: Any) -> EvidenceData:
        return EvidenceData(
            items=[self._keys[pk] for pk in sorted((each.pk for each in row.items.all()), key=self._place)],
            title=row.title,
            url=row.url,
            content_type=row.content_type,
            size=row.size,
            sha256=row.sha256,
            by=self._whom(row.by_id),
            at=row.at,
            link_state=row.link_state,
            checked_at=row.checked_at,
        )

    def _place(self, pk: int) -> int:
        return int(self._keys[pk].removeprefix("item-"))

    def _request(self, row: ChangeRequest) -> RequestData:
        return RequestData(
            item=self._keys[row.item_id],
            field=row.field,
            before=row.before,
            after=row.after,
            why=row.why,
            by=self._whom(row.by_id),
            at=row.at,
            state=row.state,
            answered_by=self._who(row.answered_by_id),
            answered_at=row.answered_at,
            answer_why=row.answer_why,
        )

    def _report(self, row: Report) -> ReportData:
        """Who only reads the plan is not told who wrote it."""
        who = self._who if self._shown.is_near else _nobody
        return ReportData(
            period=row.period.name,
            voice=row.voice,
            state=row.state,
            text=row.text,
            confidence=row.confidence,
            created_by=who(row.created_by_id),
            created_at=row.created_at,
            submitted_by=who(row.submitted_by_id),
            submitted_at=row.submitted_at,
            approved_by=who(row.approved_by_id),
            approved_at=row.approved_at,
            returned_why=row.returned_why,
            entries=self._entries(list(row.entries.all())),
        )

    def _entries(self, rows: Sequence[ReportEntry]) -> list[EntryData]:
        return [
            EntryData(
                item=self._keys[row.item_id],
                progress=row.progress,
                confidence=row.confidence,
                evidence=row.evidence,
                challenges=row.challenges,
                extra=row.extra,
            )
            for row in sorted(rows, key=lambda row: self._place(row.item_id))
        ]

    def _review(self, row: Any) -> ReviewData:
        return ReviewData(
            on=row.on,
            note=row.note,
            by=self._whom(row.by_id),
            at=row.at,
            snapshot=self._snapshot(row.snapshot),
            decisions=[
                DecisionData(
                    text=each.text, owner=self._who(each.owner_id), due=each.due, done_at=each.done_at
                )
                for each in sorted(row.decisions.all(), key=lambda each: each.pk)
            ],
        )

    def _snapshot(self, held: Mapping[str, Any]) -> SnapshotData:
        snapshot = msgspec.convert(held, PlanSnapshot)
        items = sorted(snapshot.items, key=lambda card: self._place(card.id))
        return SnapshotData(
            title=snapshot.title,
            summary=snapshot.summary,
            starts=snapshot.starts,
            ends=snapshot.ends,
            owner=self._who(snapshot.owner),
            items=[self._card(card) for card in items],
            readings=[self._reading(reading) for reading in snapshot.readings],
        )


def _nobody(_pk: int | None) -> None:
    return None
