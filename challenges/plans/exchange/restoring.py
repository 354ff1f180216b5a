"""A document made into a plan.

# Note [Whose word it is]

A file can say anything. What a person brings from a file is signed by that person, as a draft: approvals,
baselines, requests, shadow reports and the history of states are the word of others and stay in the file.
Nothing in it excuses from a rule: see `own_words`. Only who runs the server may take a tracker as it is, or
restore all of a plan with everybody's name; persons are found by their e-mail among those of the cohort, and
who is not there is the importer. Who does not work in the institution owns nothing: the name stays as words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import InvalidOperation
from typing import Any, TypeVar
from zoneinfo import available_timezones

import msgspec
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext as _

from challenges.plans.actions.evidence import checked_address
from challenges.plans.cards import item_card
from challenges.plans.events import PlanSnapshot, ReadingCard
from challenges.plans.exchange.bringing import add_items, finite
from challenges.plans.exchange.document import (
    EvidenceData,
    ItemData,
    PersonData,
    PlanDocument,
    ReportData,
    SnapshotData,
)
from challenges.plans.exchange.own_words import with_team
from challenges.plans.exchange.parsing import refused
from challenges.plans.links import check_later
from challenges.plans.models import (
    Baseline,
    ChangeRequest,
    Decision,
    Evidence,
    Item,
    LinkState,
    Period,
    Plan,
    PlanStep,
    Reading,
    Report,
    ReportEntry,
    ReportState,
    Review,
    Update,
    Voice,
)
from challenges.plans.queries.due import members_of
from synergy.cohorts.models import Cohort, Seat
from synergy.people.models import Institution, Person

Row = TypeVar("Row", bound=models.Model)


def restore_plan(
    *,
    document: PlanDocument,
    cohort: Cohort,
    institution: Institution,
    person: Person,
    now: datetime,
    is_whole: bool = False,
) -> Plan:
    """A new plan in the cohort. `is_whole`: with everybody's word, see the Note [Whose word it is].

    Raises Refused (`invalid`): nothing was made.
    """
    try:
        with transaction.atomic():
            return _Restorer(document, cohort, institution, person, now, is_whole=is_whole).plan()
    except ValidationError as error:
        fault = "; ".join(error.messages)[:300]
        raise refused(_("This plan cannot be read: %(fault)s") % {"fault": fault}) from None
    except (IntegrityError, DataError, KeyError, InvalidOperation):
        raise refused(
            _("This plan does not hold together: something in it is there twice or missing.")
        ) from None


class _Restorer:
    """Holds what was made while a document becomes rows."""

    def __init__(
        self,
        document: PlanDocument,
        cohort: Cohort,
        institution: Institution,
        person: Person,
        now: datetime,
        *,
        is_whole: bool,
    ) -> None:
        self._document, self._cohort, self._institution = document, cohort, institution
        self._person, self._now, self._is_whole = person, now, is_whole
        self._people = _found(document.people, cohort, institution, is_whole=is_whole)
        self._team = _team(self._people, cohort, institution)
        self._items: dict[str, Item] = {}

    def plan(self) -> Plan:
        document = self._document
        plan = self._plan_row()
        _checked([plan])
        if plan.time_zone not in available_timezones():
            raise ValidationError(plan.time_zone)
        plan.save()
        names = {each.key: each.name for each in document.people}
        items = [with_team(self._with_advice(data), self._team, names) for data in document.items]
        if not self._is_whole:
            items = [msgspec.structs.replace(data, progress_by=None) for data in items]
        self._items = add_items(
            plan=plan, items=items, people=self._people, person=self._person, now=self._now
        )
        _checked(self._items.values())
        self._histories()
        for each in document.evidence:
            self._proof(plan, each)
        self._reports(plan)
        if self._is_whole:
            self._words_of_others(plan)
        return plan

    def _plan_row(self) -> Plan:
        data, whole = self._document.plan, self._is_whole
        fields: dict[str, Any] = {
            "approved_by_id": self._someone(data.approved_by) if data.approved_at else None,
            "approved_at": data.approved_at,
            "state": data.state,
            "consultant_id": self._people.get(data.consultant or ""),
            "created_by_id": self._signer(data.created_by),
            "created_at": data.created_at or self._now,
            "changed_at": data.changed_at or self._now,
        }
        if not whole:
            fields = {"created_by": self._person, "created_at": self._now, "changed_at": self._now}
        return Plan(
            cohort=self._cohort,
            institution=self._institution,
            title=data.title,
            summary=data.summary,
            language=data.language,
            audience=data.audience,
            starts=data.starts,
            ends=data.ends,
            time_zone=data.time_zone,
            owner_id=self._people[data.owner] if data.owner in self._team else None,
            source=data.source,
            **fields,
        )

    def _with_advice(self, data: ItemData) -> ItemData:
        """The recommendation is a row of another cohort: its words stay."""
        if not data.recommendation:
            return data
        extra = {**data.extra, _("Recommendation"): data.recommendation}
        return msgspec.structs.replace(data, recommendation="", extra=extra)

    def _signer(self, key: str | None) -> int:
        """Who has signed it: the person who is named when all is restored, else the importer."""
        return self._people.get(key or "", self._person.pk) if self._is_whole else self._person.pk

    def _someone(self, key: str | None) -> int | None:
        return self._signer(key) if key else None

    def _histories(self) -> None:
        readings = [
            Reading(
                item=self._items[data.item],
                on=data.on,
                value=finite(data.value),
                note=data.note,
                by_id=self._signer(data.by),
                at=data.at,
                corrected_by_id=self._someone(data.corrected_by),
                corrected_at=data.corrected_at,
            )
            for data in self._document.readings
        ]
        updates = [
            Update(
                item=self._items[data.item],
                progress=data.progress,
                confidence=data.confidence,
                why=data.why,
                by_id=self._signer(data.by),
                at=data.at,
            )
            for data in self._document.updates
        ]
        Reading.objects.bulk_create(_checked(readings), batch_size=200)
        Update.objects.bulk_create(_checked(updates), batch_size=200)

    def _proof(self, plan: Plan, data: EvidenceData) -> None:
        """Links; the content of files is not in a document."""
        if not data.url:
            return
        row = Evidence(
            plan=plan,
            title=data.title,
            url=checked_address(data.url),
            by_id=self._signer(data.by),
            at=data.at,
            link_state=data.link_state if self._is_whole else LinkState.UNCHECKED,
            checked_at=data.checked_at if self._is_whole else None,
        )
        _checked([row])
        row.save()
        row.items.set([self._items[key] for key in data.items])
        if row.link_state == LinkState.UNCHECKED:
            check_later(row)

    def _reports(self, plan: Plan) -> None:
        periods: dict[str, Period] = {}
        for data in self._document.periods:
            closed = self._is_whole and data.closed_at is not None
            periods[data.name] = Period(
                plan=plan,
                name=data.name,
                starts=data.starts,
                ends=data.ends,
                closed_by_id=self._signer(data.closed_by) if closed else None,
                closed_at=data.closed_at if closed else None,
            )
        _checked(periods.values())
        for period in periods.values():
            period.save()
        for report in self._document.reports:
            if self._is_whole or report.voice == Voice.OWN:
                self._report(plan, periods[report.period], report)

    def _report(self, plan: Plan, period: Period, data: ReportData) -> None:
        state: dict[str, Any] = {"state": ReportState.DRAFT}
        if self._is_whole:
            state = {
                "state": data.state,
                "submitted_by_id": self._someone(data.submitted_by),
                "submitted_at": data.submitted_at,
                "approved_by_id": self._someone(data.approved_by),
                "approved_at": data.approved_at,
                "returned_why": data.returned_why,
            }
        report = Report(
            plan=plan,
            period=period,
            voice=data.voice,
            text=data.text,
            confidence=data.confidence,
            created_by_id=self._signer(data.created_by),
            created_at=data.created_at,
            changed_at=self._now,
            **state,
        )
        _checked([report])
        report.save()
        entries = [
            ReportEntry(
                report=report,
                item=self._items[entry.item],
                progress=entry.progress,
                confidence=entry.confidence,
                evidence=entry.evidence,
                challenges=entry.challenges,
                extra=entry.extra,
            )
            for entry in data.entries
        ]
        ReportEntry.objects.bulk_create(_checked(entries), batch_size=200)

    def _words_of_others(self, plan: Plan) -> None:
        for step in self._document.steps:
            PlanStep.objects.create(
                plan=plan,
                from_state=step.from_state,
                to_state=step.to_state,
                by_id=self._signer(step.by),
                at=step.at,
                why=step.why,
            )
        for ask in self._document.requests:
            ChangeRequest.objects.create(
                item=self._items[ask.item],
                field=ask.field,
                before=ask.before,
                after=ask.after,
                why=ask.why,
                by_id=self._signer(ask.by),
                at=ask.at,
                state=ask.state,
                answered_by_id=self._someone(ask.answered_by),
                answered_at=ask.answered_at,
                answer_why=ask.answer_why,
            )
        for agreed in self._document.baselines:
            Baseline.objects.create(
                plan=plan,
                number=agreed.number,
                approved_by_id=self._signer(agreed.approved_by),
                at=agreed.at,
                snapshot=self._snapshot(agreed.snapshot),
            )
        for review in self._document.reviews:
            row = Review.objects.create(
                plan=plan,
                on=review.on,
                note=review.note,
                by_id=self._signer(review.by),
                at=review.at,
                snapshot=self._snapshot(review.snapshot),
            )
            for decided in review.decisions:
                Decision.objects.create(
                    review=row,
                    text=decided.text,
                    owner_id=self._people.get(decided.owner or ""),
                    due=decided.due,
                    done_at=decided.done_at,
                )

    def _snapshot(self, data: SnapshotData) -> Any:
        """With the ids of the rows that were made."""
        cards = []
        for each in data.items:
            row = self._items[each.key]
            now = item_card(row, [])
            parent = self._items[each.parent].pk if each.parent else None
            shared = {name: getattr(each, name) for name in now.__struct_fields__ if hasattr(each, name)}
            shared |= {
                "id": row.pk,
                "parent": parent,
                "owner": self._people.get(each.owner or ""),
                "contributors": sorted(self._people[key] for key in each.contributors if key in self._people),
                "progress_by": self._people.get(each.progress_by or ""),
                "recommendation": None,
            }
            cards.append(msgspec.structs.replace(now, **shared))
        readings = [
            ReadingCard(
                id=at,
                item=self._items[reading.item].pk,
                on=reading.on,
                value=reading.value,
                note=reading.note,
                by=self._signer(reading.by),
                at=reading.at,
                corrected_by=self._someone(reading.corrected_by),
                corrected_at=reading.corrected_at,
            )
            for at, reading in enumerate(data.readings, start=1)
        ]
        snapshot = PlanSnapshot(
            title=data.title,
            summary=data.summary,
            starts=data.starts,
            ends=data.ends,
            owner=self._people.get(data.owner or ""),
            items=cards,
            readings=readings,
        )
        return msgspec.to_builtins(snapshot)


def _found(
    people: Iterable[PersonData], cohort: Cohort, institution: Institution, *, is_whole: bool
) -> Mapping[str, int]:
    """{key: id} of those with a seat in the cohort; of the institution alone unless all is restored."""
    seats = Seat.objects.filter(cohort=cohort, ended_at__isnull=True)
    if not is_whole:
        seats = seats.filter(institution=institution)
    by_email = dict(seats.values_list("person__email", "person_id"))
    found = {person.key: by_email.get(person.email.lower()) for person in people if person.email}
    return {key: pk for key, pk in found.items() if pk is not None}


def _team(people: Mapping[str, int], cohort: Cohort, institution: Institution) -> set[str]:
    """The keys of those who may own something there."""
    members = {
        person for _cohort, _institution, person in members_of([Plan(cohort=cohort, institution=institution)])
    }
    return {key for key, pk in people.items() if pk in members}


def _checked(rows: Iterable[Row]) -> list[Row]:
    """Raises ValidationError where a value is too long or not known; the database looks at the rest."""
    kept = list(rows)
    for row in kept:
        others = [
            field.name
            for field in row._meta.fields
            if field.is_relation or field.null or isinstance(field, models.JSONField)
        ]
        row.clean_fields(exclude=others)
    return kept
