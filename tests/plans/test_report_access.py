"""Who may do what with periods, reports and stocktakes: everybody, through the real commands."""

import pytest
from django.db import transaction
from django.urls import reverse

from challenges.plans.models import Audience, Decision, Period, Plan, Report, Review
from challenges.plans.reporting.commands import REPORT_COMMANDS, REPORTING_COMMANDS
from challenges.plans.reporting.queries import report_for, report_readers, reporting_for, reporting_readers
from synergy.live.models import AccessChange
from synergy.live.refusals import Refused
from tests.factories.plans import make_plan_case
from tests.support.plans import agree, made
from tests.support.reports import begun, report_do, report_made, reporting_do, reporting_made, written

TEAM = {"coordinator", "member", "item_owner", "plan_owner"}
LEADS = {"coordinator", "plan_owner"}
OWN = TEAM | {"own_observer"}
SCHOOL = {"facilitator", "organiser"}
CONSULTANT = {"consultant"}
NEAR = OWN | SCHOOL | CONSULTANT

REPORTING = {
    "period.add": SCHOOL,
    "period.close": SCHOOL,
    "period.reopen": SCHOOL,
    "period.remove": SCHOOL,
    "report.begin": TEAM,
    "stocktake.hold": SCHOOL | CONSULTANT,
    "decision.add": SCHOOL | CONSULTANT,
    "decision.tick": SCHOOL | LEADS | {"member"},
}
# (voice, state) → command → who
OWN_DRAFT = {"report.change": TEAM, "entry.change": TEAM, "entries.add": TEAM, "report.submit": LEADS}
REPORT = {
    ("own", "draft"): {**OWN_DRAFT, "report.withdraw": LEADS},
    ("own", "returned"): OWN_DRAFT,
    ("own", "submitted"): {
        "report.submit": LEADS,
        "report.withdraw": LEADS,
        "report.return": SCHOOL,
        "report.approve": SCHOOL,
    },
    ("own", "approved"): {},
    ("shadow", "draft"): {**dict.fromkeys([*OWN_DRAFT, "report.withdraw"], CONSULTANT)},
    ("shadow", "submitted"): dict.fromkeys(["report.submit", "report.withdraw"], CONSULTANT),
}
SEEN = {
    ("own", "draft"): OWN,
    ("own", "returned"): NEAR,
    ("own", "submitted"): NEAR,
    ("own", "approved"): NEAR | {"peer", "observer"},
    ("shadow", "draft"): CONSULTANT,
    ("shadow", "submitted"): NEAR,
}


@pytest.fixture
def case(db):
    case = agree(make_plan_case(audience=Audience.COHORT))
    reporting_made(case, "facilitator", "period.add", name="Q2 2026", starts="2026-04-01", ends="2026-06-30")
    case.period = Period.objects.get()
    return case


class _Undo(Exception):
    pass


def outcome(run):
    answer = None
    try:
        with transaction.atomic():
            answer = run()
            raise _Undo
    except _Undo:
        return answer.code if isinstance(answer, Refused) else "done"


def test_the_tables_have_every_command():
    assert set(REPORTING) == {command.name for command in REPORTING_COMMANDS}
    assert {name for commands in REPORT.values() for name in commands} == {
        command.name for command in REPORT_COMMANDS
    }


@pytest.mark.once
def test_who_works_on_the_reporting_of_a_plan(case):
    reporting_made(
        case, "facilitator", "stocktake.hold", decisions=[{"text": "Talk", "owner": case.member.pk}]
    )
    stocktake, decision, period = Review.objects.get().pk, Decision.objects.get().pk, case.period.pk
    words = {
        "period.add": {"name": "Q3", "starts": "2026-07-01", "ends": "2026-09-30"},
        "period.close": {"period": period},
        "period.reopen": {"period": period, "why": "So"},
        "period.remove": {"period": period},
        "report.begin": {"period": period, "voice": "own"},
        "stocktake.hold": {"note": "So"},
        "decision.add": {"stocktake": stocktake, "text": "More"},
        "decision.tick": {"decision": decision, "is_done": True},
    }
    wrong = []
    for command, who in REPORTING.items():
        for name in case.people:
            wanted = "done" if name in who else "forbidden" if name in NEAR else "not_found"
            got = outcome(lambda: reporting_do(case, name, command, **words[command]))  # noqa: B023
            if got != wanted:
                wrong.append(f"{name} {command}: {got}, not {wanted}")
    assert wrong == []
    who = {
        name
        for name in case.people
        if outcome(lambda: reporting_do(case, name, "report.begin", period=period, voice="shadow")) == "done"  # noqa: B023
    }
    assert who == CONSULTANT


def in_state(case, voice, state):
    author = "coordinator" if voice == "own" else "consultant"
    report = written(case, author, voice)
    if state != "draft":
        report_made(case, author, report, "report.submit")
    if state == "returned":
        report_made(case, "facilitator", report, "report.return", why="Who?")
    if state == "approved":
        report_made(case, "facilitator", report, "report.approve")
    report.refresh_from_db()
    return report


@pytest.mark.once
@pytest.mark.parametrize(("voice", "state"), list(REPORT))
def test_who_does_what_with_a_report(case, voice, state):
    report = in_state(case, voice, state)
    words = {
        "report.change": {"field": "text", "value": "More", "base": 1},
        "entry.change": {"item": case.first.pk, "field": "progress", "value": "limited", "base": 0},
        "report.return": {"why": "Who?"},
    }
    wrong = []
    for command in {name for commands in REPORT.values() for name in commands}:
        who = REPORT[voice, state].get(command, set())
        for name in case.people:
            got = outcome(lambda: report_do(case, name, report, command, **words.get(command, {})))  # noqa: B023
            if name not in SEEN[voice, state]:
                fits = got == "not_found"
            elif name in who:
                fits = got == "done"
            else:
                fits = got in ("forbidden", "conflict")
            if not fits:
                wrong.append(f"{name} {command} in {voice} {state}: {got}")
    assert wrong == []


@pytest.mark.parametrize(("voice", "state"), list(REPORT))
def test_who_reads_and_follows_a_report(case, voice, state):
    report = in_state(case, voice, state)
    keys = {person.pk: name for name, person in case.people.items()}
    found = {name for name, person in case.people.items() if report_for(person, report.pk)}
    followers = {keys[pk] for pk in report_readers(report.pk, keys)}
    assert (found, followers) == (SEEN[voice, state], SEEN[voice, state])


def test_who_follows_the_reporting_and_loses_it(case):
    keys = {person.pk: name for name, person in case.people.items()}
    assert {keys[pk] for pk in reporting_readers(case.plan.pk, keys)} == NEAR
    shadow = begun(case, "consultant", "shadow")
    Plan.objects.update(consultant=case.peer)
    assert reporting_for(case.consultant, case.plan.pk) is None
    assert report_for(case.consultant, shadow.pk) is None
    assert report_for(case.peer, shadow.pk) is not None
    case.member.seats.update(ended_at=case.plan.created_at)
    assert report_readers(begun(case, "coordinator", "own").pk, [case.member.pk, case.coordinator.pk]) == {
        case.coordinator.pk
    }
    assert Report.objects.count() == 2


def test_another_consultant_closes_the_streams_of_the_one_before(case):
    shadow = begun(case, "consultant", "shadow")
    made(case.plan, case.facilitator, "plan.consult", consultant=case.peer.pk)
    assert case.seen_by(case.consultant) is not None  # the plan is open to the cohort
    assert report_readers(shadow.pk, [case.consultant.pk, case.peer.pk]) == {case.peer.pk}
    assert AccessChange.objects.filter(person=case.consultant.pk).exists()


def test_decisions_go_to_those_who_can_open_the_stocktake(case, client):
    for name in (*NEAR, "peer", "observer", "ended", "later_cohort"):
        given = [{"text": f"To {name}", "owner": getattr(case, name).pk}]
        refused = reporting_do(case, "facilitator", "stocktake.hold", decisions=given)
        assert isinstance(refused, Refused) == (name not in NEAR), name
    client.force_login(case.facilitator)
    pages = [reverse("plan_reports:list", args=[case.plan.pk])]
    pages += [reverse("plan_reports:stocktake", args=[case.plan.pk, Review.objects.first().pk])]
    for address in pages:
        offered = {each.id for each in client.get(address).context["people"]}
        assert offered == {getattr(case, name).pk for name in NEAR}
