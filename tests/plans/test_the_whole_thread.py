"""From a challenge to the report on what was done, and back, by the links that stand on the pages alone."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from challenges.consultations.models import Answer, Consultation, Recommendation, RunState
from challenges.models import Challenge, State
from challenges.plans.models import Evidence, Kind, Period, Plan, PlanState, Report, ReportEntry
from tests.factories import NOON
from tests.factories.consultations import make_consultation
from tests.factories.plans import make_item

pytestmark = pytest.mark.once

DAY = date(2026, 3, 31)


@pytest.fixture
def run(db):
    """A consultation that is over; its advice became an objective, whose milestone is proved and reported on."""
    run = make_consultation()
    Challenge.objects.filter(pk=run.challenge.pk).update(state=State.ANSWERED)
    Consultation.objects.update(state=RunState.FINISHED, finished_at=NOON, phase_ends_at=None)
    said = {"by": run.peer, "at": NOON, "answered_by": run.case_giver, "answered_at": NOON, "language": "en"}
    advice = Recommendation.objects.create(
        challenge=run.challenge,
        consultation=run.consultation,
        number=1,
        text="One list for all",
        state=Answer.ACCEPTED,
        **said,
    )
    plan = Plan.objects.create(
        cohort=run.challenge.cohort,
        institution=run.challenge.institution,
        challenge=run.challenge,
        title="One list",
        state=PlanState.APPROVED,
        approved_at=NOON,
        approved_by=run.facilitator,
        owner=run.case_giver,
        created_by=run.case_giver,
        created_at=NOON,
        changed_at=NOON,
    )
    objective = make_item(plan, Kind.OBJECTIVE, recommendation=advice)
    run.milestone = make_item(
        plan, parent=objective, progress="complete", due=DAY, title="The rule is signed"
    )
    run.indicator = make_item(
        plan, Kind.INDICATOR, parent=objective, unit="days", direction="down", title="Days"
    )
    proof = Evidence.objects.create(
        plan=plan, title="Rule 4", url="https://example.org/rule", by=run.case_giver, at=NOON
    )
    proof.items.add(run.milestone)
    period = Period.objects.create(plan=plan, name="Q1 2026", starts=date(2026, 1, 1), ends=DAY)
    made = {"created_by": run.case_giver, "created_at": NOON, "changed_at": NOON}
    sent = {"submitted_by": run.case_giver, "submitted_at": NOON}
    answered = {"approved_by": run.facilitator, "approved_at": NOON}
    report = Report.objects.create(
        plan=plan, period=period, voice="own", state="approved", **made, **sent, **answered
    )
    ReportEntry.objects.create(report=report, item=run.milestone, progress="complete")
    run.plan, run.report = plan, report
    return run


def test_one_thread_in_both_directions(client, run):
    for person in (run.case_giver, run.colleague, run.facilitator):
        client.force_login(person)
        places = places_of(run)
        of_group = reverse("consultations:of_group", args=[run.group.pk])
        led = {of_group: client.get(of_group).url}
        for way in (FORTH, BACK):
            for here, there in way:
                text = html.unescape(client.get(places[here], follow=True).content.decode())
                links = [link.partition("#")[0] for link in re.findall(r'href="([^"]+)"', text)]
                links = [led.get(link, link) for link in links]
                assert places[there] in links, f"{person.pk} {here} → {there}: {sorted(set(links))}"
                if places[there].startswith("/"):
                    assert client.get(places[there]).status_code == 200


FORTH = [
    ("challenges", "challenge"),
    ("challenge", "group"),
    ("challenge", "consultation"),
    ("challenge", "recommendations"),
    ("group", "consultation"),
    ("consultation", "recommendations"),
    ("recommendations", "plan"),
    ("challenge", "plan"),
    ("plan", "milestone"),
    ("plan", "indicator"),
    ("milestone", "evidence"),
    ("milestone", "report"),
    ("plan", "reports"),
    ("reports", "report"),
]
BACK = [
    ("report", "reports"),
    ("report", "milestone"),
    ("report", "plan"),
    ("milestone", "plan"),
    ("indicator", "plan"),
    ("plan", "recommendations"),
    ("plan", "challenge"),
    ("recommendations", "consultation"),
    ("recommendations", "challenge"),
    ("consultation", "group"),
    ("consultation", "challenge"),
    ("group", "challenge"),
    ("challenge", "challenges"),
]


def places_of(run):
    """Where each thing is: where links must lead, and where they are looked for."""
    mix, plan, challenge = run.group.mix, run.plan, run.challenge.pk
    return {
        "challenges": reverse("challenges:list"),
        "challenge": reverse("challenges:challenge", args=[challenge]),
        "group": reverse("task_groups:day", args=[mix.training_session_id, mix.on]),
        "consultation": reverse("consultations:consultation", args=[run.pk]),
        "recommendations": reverse("consultations:recommendations", args=[challenge]),
        "plan": reverse("plans:plan", args=[plan.pk]),
        "milestone": reverse("plans:item", args=[plan.pk, run.milestone.pk]),
        "indicator": reverse("plans:item", args=[plan.pk, run.indicator.pk]),
        "evidence": "https://example.org/rule",
        "reports": reverse("plan_reports:list", args=[plan.pk]),
        "report": reverse("plan_reports:report", args=[plan.pk, run.report.pk]),
    }
