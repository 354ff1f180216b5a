"""The reports of the demonstration, through the same actions that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from challenges.plans.actions import add_reading, report_item
from challenges.plans.demo.pages import LETTERS
from challenges.plans.models import Plan, Report, Voice
from challenges.plans.queries import plan_for
from challenges.plans.reporting import actions
from challenges.plans.reporting.queries import report_for
from challenges.plans.reporting.shapes import NewDecision
from challenges.plans.timeliness import today_in
from synergy.cohorts.models import Cohort
from synergy.people.models import Person

FACILITATOR, OWNER, COLLEAGUE = "lucia.vargova", LETTERS.by, "krzysztof.lecki"
Entry = dict[str, str]
SAID: dict[str, tuple[str, str, dict[str, Entry]]] = {
    Voice.OWN: (
        (
            "Two departments use the register every day. The guide is late because legal review took longer; "
            "the text is ready."
        ),
        "probable",
        {
            "Register open to two departments": {
                "progress": "complete",
                "evidence": "Finance and Citizens’ affairs work in the register every day.",
            },
            "Staff guide approved": {
                "progress": "substantial",
                "confidence": "probable",
                "challenges": "Legal review takes longer than we planned.",
            },
            "Answer in ten days": {"progress": "limited", "confidence": "highly_likely"},
            "Working days until the answer": {"progress": "substantial"},
        },
    ),
    Voice.SHADOW: (
        "Use is real in one department, partial in the other. Without the guide, the rule depends on two people.",
        "uncertain",
        {
            "Register open to two departments": {
                "progress": "substantial",
                "confidence": "probable",
                "evidence": "Citizens’ affairs works in it every day. In Finance the use is partial: five of nine people.",
            },
            "Staff guide approved": {
                "progress": "substantial",
                "confidence": "in_doubt",
                "challenges": "Nobody at the legal office has a date for it.",
            },
            "Answer in ten days": {
                "progress": "limited",
                "confidence": "probable",
                "evidence": "17.8 days on average is good. The long letters have not become quicker.",
            },
        },
    ),
}
"""voice → (text, confidence, {title of an item: what is said of it})"""


def bring_reports(
    cohort: Cohort, people: dict[str, Person], at: Callable[[int, str], datetime], now: datetime
) -> None:
    """Two periods, both voices on the first, a stocktake, and what came after it. Those that are there stay."""
    row = Plan.objects.filter(cohort=cohort, title=LETTERS.title, periods=None).first()
    if row is None:
        return
    writer = _Writer(row.pk, people, now)
    writer.periods()
    for voice, who in ((Voice.OWN, OWNER), (Voice.SHADOW, LETTERS.consultant)):
        writer.report(voice, people[who])
    writer.stocktake()
    writer.afterwards()


class _Writer:
    def __init__(self, plan: int, people: dict[str, Person], now: datetime) -> None:
        self._pk, self._people, self._now = plan, people, now
        self._items = {item.title: item.pk for item in self._plan(people[OWNER]).items.all()}

    def periods(self) -> None:
        school = self._people[FACILITATOR]
        today = today_in(self._people[OWNER].time_zone, self._now)
        first, second, last = (today + timedelta(days=days) for days in (-105, -14, 75))
        for name, starts, ends in (
            ("First three months", first, second - timedelta(days=1)),
            ("Second three months", second, last),
        ):
            plan = self._plan(school)
            actions.add_period(
                person=school, plan=plan, name=name, starts=starts, ends=ends, now=self._ago(95)
            )

    def report(self, voice: str, person: Person) -> None:
        text, confidence, entries = SAID[voice]
        period = self._plan(person).periods.order_by("starts")[0].pk
        pk = actions.begin_report(
            person=person, plan=self._plan(person), period=period, voice=voice, now=self._ago(14)
        ).pk
        for field, value in (("text", text), ("confidence", confidence)):
            actions.change_report(
                person=person, report=_seen(person, pk), field=field, value=value, base=0, now=self._ago(14)
            )
        for title, fields in entries.items():
            for field, value in fields.items():
                actions.change_entry(
                    person=person,
                    report=_seen(person, pk),
                    item=self._items[title],
                    field=field,
                    value=value,
                    base=0,
                    now=self._ago(14),
                )
        actions.submit_report(person=person, report=_seen(person, pk), now=self._ago(13))
        if voice == Voice.OWN:
            school = self._people[FACILITATOR]
            report = _seen(school, pk)
            assert report.submitted_at is not None
            actions.approve_report(
                person=school, report=report, submitted_at=report.submitted_at, now=self._ago(12)
            )

    def stocktake(self) -> None:
        school = self._people[FACILITATOR]
        today = today_in(self._people[OWNER].time_zone, self._now)
        decisions = [
            NewDecision(
                "Ask the four people in Finance what their own list has that the register has not",
                self._people[COLLEAGUE].pk,
                today + timedelta(days=5),
            ),
            NewDecision(
                "Agree a date with the legal office", self._people[OWNER].pk, today - timedelta(days=6)
            ),
        ]
        review = actions.hold_stocktake(
            person=school,
            plan=self._plan(school),
            note="The two reports differ on Finance. Both are right: every day, but not everybody.",
            decisions=decisions,
            now=self._ago(11),
        )
        owner = self._people[OWNER]
        done = review.decisions.get(owner=owner).pk
        actions.tick_decision(
            person=owner, plan=self._plan(owner), decision=done, is_done=True, now=self._ago(7)
        )

    def afterwards(self) -> None:
        """What has changed since, so that the stocktake has something to be compared with."""
        owner = self._people[OWNER]
        report_item(
            person=owner,
            plan=self._plan(owner),
            item=self._items["Register open to all eight departments"],
            progress="limited",
            confidence="probable",
            why="A third department has begun.",
            now=self._ago(4),
        )
        add_reading(
            person=owner,
            plan=self._plan(owner),
            item=self._items["Working days until the answer"],
            on=today_in(owner.time_zone, self._now) - timedelta(days=3),
            value="17.1",
            note="",
            now=self._ago(2),
        )

    def _plan(self, person: Person) -> Plan:
        plan = plan_for(person, self._pk)
        assert plan is not None
        return plan

    def _ago(self, days: int) -> datetime:
        return self._now - timedelta(days=days)


def _seen(person: Person, pk: int) -> Report:
    report = report_for(person, pk)
    assert report is not None
    return report
