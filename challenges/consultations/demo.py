"""The consultations of the demonstration: one that is finished and half answered, and one that goes on now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from challenges.consultations import actions
from challenges.consultations.models import Answer, Consultation, Part, RunState, Verdict, Writes
from challenges.consultations.queries import consultation_for
from challenges.groups.demo import DAY, FACILITATOR
from challenges.groups.models import TaskGroup
from challenges.models import Challenge
from synergy.cohorts.models import Cohort
from synergy.people.models import Person

FINISHED_BY, RUNS_BY = "lubica.horvathova", "peterne.boros"
"""Whose groups consult."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Line:
    """An entry of a peer; `verdict` and `note` are the case giver's."""

    kind: str
    text: str
    verdict: str = ""
    note: str = ""


FINISHED = (
    Line(Writes.QUESTIONS, "Do the superiors know which day their people come back from the course?"),
    Line(
        Writes.QUESTIONS, "Who signs the order to take part, and does that person hear anything afterwards?"
    ),
    Line(
        Writes.SUGGESTIONS,
        "Ask the superior for one sentence before the course: what shall be different when they come back?",
        Verdict.TAKE,
        "With the letter of invitation, from May on.",
    ),
    Line(
        Writes.SUGGESTIONS,
        "Begin with two ministries that send people every month, and show the others after half a year.",
        Verdict.TAKE,
    ),
    Line(
        Writes.SUGGESTIONS,
        "Meet online for an hour after six weeks, participant and superior together.",
        Verdict.THINK,
        "Our trainers would need the time for it.",
    ),
    Line(Writes.SUGGESTIONS, "Make the course three days long.", Verdict.LEAVE, "It has to stay at two."),
)
RUNNING = (
    Line(Writes.QUESTIONS, "Who reads the proposals now, and how often?"),
    Line(Writes.QUESTIONS, "What happened to the three that you carried out?"),
    Line(Writes.HYPOTHESES, "Nobody answers because an answer would be a promise."),
    Line(Writes.HYPOTHESES, "The prize made a proposal something to win, no longer something to solve."),
    Line(
        Writes.SUGGESTIONS,
        "Let the head of unit answer in the weekly meeting, in one sentence: yes, no, when.",
    ),
    Line(Writes.SUGGESTIONS, "Put the open proposals on the wall of the front desk, with a name and a date."),
    Line(
        Writes.SUGGESTIONS,
        "Begin with the nine that were answered: ask what those who wrote them think today.",
    ),
)
RECOMMENDATIONS = (
    "Ask each superior for one sentence before the course: what shall be different afterwards?",
    "Try it for half a year with two ministries that send people every month, and publish what came of it.",
    "Send the superior a copy of the personal action plan on the last day.",
)


def hold_consultations(
    cohort: Cohort, people: dict[str, Person], at: Callable[[int, str], datetime], now: datetime
) -> None:
    """Those that are there stay; the one that goes on gets more time when its step is over."""
    lead = people[FACILITATOR]
    there = Consultation.objects.filter(challenge__cohort=cohort)
    if there.exists():
        for row in there.filter(state=RunState.RUNNING, phase_ends_at__lt=now):
            _Run(lead, row.pk).lead(actions.extend_phase, now, minutes=20, days=0)
        return
    if group := _group_of(cohort, people[FINISHED_BY]):
        _finish(_plan(lead, group, "kollegiale_beratung", at(DAY, "09:15")), at(DAY, "09:20"), now)
    if group := _group_of(cohort, people[RUNS_BY]):
        begun = now - 32 * MINUTE
        _Run(lead, _plan(lead, group, "kollegiale_beratung_jena", begun).pk).go_through(
            RUNNING, begun, until=6
        )


class _Run:
    """Takes a consultation through its steps, each in its time."""

    def __init__(self, lead: Person, pk: int) -> None:
        self._lead, self.pk = lead, pk
        row = Consultation.objects.get(pk=pk)
        self.giver = row.parts.get(part=Part.CASE_GIVER).person
        members = row.group.memberships.select_related("person").order_by("person_id")
        self.peers = [each.person for each in members if each.person_id != self.giver.pk]
        self.entries: dict[str, int] = {}
        """{text: id}"""

    def seen_by(self, person: Person) -> Consultation:
        consultation = consultation_for(person, self.pk)
        assert consultation is not None
        return consultation

    def lead(self, action: Callable[..., object], now: datetime, **fields: int) -> None:
        seen = self.seen_by(self._lead)
        action(person=self._lead, consultation=seen, phase=seen.phase, now=now, **fields)

    def go_through(self, lines: tuple[Line, ...], begun: datetime, until: int) -> datetime:
        """To the step with this index; gives the time at which it began. What is silent there is shown."""
        actions.start_consultation(person=self._lead, consultation=self.seen_by(self._lead), now=begun)
        phases, moment = self.seen_by(self._lead).protocol["phases"], begun
        for number, phase in enumerate(phases[: until + 1]):
            self._write([line for line in lines if line.kind == phase["writes"]], number, moment)
            if number < until:
                moment += phase["minutes"] * MINUTE
                self.lead(actions.next_phase, moment)
        if phases[until]["silent_first"]:
            self.lead(actions.reveal_entries, moment + MINUTE)
        return moment

    def _write(self, lines: list[Line], phase: int, moment: datetime) -> None:
        for number, line in enumerate(lines):
            peer = self.peers[number % len(self.peers)]
            added = actions.add_entry(
                person=peer,
                consultation=self.seen_by(peer),
                phase=phase,
                kind=line.kind,
                text=line.text,
                language="en",
                now=moment + (number + 1) * MINUTE / 3,
            )
            self.entries[line.text] = added.entry.id


def _plan(lead: Person, group: TaskGroup, protocol: str, now: datetime) -> Consultation:
    return actions.plan_consultation(person=lead, group=group, protocol=protocol, now=now)


def _finish(planned: Consultation, begun: datetime, now: datetime) -> None:
    """Judged, with commitments and recommendations, of which one waits for its answer."""
    run = _Run(planned.planned_by, planned.pk)
    closing = run.go_through(FINISHED, begun, until=5)
    giver = run.giver
    for line in FINISHED:
        if line.verdict:
            actions.judge_entry(
                person=giver,
                consultation=run.seen_by(giver),
                entry=run.entries[line.text],
                verdict=line.verdict,
                note=line.note,
                base=0,
                now=closing + MINUTE,
            )
    _commit(
        run, giver, "Do konca marca prepíšem pozvánku a pridám otázku pre nadriadených.", "sk", closing, 45
    )
    _commit(run, run.peers[0], "I send you the letter that we use at home.", "en", closing, 7)
    given = _recommend(run, closing + 5 * MINUTE)
    run.lead(actions.finish_consultation, closing + 8 * MINUTE)
    later = closing + timedelta(hours=5)
    _answer(run, given[0], Answer.ACCEPTED, "We begin with the invitations for May.", "", min(later, now))
    why = "The plan belongs to the participant. We would lose the trust that makes people write openly."
    _answer(run, given[2], Answer.DECLINED, "", why, min(later + MINUTE, now))


def _commit(run: _Run, person: Person, text: str, language: str, now: datetime, days: int) -> None:
    due = (now + timedelta(days=days)).date()
    seen = run.seen_by(person)
    actions.make_commitment(
        person=person, consultation=seen, text=text, language=language, due=due, now=now + 2 * MINUTE
    )


def _recommend(run: _Run, now: datetime) -> list[int]:
    taken = [run.entries[line.text] for line in FINISHED if line.verdict == Verdict.TAKE]
    return [
        actions.write_recommendation(
            person=run.peers[number % len(run.peers)],
            consultation=run.seen_by(run.peers[number % len(run.peers)]),
            text=text,
            language="en",
            suggestion=taken[number] if number < len(taken) else None,
            now=now + number * MINUTE / 2,
        ).pk
        for number, text in enumerate(RECOMMENDATIONS)
    ]


def _answer(run: _Run, recommendation: int, state: str, text: str, why: str, now: datetime) -> None:
    actions.answer_recommendation(
        person=run.giver,
        consultation=run.seen_by(run.giver),
        recommendation=recommendation,
        state=state,
        text=text,
        why=why,
        base=0,
        now=now,
    )


def _group_of(cohort: Cohort, author: Person) -> TaskGroup | None:
    challenges = Challenge.objects.filter(cohort=cohort, created_by=author)
    return TaskGroup.objects.filter(challenge__in=challenges, room__isnull=False).first()
