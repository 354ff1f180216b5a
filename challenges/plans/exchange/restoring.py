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
from typing import Any
from zoneinfo import available_timezones

import msgspec
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from challenges.plans.actions.evidence import checked_address
from challenges.plans.exchange.bringing import add_items, finite
from challenges.plans.exchange.document import (
    EvidenceData,
    ItemData,
    PersonData,
    PlanData,
    PlanDocument,
    ReportData,
)
from challenges.plans.exchange.made import Made, checked
from challenges.plans.exchange.others_words import keep_words_of_others
from challenges.plans.exchange.own_words import with_team
from challenges.plans.exchange.parsing import refused
from challenges.plans.links import check_all_later
from challenges.plans.models import (
    Evidence,
    LinkState,
    Period,
    Plan,
    Reading,
    Report,
    ReportEntry,
    ReportState,
    Update,
    Voice,
)
from challenges.plans.queries.due import members_of
from synergy.cohorts.models import Cohort, Seat
from synergy.people.models import Institution, Person


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
        self._made = Made({}, self._people, person, is_whole=is_whole)

    def plan(self) -> Plan:
        document = self._document
        plan = self._plan_row()
        checked([plan])
        if plan.time_zone not in available_timezones():
            raise ValidationError(plan.time_zone)
        plan.save()
        names = {each.key: each.name for each in document.people}
        items = [with_team(self._with_advice(data), self._team, names) for data in document.items]
        if not self._is_whole:
            items = [msgspec.structs.replace(data, progress_by=None) for data in items]
        made = add_items(plan=plan, items=items, people=self._people, person=self._person, now=self._now)
        self._made.items.update(made)
        checked(made.values())
        self._histories()
        proofs = [self._proof(plan, each) for each in document.evidence if each.url]
        check_all_later([row for row in proofs if row.link_state == LinkState.UNCHECKED])
        self._reports(plan)
        if self._is_whole:
            keep_words_of_others(plan, document, self._made)
        return plan

    def _plan_row(self) -> Plan:
        data, whole = self._document.plan, self._is_whole
        fields: dict[str, Any] = {
            "approved_by_id": self._made.someone(data.approved_by) if data.approved_at else None,
            "approved_at": data.approved_at,
            "state": data.state,
            "consultant_id": self._people.get(data.consultant or ""),
            "created_by_id": self._made.signer(data.created_by),
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
            owner_id=self._owner(data),
            source=data.source,
            **fields,
        )

    def _owner(self, data: PlanData) -> int | None:
        """Who brings it, where nobody else is named who may own it: a plan without an owner is proposed by nobody."""
        if data.owner in self._team:
            return self._people[data.owner]
        return None if self._is_whole else self._person.pk

    def _with_advice(self, data: ItemData) -> ItemData:
        """The recommendation is a row of another cohort: its words stay."""
        if not data.recommendation:
            return data
        extra = {**data.extra, _("Recommendation"): data.recommendation}
        return msgspec.structs.replace(data, recommendation="", extra=extra)

    def _histories(self) -> None:
        readings = [
            Reading(
                item=self._made.items[data.item],
                on=data.on,
                value=finite(data.value),
                note=data.note,
                by_id=self._made.signer(data.by),
                at=data.at,
                corrected_by_id=self._made.someone(data.corrected_by),
                corrected_at=data.corrected_at,
            )
            for data in self._document.readings
        ]
        updates = [
            Update(
                item=self._made.items[data.item],
                progress=data.progress,
                confidence=data.confidence,
                why=data.why,
                by_id=self._made.signer(data.by),
                at=data.at,
            )
            for data in self._document.updates
        ]
        Reading.objects.bulk_create(checked(readings), batch_size=200)
        Update.objects.bulk_create(checked(updates), batch_size=200)

    def _proof(self, plan: Plan, data: EvidenceData) -> Evidence:
        """A link; the content of files is not in a document."""
        row = Evidence(
            plan=plan,
            title=data.title,
            url=checked_address(data.url),
            by_id=self._made.signer(data.by),
            at=data.at,
            link_state=data.link_state if self._is_whole else LinkState.UNCHECKED,
            checked_at=data.checked_at if self._is_whole else None,
        )
        checked([row])
        row.save()
        row.items.set([self._made.items[key] for key in data.items])
        return row

    def _reports(self, plan: Plan) -> None:
        periods: dict[str, Period] = {}
        for data in self._document.periods:
            closed = self._is_whole and data.closed_at is not None
            periods[data.name] = Period(
                plan=plan,
                name=data.name,
                starts=data.starts,
                ends=data.ends,
                closed_by_id=self._made.signer(data.closed_by) if closed else None,
                closed_at=data.closed_at if closed else None,
            )
        checked(periods.values())
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
                "submitted_by_id": self._made.someone(data.submitted_by),
                "submitted_at": data.submitted_at,
                "approved_by_id": self._made.someone(data.approved_by),
                "approved_at": data.approved_at,
                "returned_why": data.returned_why,
            }
        report = Report(
            plan=plan,
            period=period,
            voice=data.voice,
            text=data.text,
            confidence=data.confidence,
            created_by_id=self._made.signer(data.created_by),
            created_at=data.created_at,
            changed_at=self._now,
            **state,
        )
        checked([report])
        report.save()
        entries = [
            ReportEntry(
                report=report,
                item=self._made.items[entry.item],
                progress=entry.progress,
                confidence=entry.confidence,
                evidence=entry.evidence,
                challenges=entry.challenges,
                extra=entry.extra,
            )
            for entry in data.entries
        ]
        ReportEntry.objects.bulk_create(checked(entries), batch_size=200)


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
