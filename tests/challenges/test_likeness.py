"""Which challenges resemble one another, among those that one may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from challenges.likeness import SHOWN, similar_to
from challenges.models import Confidentiality, State, Tag
from tests.factories.challenges import make_challenge


@pytest.fixture
def like(case):
    """Makes a challenge of another institution with this title, which only says what the title says."""

    def make(title, state=State.ACCEPTED, **fields):
        return make_challenge(case.cohort, state=state, title=title, key_question="", **fields)

    return make


@pytest.fixture
def seen(case):
    """What resembles the case, for a person: [(challenge, why), …]"""

    def look(person=None):
        person = person or case.facilitator
        return [(each.challenge, each.why) for each in similar_to(case.seen_by(person), person)]

    return look


def test_shared_words_resemble_whatever_their_endings_case_and_accents(like, seen):
    twice = like("LETTER lists of départments")
    like("A letter to the mayor")
    like("How do we hire people?")
    assert seen() == [(twice, "letter, départments")]


def test_other_alphabets_fold_too(case, like, seen):
    case.challenge.title, case.challenge.key_question = "Обслужване на гражданите", ""
    case.challenge.save()
    bulgarian = like("По-добро ОБСЛУЖВАНЕ за всеки гражданин")
    assert seen() == [(bulgarian, "обслужване, гражданин")]


def test_words_of_every_talk_count_for_nothing(case, like, seen):
    case.challenge.title, case.challenge.key_question = "What should we think about this question?", ""
    case.challenge.save()
    like("What should we know about this question?")
    assert seen() == []


def test_a_tag_connects_languages_and_counts_double(case, like, seen):
    tag = Tag.objects.create(cohort=case.cohort, name="citizens")
    tagged, worded = like("Kto odpowie na pismo?", language="pl"), like("One letter, one answer")
    for one in (case.challenge, tagged):
        one.tags.add(tag)
    case.challenge.title = "The letter and its answer"
    case.challenge.save()
    assert seen() == [(worded, "letter, answer"), (tagged, "citizens")]
    worded.tags.add(tag)
    assert seen() == [(worded, "citizens, letter, answer"), (tagged, "citizens")]


def test_only_what_the_person_may_see_is_shown(case, like, seen):
    hidden = like("Letters of departments")
    shown = like("Letters of departments", confidentiality=Confidentiality.COHORT)
    like("Letters of departments", State.DRAFT)
    assert [one for one, _why in seen()] == [shown, hidden]
    assert [one for one, _why in seen(case.author)] == [shown]


def test_a_few_are_shown_the_newest_of_equals_first(like, seen):
    made = [like("Letters of departments") for _number in range(SHOWN + 2)]
    assert [one for one, _why in seen()] == made[: -SHOWN - 1 : -1]


def test_more_challenges_cost_no_more_queries(case, like):
    def count():
        challenge = case.seen_by(case.facilitator)
        with CaptureQueriesContext(connection) as captured:
            similar_to(challenge, case.facilitator)
        return len(captured)

    like("Letters of departments")
    one = count()
    for _number in range(2):
        like("Letters of departments")
    assert count() == one == 5
