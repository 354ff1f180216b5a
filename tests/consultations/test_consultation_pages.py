"""The pages of a consultation: who may open them, planning, and what waits in the threads of the challenge."""

import pytest
from django.urls import reverse

from challenges.consultations.models import Consultation, Recommendation, RunState
from challenges.models import Challenge
from challenges.threads import threads_of
from tests.factories import NOON
from tests.factories.consultations import make_consultation
from tests.support.consultations import do

pytestmark = pytest.mark.once


@pytest.fixture
def visit(client):
    def visit(person, path, **form):
        client.force_login(person)
        return client.post(path, form) if form else client.get(path)

    return visit


def page_of(run):
    return reverse("consultations:consultation", args=[run.pk])


def advise(run, text="Name one person per letter.", **fields):
    return do(run, run.peer, "recommendation.write", text=text, **fields)


ALLOWED = [
    "case_giver",
    "peer",
    "second",
    "colleague",
    "own_observer",
    "facilitator",
    "organiser",
]


def test_who_may_open_it(run, visit):
    status = {name: visit(person, page_of(run)).status_code for name, person in run.people.items()}
    assert status == {name: 200 if name in ALLOWED else 404 for name in run.people}


def test_readable_without_scripts(run, visit):
    run.at(4)
    phases = run.row().protocol["phases"]
    answer = visit(run.peer, page_of(run)).content.decode()
    assert run.challenge.key_question in answer
    assert "Over time since" in answer
    assert f"<bdi>{phases[4]['name']}</bdi>" in answer
    assert answer.count('data-state="done"') == 4
    do(run, run.peer, "recommendation.write", text="Name one person per letter.")
    answer = visit(run.peer, page_of(run)).content.decode()
    assert "Name one person per letter." in answer
    assert "Nothing was written down in it." not in answer


def test_a_script_in_a_text_stays_a_text(run, visit):
    run.challenge.title = "</script><b>"
    run.challenge.save()
    assert "</script><b>" not in visit(run.peer, page_of(run)).content.decode()


@pytest.mark.django_db
def test_planning_leads_to_the_page_and_twice_is_once(visit):
    run = make_consultation(start=False)
    of_group = reverse("consultations:of_group", args=[run.group.pk])
    assert visit(run.peer, of_group).url == page_of(run)
    Consultation.objects.update(state=RunState.FINISHED, finished_at=run.row().planned_at)
    assert visit(run.stranger, of_group).status_code == 404
    assert visit(run.colleague, of_group).url == page_of(run)
    assert visit(run.peer, of_group).url == page_of(run)
    assert f"{of_group}?another" in visit(run.peer, page_of(run)).content.decode()
    assert f"{of_group}?another" not in visit(run.colleague, page_of(run)).content.decode()
    another = of_group + "?another"
    page = visit(run.peer, another)
    assert "Plan a consultation" in page.content.decode()
    hints = {each.card.key: each.size_hint for each in page.context["choices"]}
    assert hints["kollegiale_beratung_jena"] == ""
    assert hints["troika"].startswith("Made for at most 3 people; the group has 4.")
    assert visit(run.peer, another, protocol="nonsense").status_code == 400
    made = visit(run.peer, another, protocol="troika")
    assert made.url != page_of(run)
    assert visit(run.facilitator, of_group, protocol="troika").url == made.url


def test_what_comes_out_stands_with_the_challenge(run):
    def threads(person):
        return [(each.kind, each.state_word) for each in threads_of(person, run.day_challenge(person))]

    run.day_challenge = lambda person: _challenge(run, person)
    assert ("consultation", "Running") in threads(run.peer)
    assert "recommendations" not in dict(threads(run.peer))
    advise(run)
    assert ("recommendations", "0 of 1 answered") in threads(run.case_giver)


def _challenge(run, person):
    from challenges.queries import challenge_for

    return challenge_for(person, run.challenge.pk)


def test_the_institution_answers_on_the_page(run, visit):
    advise(run)
    path = reverse("consultations:recommendations", args=[run.challenge.pk])
    early = visit(run.case_giver, path).content.decode()
    assert "You can answer when the consultation is finished." in early
    assert "The consultation still runs." in early
    assert "Waits for you" not in early
    do(run, run.facilitator, "consultation.finish", phase=run.row().phase)
    late = visit(run.case_giver, path).content.decode()
    assert "Waits for you: 1 recommendation" in late
    assert "still runs" not in late
    row = run.challenge.recommendations.get()
    form = {"recommendation": row.pk, "number": 1, "base": row.revision, "text": "", "why": ""}
    refused = visit(run.case_giver, path, **form, state="declined")
    assert refused.status_code == 400
    assert visit(run.peer, path, **form, state="accepted").status_code == 403
    kept = {
        "number": 2,
        "state": "withdrawn",
        "text": "Ask us",
        "language": "en",
        "by": run.peer,
        "at": row.at,
    }
    back = row.consultation.recommendations.create(challenge=run.challenge, **kept)
    for pk, status, says in ((back.pk, 409, "has been taken back"), (0, 404, "no such recommendation")):
        gone = visit(
            run.colleague, path, **{**form, "recommendation": pk, "why": "Our words"}, state="declined"
        )
        text = gone.content.decode()
        assert (gone.status_code, says in text, "Our words" in text) == (status, True, True)
    assert visit(run.colleague, path, **{**form, "why": "No money"}, state="declined").status_code == 302
    assert "No money" in visit(run.peer, path).content.decode()


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_recommendations(visit, django_assert_max_num_queries):
    run = make_consultation()
    path = reverse("consultations:recommendations", args=[run.challenge.pk])
    advise(run)
    visit(run.peer, path)
    with django_assert_max_num_queries(60) as one:
        visit(run.peer, path)
    for n in range(3):
        advise(run, f"Advice {n}")
    with django_assert_max_num_queries(len(one)):
        visit(run.peer, path)


def test_what_is_taken_up_leads_to_a_plan(run, visit):
    advise(run)
    do(run, run.facilitator, "consultation.finish", phase=run.row().phase)
    row = run.challenge.recommendations.get()
    path = reverse("consultations:recommendations", args=[run.challenge.pk])
    address = f"{reverse('plans:new')}?challenge={run.challenge.pk}"
    assert address not in visit(run.case_giver, path).content.decode()
    challenge = reverse("challenges:challenge", args=[run.challenge.pk])
    assert f'href="{path}">' in visit(run.case_giver, challenge).content.decode()
    answer = {"recommendation": row.pk, "base": row.revision, "state": "accepted", "text": "", "why": ""}
    visit(run.case_giver, path, **answer)
    assert address in visit(run.case_giver, path).content.decode()
    answered = visit(run.case_giver, challenge).content.decode()
    assert address in answered
    assert "Turn what you take up into a plan." in answered
    Challenge.objects.filter(pk=run.challenge.pk).update(state="in_plan")
    assert "It goes on in a plan." in visit(run.case_giver, challenge).content.decode()
    Recommendation.objects.create(
        challenge=run.challenge,
        consultation=run.row(),
        number=2,
        text="Write less.",
        language="en",
        by=run.peer,
        at=NOON,
    )
    assert "some advice of the peers has no answer yet" in visit(run.case_giver, challenge).content.decode()
    assert "has no answer yet" not in visit(run.peer, challenge).content.decode()
    # As long as the peers consult, nothing of theirs can be answered.
    run.at(run.row().phase, state="running", finished_at=None)
    for state in ("answered", "in_plan"):
        Challenge.objects.filter(pk=run.challenge.pk).update(state=state)
        assert "You have answered all advice" not in visit(run.case_giver, challenge).content.decode()
    assert "has no answer yet" not in visit(run.case_giver, challenge).content.decode()
    assert address not in visit(run.peer, path).content.decode()
    assert visit(run.case_giver, address).status_code == 200
