"""From draft to closed: what each step needs, keeps and tells, and what happens when somebody else was faster."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from challenges.actions import assign_challenge
from challenges.actions.notices import tell_of
from challenges.actions.steps import WHY_LIMIT, missing_in
from challenges.models import Challenge, State
from challenges.queries import challenge_state_of, challenge_stream, challenges_for, cohorts_to_bring_to
from synergy.cohorts.models import Seat
from synergy.live.models import AccessChange
from tests.factories import NOON
from tests.factories.challenges import WORDS, make_challenge
from tests.support.challenges import do
from tests.support.mail import post_goes_out
from tests.support.told import names, told
from tests.support.wall import refusal

LATER = NOON + timedelta(hours=1)


def steps(challenge):
    rows = challenge.steps.order_by("pk")
    return [(row.from_state, row.to_state, row.by_id, row.why) for row in rows]


def state(challenge):
    return Challenge.objects.get(pk=challenge.pk).state


def test_the_way_of_a_challenge_is_kept_with_who_and_why(draft):
    one, author, fiona = draft.challenge, draft.author, draft.facilitator
    do(one, author, "submit")
    do(one, fiona, "return", why="Who opens the letter?")
    do(one, author, "submit")
    do(one, draft.organiser, "accept")
    assert do(one, draft.organiser, "tag", tags=["letters"]) is None
    do(one, author, "close", why="Solved at home.")
    assert do(one, draft.organiser, "tag", tags=["after"]).code in ("conflict", "forbidden")
    assert [tag.name for tag in one.tags.all()] == ["letters"]
    assert steps(one) == [
        ("draft", "submitted", author.pk, ""),
        ("submitted", "returned", fiona.pk, "Who opens the letter?"),
        ("returned", "submitted", author.pk, ""),
        ("submitted", "accepted", draft.organiser.pk, ""),
        ("accepted", "closed", author.pk, "Solved at home."),
    ]
    card = challenge_state_of(author, draft.seen_by(author))
    moved = [event for event in told(challenge_stream(one.pk)) if "step" in event["data"]]
    assert [event["data"]["step"]["id"] for event in moved] == [step.id for step in card.steps]
    assert [event["data"]["state"] for event in moved] == [step.to_state for step in card.steps]


@pytest.mark.parametrize("field", WORDS)
def test_submitting_says_what_is_missing(draft, field):
    Challenge.objects.filter(pk=draft.challenge.pk).update(**{field: " \u200b"})
    refused = do(draft.challenge, draft.author, "submit")
    assert refused.code == "invalid"
    assert list(refused.fields) == [field]
    assert state(draft.challenge) == "draft"
    Challenge.objects.filter(pk=draft.challenge.pk).update(**{field: "Something"})
    assert do(draft.challenge, draft.author, "submit") is None


def test_another_language_needs_a_summary_in_english(draft):
    Challenge.objects.filter(pk=draft.challenge.pk).update(language="pl")
    assert list(do(draft.challenge, draft.author, "submit").fields) == ["summary"]
    Challenge.objects.filter(pk=draft.challenge.pk).update(summary="In short.")
    assert do(draft.challenge, draft.author, "submit") is None


def test_an_empty_draft_lacks_everything_at_once():
    assert list(missing_in(Challenge(language="bg"))) == [*WORDS, "summary"]


@pytest.mark.parametrize("why", ["", " \n", "\u200b"])
@pytest.mark.parametrize("name", ["return", "close"])
def test_returning_and_closing_say_why(case, name, why):
    refused = do(case.challenge, case.facilitator, name, why=why)
    assert (refused.code, list(refused.fields)) == ("invalid", ["why"])
    assert do(case.challenge, case.facilitator, name, why="x" * (WHY_LIMIT + 1)).code == "invalid"
    assert do(case.challenge, case.facilitator, name, why="Because.") is None


@pytest.mark.parametrize(
    ("name", "who"), [("submit", "author"), ("withdraw", "author"), ("accept", "facilitator")]
)
def test_the_same_again_changes_nothing(case, name, who):
    if name == "submit":
        do(case.challenge, case.author, "withdraw")
    first, second = (do(case.challenge, case.people[who], name) for _time in range(2))
    assert first is second is None
    told_once = [event["data"]["state"] for event in told(challenge_stream(case.challenge.pk))]
    assert len(told_once) == len(set(told_once)) == case.challenge.steps.count()


def test_who_is_second_learns_what_the_first_did(case):
    do(case.challenge, case.facilitator, "return", why="Who?")
    for name, fields in (("accept", {}), ("return", {"why": "What?"})):
        late = do(case.challenge, case.organiser, name, **fields)
        assert (late.code, late.present) == ("conflict", {"state": "returned"})
    do(case.challenge, case.author, "submit")
    do(case.challenge, case.organiser, "accept")
    late = do(case.challenge, case.author, "withdraw")
    assert (late.code, late.present) == ("conflict", {"state": "accepted"})
    assert do(case.challenge, case.facilitator, "return", why="What?").code == "conflict"


def test_withdrawing_and_returning_cut_others_off(case):
    do(case.challenge, case.facilitator, "return", why="Who?")
    cut = set(AccessChange.objects.values_list("person", flat=True))
    assert cut == {case.peer.pk}
    do(case.challenge, case.author, "submit")
    AccessChange.objects.all().delete()
    do(case.challenge, case.author, "withdraw")
    cut = set(AccessChange.objects.values_list("person", flat=True))
    assert cut == {case.peer.pk, case.facilitator.pk, case.organiser.pk}
    assert case.seen_by(case.facilitator) is None
    assert case.seen_by(case.colleague)


def test_a_group_gets_it_and_reads_it(case):
    do(case.challenge, case.facilitator, "accept")
    assert case.seen_by(case.participant) is None
    given = {"person": case.facilitator, "now": NOON}
    assign_challenge(challenge=case.seen_by(case.facilitator), peers=[case.participant.pk], **given)
    assert case.seen_by(case.participant)
    assert case.seen_by(case.peer) is None
    assert set(AccessChange.objects.values_list("person", flat=True)) == {case.peer.pk}
    assign_challenge(challenge=case.seen_by(case.facilitator), peers=[case.peer.pk], **given)
    assert case.seen_by(case.peer)
    assert [row[1] for row in steps(case.challenge)] == ["accepted", "assigned"]
    refused = refusal(
        assign_challenge, person=case.author, challenge=case.seen_by(case.author), peers=[], now=NOON
    )
    assert refused.code == "forbidden"


def test_only_what_is_accepted_goes_to_a_group(case):
    seen = case.seen_by(case.facilitator)
    refused = refusal(assign_challenge, person=case.facilitator, challenge=seen, peers=[], now=NOON)
    assert refused.code == "conflict"


def test_tags_are_the_cohorts_own_and_spelt_once(case):
    other = make_challenge(case.cohort)
    do(case.challenge, case.facilitator, "tag", tags=["Citizens", " letters ", "", "LETTERS"])
    do(other, case.organiser, "tag", tags=["citizens"])
    card = challenge_state_of(case.facilitator, case.seen_by(case.facilitator))
    assert card.tags == ["Citizens", "letters"]
    assert [tag.name for tag in other.tags.all()] == ["Citizens"]
    do(case.challenge, case.facilitator, "tag", tags=["letters", "Citizens"])
    assert names(challenge_stream(case.challenge.pk)) == ["challenge.tagged"]
    many = do(case.challenge, case.facilitator, "tag", tags=[f"Tag {number}" for number in range(13)])
    assert (many.code, list(many.fields)) == ("invalid", ["tags"])


@pytest.fixture
def letters(case):
    """The addresses that get a mail from one command, sorted, and the mails."""

    def after(person, name, **fields):
        mail.outbox.clear()
        do(case.challenge, person, name, **fields)
        post_goes_out()
        return sorted(letter.to[0] for letter in mail.outbox), list(mail.outbox)

    return after


def addresses(*people):
    return sorted(person.email for person in people)


def test_those_concerned_get_one_mail_for_each_step(case, letters):
    author, fiona, olga = case.author, case.facilitator, case.organiser
    Seat.objects.filter(person=case.colleague).update(ended_at=NOON)
    assert letters(author, "withdraw") == ([], [])
    to, sent = letters(author, "submit")
    assert to == addresses(fiona, olga)
    assert sent[0].subject == "A challenge waits for you: Who answers the letter?"
    assert f"http://localhost:8000/challenges/{case.challenge.pk}/" in sent[0].body
    assert letters(author, "submit") == ([], [])
    to, sent = letters(fiona, "return", why="Who opens <it> & when?")
    assert to == addresses(author)
    assert "Who opens <it> & when?" in sent[0].body
    letters(author, "submit")
    assert letters(olga, "accept")[0] == addresses(author)
    assert letters(fiona, "accept") == ([], [])
    assert letters(fiona, "close", why="Solved.")[0] == addresses(author, olga)


def test_each_reads_the_mail_in_their_language(case, letters):
    case.organiser.language = "pl"
    case.organiser.save()
    do(case.challenge, case.author, "withdraw")
    _to, sent = letters(case.author, "submit")
    greetings = {letter.to[0]: letter.body.split(",")[0] for letter in sent}
    assert greetings[case.facilitator.email].startswith("Good day")
    assert not greetings[case.organiser.email].startswith("Good day")


def test_a_step_is_told_once(case, letters):
    do(case.challenge, case.author, "withdraw")
    to, _sent = letters(case.author, "submit")
    assert to
    mail.outbox.clear()
    tell_of(case.challenge.steps.latest("pk"), NOON)
    post_goes_out()
    assert not mail.outbox


def test_the_group_and_the_authors_are_told_that_it_is_assigned(case, letters):
    letters(case.facilitator, "accept")
    mail.outbox.clear()
    for _time in range(2):
        assign_challenge(
            person=case.facilitator,
            challenge=case.seen_by(case.facilitator),
            peers=[case.peer.pk],
            now=NOON,
        )
    post_goes_out()
    told = {letter.to[0]: letter.subject for letter in mail.outbox}
    assert told == {
        case.peer.email: "For your task group: Who answers the letter?",
        case.author.email: "A group works on it: Who answers the letter?",
        case.colleague.email: "A group works on it: Who answers the letter?",
    }
    assert len(mail.outbox) == 3


def test_a_refused_step_tells_nobody(draft):
    Challenge.objects.filter(pk=draft.challenge.pk).update(title="")
    do(draft.challenge, draft.author, "submit")
    post_goes_out()
    assert not mail.outbox


def test_a_draft_that_is_dropped_tells_nobody(draft):
    do(draft.challenge, draft.author, "close", why="Not now.")
    post_goes_out()
    assert not mail.outbox
    assert draft.seen_by(draft.facilitator) is None


def test_the_list_begins_with_what_waits(case):
    made = {
        each: make_challenge(case.cohort, state=each, confidentiality="cohort", submitted_at=LATER)
        for each in (State.ACCEPTED, State.SUBMITTED, State.RETURNED)
    }
    own = make_challenge(case.cohort, case.institution, case.author, State.DRAFT)
    for_fiona = [case.challenge, made["submitted"], made["returned"], made["accepted"]]
    assert challenges_for(case.facilitator) == for_fiona
    assert challenges_for(case.author) == [own, case.challenge, made["submitted"], made["accepted"]]
    assert challenges_for(case.peer) == [case.challenge, made["submitted"], made["accepted"]]


def test_participants_bring_to_their_cohorts(case):
    assert cohorts_to_bring_to(case.author) == [case.cohort]
    assert cohorts_to_bring_to(case.facilitator) == cohorts_to_bring_to(case.ended) == []


def count(read):
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def test_a_longer_list_costs_no_more_queries(case):
    def read():
        for each in challenges_for(case.facilitator):
            str(each), each.institution.name, each.cohort.name, [tag.name for tag in each.tags.all()]

    one = count(read)
    for _number in range(2):
        other = make_challenge(case.cohort)
        do(other, case.facilitator, "tag", tags=["One", "Two"])
    assert len(challenges_for(case.facilitator)) == 3
    assert count(read) == one == 4


def test_a_longer_history_costs_no_more_queries(case):
    def read():
        challenge_state_of(case.facilitator, case.seen_by(case.facilitator))

    do(case.challenge, case.facilitator, "return", why="Who?")
    case.challenge.attachments.create(by=case.author, at=NOON, size=1, sha256="0")
    one = count(read)
    do(case.challenge, case.author, "submit")
    do(case.challenge, case.facilitator, "tag", tags=["One", "Two"])
    for name in "12":
        case.challenge.attachments.create(by=case.author, at=NOON, size=1, sha256=name)
    do(case.challenge, case.facilitator, "accept")
    assert count(read) == one
