"""Two people at the same moment, each in a transaction of their own."""

import pytest
from django.core import mail

from challenges.actions import accept_challenge, begin_challenge, change_challenge, return_challenge
from challenges.models import Challenge, State, Step
from challenges.queries import challenge_stream
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.challenges import make_case
from tests.support.challenges import change, do
from tests.support.mail import post_goes_out
from tests.support.together import second_of_two
from tests.support.told import names

pytestmark = pytest.mark.django_db(transaction=True)


def taking_turns(*acts):
    """A function that does something else at each call."""
    waiting = list(acts)
    return lambda: waiting.pop(0)()


def test_two_facilitators_accept_and_it_is_accepted_once():
    case = make_case()
    seen = {person: case.seen_by(person) for person in (case.facilitator, case.organiser)}
    acts = [
        lambda person=person, one=one: accept_challenge(person=person, challenge=one, now=NOON)
        for person, one in seen.items()
    ]
    assert second_of_two(taking_turns(*acts)) is None
    step = Step.objects.get()
    assert (step.by, step.to_state) == (case.facilitator, State.ACCEPTED)
    assert names(challenge_stream(case.challenge.pk)) == ["challenge.moved"]
    post_goes_out()
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([case.author.email, case.colleague.email])


def test_one_accepts_while_the_other_returns():
    case = make_case()
    fiona, olga = case.seen_by(case.facilitator), case.seen_by(case.organiser)
    late = second_of_two(
        taking_turns(
            lambda: accept_challenge(person=case.facilitator, challenge=fiona, now=NOON),
            lambda: return_challenge(person=case.organiser, challenge=olga, why="Who?", now=NOON),
        )
    )
    assert isinstance(late, Refused)
    assert (late.code, late.present) == ("conflict", {"state": "accepted"})
    assert Challenge.objects.get().state == State.ACCEPTED


def test_two_authors_change_one_field():
    case = make_case(State.DRAFT)
    seen = {person: case.seen_by(person) for person in (case.author, case.colleague)}
    acts = [
        lambda person=person, one=one: change_challenge(
            person=person, challenge=one, field="tried", value=f"By {person}", base=0, now=NOON
        )
        for person, one in seen.items()
    ]
    late = second_of_two(taking_turns(*acts))
    assert isinstance(late, Refused)
    assert late.present == {"value": f"By {case.author}", "revision": 1, "by": case.author.pk}


def test_a_submit_while_the_colleague_still_writes():
    case = make_case(State.DRAFT)
    late = second_of_two(
        taking_turns(
            lambda: do(case.challenge, case.author, "submit"),
            lambda: change(case.challenge, case.colleague, "tried", "One sentence more."),
        )
    )
    assert (late.code, late.present) == ("conflict", {"state": "submitted"})
    assert Challenge.objects.get().tried == ""


def test_two_submits_are_one():
    case = make_case(State.DRAFT)
    late = second_of_two(
        taking_turns(
            lambda: do(case.challenge, case.author, "submit"),
            lambda: do(case.challenge, case.colleague, "submit"),
        )
    )
    assert late is None
    assert Step.objects.get().by == case.author
    post_goes_out()
    assert len(mail.outbox) == 2


def test_a_form_sent_twice_makes_one_draft():
    case = make_case()
    second_of_two(lambda: begin_challenge(person=case.author, cohort=case.cohort, now=NOON))
    assert Challenge.objects.count() == 2
