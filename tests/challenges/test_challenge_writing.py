"""The words of a challenge: begun once, written by several together, and what of it the log keeps."""

import pytest
from django.core.files.storage import default_storage

from challenges.actions import attach_file, begin_challenge, detach_file
from challenges.actions.files import FILES_LIMIT
from challenges.actions.writing import CHOICES, FIELDS, LINES, TEXT_LIMIT
from challenges.commands import Field
from challenges.models import Attachment, State
from challenges.queries import challenge_state_of, challenge_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON, make_cohort
from tests.support.challenges import change, do
from tests.support.told import names, told
from tests.support.wall import refusal


@pytest.fixture
def stream(draft):
    return challenge_stream(draft.challenge.pk)


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def attach(case, person=None, content=b"One\nTwo\n", name="list.txt"):
    person = person or case.author
    return attach_file(person=person, challenge=case.seen_by(person), name=name, content=content, now=NOON)


def test_a_draft_is_begun_for_the_institution_of_the_seat(case):
    made = begin_challenge(person=case.colleague, cohort=case.cohort, now=NOON)
    assert (made.institution, made.cohort, made.state) == (case.institution, case.cohort, State.DRAFT)
    assert (made.created_by, made.language, made.confidentiality) == (case.colleague, "en", "group")


def test_a_form_sent_twice_begins_one_draft(case):
    first = begin_challenge(person=case.author, cohort=case.cohort, now=NOON)
    assert begin_challenge(person=case.author, cohort=case.cohort, now=NOON) == first
    assert begin_challenge(person=case.colleague, cohort=case.cohort, now=NOON) != first
    change(first, case.author, "title", "Letters")
    assert begin_challenge(person=case.author, cohort=case.cohort, now=NOON) != first


@pytest.mark.parametrize("who", ["own_observer", "facilitator", "organiser", "ended", "outsider"])
def test_only_participants_begin_one(case, who):
    begun = refusal(begin_challenge, person=case.people[who], cohort=case.cohort, now=NOON)
    assert begun.code == "forbidden"
    assert refusal(begin_challenge, person=case.author, cohort=make_cohort(), now=NOON).code == "forbidden"


def test_every_field_can_be_written(draft, stream):
    assert set(FIELDS) == set(Field.__args__)
    values = {"language": "pl", "confidentiality": "cohort"}
    for field in FIELDS:
        assert change(draft.challenge, draft.author, field, values.get(field, f"New {field}")).revision == 1
    seen = draft.seen_by(draft.colleague)
    assert {field: getattr(seen, field) for field in FIELDS} == {
        field: values.get(field, f"New {field}") for field in FIELDS
    }
    assert seen.editors == dict.fromkeys(FIELDS, draft.author.pk)
    assert len(told(stream)) == len(FIELDS)


def test_two_authors_write_and_nobody_overwrites(draft, stream):
    assert change(draft.challenge, draft.author, "tried", "A shared list.").revision == 1
    late = change(draft.challenge, draft.colleague, "tried", "A meeting.")
    assert late.code == "conflict"
    assert late.present == {"value": "A shared list.", "revision": 1, "by": draft.author.pk}
    assert change(draft.challenge, draft.colleague, "tried", "A shared list.").revision == 1
    assert change(draft.challenge, draft.colleague, "tried", "A list. A meeting.", 1).revision == 2
    assert change(draft.challenge, draft.colleague, "constraints", "No money.").revision == 1
    assert names(stream) == ["challenge.changed"] * 3
    assert draft.seen_by(draft.author).editors == {
        "tried": draft.colleague.pk,
        "constraints": draft.colleague.pk,
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((field, "x" * (limit + 1)) for field, limit in LINES.items()),
        ("situation", "x" * (TEXT_LIMIT + 1)),
        *((field, "unknown") for field in CHOICES),
    ],
)
def test_what_does_not_fit_is_refused(draft, stream, field, value):
    refused = change(draft.challenge, draft.author, field, value)
    assert refused.code == "invalid"
    assert refused.detail
    assert not told(stream)


def test_the_state_is_no_field(draft):
    with pytest.raises(Refused, match="invalid"):
        change(draft.challenge, draft.author, "state", "accepted")


def test_texts_are_cleaned(draft):
    change(draft.challenge, draft.author, "title", "  Two\nlines\u202e ")
    change(draft.challenge, draft.author, "tried", "One\r\n\x00two")
    seen = draft.seen_by(draft.author)
    assert (seen.title, seen.tried) == ("Two lines", "One\ntwo")


def test_the_words_stay_once_it_is_submitted(case):
    refused = change(case.challenge, case.author, "title", "Another one")
    assert (refused.code, refused.present) == ("conflict", {"state": "submitted"})
    do(case.challenge, case.facilitator, "return", why="What for?")
    assert change(case.challenge, case.author, "title", "Another one").revision == 1


def test_what_was_taken_out_before_submitting_is_nowhere_in_the_log(draft, stream, files):
    for base, value in enumerate(["The minister is to blame.", "A letter waits.", "A letter waits long."]):
        change(draft.challenge, draft.author, "situation", value, base)
    first = attach(draft, name="minister.txt")
    detach_file(person=draft.author, challenge=draft.seen_by(draft.author), file=first.pk, now=NOON)
    attach(draft, name="letters.txt", content=b"Kept")
    assert any("minister" in entry.body for entry in log.since(stream, 0, 100))
    do(draft.challenge, draft.author, "submit")
    bodies = [entry.body for entry in log.since(stream, 0, 100)]
    assert not [body for body in bodies if "minister" in body or "waits." in body]
    assert [body for body in bodies if "A letter waits long." in body]
    assert [body for body in bodies if "letters.txt" in body]
    do(draft.challenge, draft.facilitator, "return", why="Whose letter?")
    change(draft.challenge, draft.author, "situation", "My own letter waits.", 3)
    change(draft.challenge, draft.author, "situation", "A citizen's letter waits.", 4)
    do(draft.challenge, draft.author, "submit")
    bodies = [entry.body for entry in log.since(stream, 0, 100)]
    assert not [body for body in bodies if "My own" in body or "waits long" in body]
    assert draft.seen_by(draft.facilitator).situation == "A citizen's letter waits."


def test_a_file_is_kept_once_and_removed_for_good(draft, stream, files):
    row = attach(draft)
    assert attach(draft, draft.colleague, name="again.txt") == row
    (card,) = challenge_state_of(draft.author, draft.seen_by(draft.author)).files
    assert (card.name, card.size, card.by) == ("list.txt", 8, draft.author.pk)
    name = row.file.name
    assert default_storage.exists(name)
    assert isinstance(do(draft.challenge, draft.colleague, "detach", file=row.pk), type(None))
    assert names(stream) == ["challenge.attached", "challenge.detached"]
    assert do(draft.challenge, draft.colleague, "detach", file=row.pk).code == "not_found"


def test_the_bytes_of_a_removed_file_go_with_the_commit(draft, files, django_capture_on_commit_callbacks):
    row = attach(draft)
    name = row.file.name
    with django_capture_on_commit_callbacks(execute=True):
        do(draft.challenge, draft.author, "detach", file=row.pk)
    assert not default_storage.exists(name)


def test_files_have_bounds(draft, files):
    assert refusal(attach, draft, content=b"MZ\x90\x00", name="run.exe").code == "invalid"
    assert refusal(attach, draft, draft.own_observer).code == "forbidden"
    Attachment.objects.bulk_create(
        Attachment(challenge=draft.challenge, by=draft.author, at=NOON, size=1, sha256=f"{number}")
        for number in range(FILES_LIMIT)
    )
    assert refusal(attach, draft).code == "invalid"
    assert default_storage.listdir("") == ([], [])
