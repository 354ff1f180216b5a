"""Writes the plans of the demonstration, through the same actions that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from challenges.consultations.models import Answer, Recommendation
from challenges.models import Challenge
from challenges.plans import actions
from challenges.plans.demo.pages import PAGES, Page, Row
from challenges.plans.models import Item, Plan
from challenges.plans.queries import plan_for
from challenges.plans.timeliness import today_in
from challenges.queries import challenge_for
from synergy.cohorts.models import Cohort
from synergy.people.models import Person

FACILITATOR = "lucia.vargova"


def bring_plans(
    cohort: Cohort, people: dict[str, Person], at: Callable[[int, str], datetime], now: datetime
) -> None:
    """Some began months ago, one waits for approval. Those that are there stay as they are."""
    if Plan.objects.filter(cohort=cohort).exists():
        return
    for page in PAGES:
        _Writer(cohort, people, page, now).write()
    _go_on_from_consultations(cohort, now)


def _go_on_from_consultations(cohort: Cohort, now: datetime) -> None:
    """What an institution took up of its peers' advice becomes the draft of a plan."""
    taken_up = Recommendation.objects.filter(state__in=[Answer.ACCEPTED, Answer.ADAPTED])
    for challenge in Challenge.objects.filter(cohort=cohort, recommendations__in=taken_up).distinct():
        actions.plan_from_challenge(person=challenge.created_by, challenge=_seen(challenge), now=now)


def _seen(challenge: Challenge) -> Challenge:
    seen = challenge_for(challenge.created_by, challenge.pk)
    assert seen is not None
    return seen


class _Writer:
    """Takes one plan from its first word to where it is today."""

    def __init__(self, cohort: Cohort, people: dict[str, Person], page: Page, now: datetime) -> None:
        self._people, self._page, self._now = people, page, now
        self._owner, self._cohort = people[page.by], cohort
        self._begun = now - timedelta(days=(page.agreed or 3) + 8)
        self._made: list[tuple[Row, Item]] = []

    def write(self) -> None:
        page = self._page
        self._pk = actions.begin_plan(person=self._owner, cohort=self._cohort, now=self._begun).pk
        self._texts()
        self._rows(page.rows, None)
        lead, school = self._owner, self._people[FACILITATOR]
        actions.propose_plan(person=lead, plan=self._plan(lead), now=self._begun + timedelta(days=5))
        if page.consultant:
            consultant = self._people[page.consultant].pk
            moment = self._begun + timedelta(days=6)
            actions.set_consultant(person=school, plan=self._plan(school), consultant=consultant, now=moment)
        if page.agreed is None:
            return
        agreed = self._now - timedelta(days=page.agreed)
        actions.approve_plan(person=school, plan=self._plan(school), now=agreed)
        for row, item in self._made:
            self._carry_out(row, item)

    def _texts(self) -> None:
        page = self._page
        values = {
            "title": page.title,
            "summary": page.summary,
            "language": page.language,
            "audience": page.audience,
            "starts": self._day(page.starts),
            "ends": self._day(page.ends),
        }
        for field, value in values.items():
            plan = self._plan(self._owner)
            actions.change_plan(
                person=self._owner, plan=plan, field=field, value=value, base=0, now=self._begun
            )

    def _rows(self, rows: tuple[Row, ...], parent: int | None) -> None:
        for row in rows:
            due = row.due if isinstance(row.due, str) else self._day(row.due)
            item = actions.add_item(
                person=self._owner,
                plan=self._plan(self._owner),
                kind=row.kind,
                title=row.title,
                parent=parent,
                due=due,
                now=self._begun + timedelta(days=1),
            )
            self._made.append((row, item))
            for field, value in self._fields(row).items():
                self._change(item, field, value)
            self._rows(row.under, item.pk)

    def _fields(self, row: Row) -> dict[str, object]:
        fields: dict[str, object] = dict(row.values)
        if "baseline_on" in row.values:
            fields["baseline_on"] = self._day(int(row.values["baseline_on"]))
        if row.description:
            fields["description"] = row.description
        if row.owner:
            fields["owner"] = self._people[row.owner].pk
        return fields

    def _change(self, item: Item, field: str, value: object) -> None:
        plan, moment = self._plan(self._owner), self._begun + timedelta(days=2)
        actions.change_item(
            person=self._owner, plan=plan, item=item.pk, field=field, value=value, base=0, now=moment
        )

    def _carry_out(self, row: Row, item: Item) -> None:
        person = self._people.get(row.owner, self._owner)
        if row.proof:
            title, text = row.proof
            actions.attach_evidence(
                person=person,
                plan=self._plan(person),
                items=[item.pk],
                name=f"{title}.txt",
                title=title,
                content=text.encode(),
                now=self._ago(row.words[-1].days + 1),
            )
        for word in row.words:
            actions.report_item(
                person=person,
                plan=self._plan(person),
                item=item.pk,
                progress=word.progress,
                confidence=word.confidence,
                why=word.why,
                now=self._ago(word.days),
            )
        for days, value, note in row.readings:
            on = self._today() + timedelta(days=days)
            actions.add_reading(
                person=person,
                plan=self._plan(person),
                item=item.pk,
                on=on,
                value=value,
                note=note,
                now=self._ago(-days - 1),
            )
        if row.wish:
            days, why = row.wish
            actions.ask_for_change(
                person=person,
                plan=self._plan(person),
                item=item.pk,
                field="due",
                value=self._day(days),
                why=why,
                now=self._ago(2),
            )

    def _plan(self, person: Person) -> Plan:
        plan = plan_for(person, self._pk)
        assert plan is not None
        return plan

    def _today(self) -> date:
        return today_in(self._owner.time_zone, self._now)

    def _day(self, days: int) -> str:
        return (self._today() + timedelta(days=days)).isoformat()

    def _ago(self, days: int) -> datetime:
        return self._now - timedelta(days=days)
