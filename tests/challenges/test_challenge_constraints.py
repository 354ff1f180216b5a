"""What the database refuses, whoever writes to it."""

import pytest
from django.db import IntegrityError, transaction

from challenges.models import Challenge, Tag
from tests.factories import NOON
from tests.factories.challenges import make_challenge


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("challenge_state_known", {"state": "lost"}),
        ("challenge_confidentiality_known", {"confidentiality": "world"}),
        ("challenge_language_known", {"language": "xx"}),
        ("challenge_submitted_at_some_time", {"submitted_at": None}),
        ("challenge_submitted_at_some_time", {"state": "draft"}),
    ],
)
def test_challenges(case, name, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Challenge.objects.filter(pk=case.challenge.pk).update(**fields)


def test_an_imported_challenge_is_there_once(case):
    make_challenge(case.cohort, source="board 1")
    make_challenge(source="board 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_challenge(case.cohort, source="board 1")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("step_states_known", {"from_state": "lost", "to_state": "accepted"}),
        ("step_says_why", {"from_state": "submitted", "to_state": "returned"}),
        ("step_says_why", {"from_state": "submitted", "to_state": "closed"}),
    ],
)
def test_steps(case, name, fields):
    case.challenge.steps.create(from_state="submitted", to_state="accepted", by=case.author, at=NOON)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        case.challenge.steps.create(by=case.author, at=NOON, **fields)


def test_tags(case):
    Tag.objects.create(cohort=case.cohort, name="letters")
    for name in ("letters", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tag.objects.create(cohort=case.cohort, name=name)


def test_a_file_is_there_once(case):
    same = {"by": case.author, "at": NOON, "size": 1, "sha256": "0" * 64}
    case.challenge.attachments.create(**same)
    with pytest.raises(IntegrityError), transaction.atomic():
        case.challenge.attachments.create(**same)
