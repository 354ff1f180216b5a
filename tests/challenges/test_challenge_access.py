"""The access tables, whole: who reads a challenge, and who may do what with it.

READ: for each state the confidentialities with which the person sees it: G group, C cohort, P programme.
DO: for each command the states in which the person's command changes something: D draft, S submitted,
R returned, A accepted, W worked on, X closed.
"""

import pytest

from challenges.commands import CHALLENGE_COMMANDS
from challenges.models import Attachment, Challenge, Confidentiality, State
from challenges.queries import (
    attachment_for,
    challenge_for,
    challenge_for_each,
    challenge_readers,
    challenge_state_of,
    challenge_stream,
    challenges_for,
)
from synergy.cohorts.models import Role, Seat
from synergy.journal import log
from synergy.live.refusals import Refused
from tests.factories import NOON, make_cohort
from tests.factories.challenges import make_challenge
from tests.support.challenges import do

READ = """
             author colleague own_observer peer participant observer facilitator organiser later_cohort later_colleague ended elsewhere outsider
draft        GCP    GCP       GCP          -    -           -        -           -         -            -               -     -         -
submitted    GCP    GCP       GCP          GCP  CP          CP       GCP         GCP       P            P               -     -         -
returned     GCP    GCP       GCP          -    -           -        GCP         GCP       -            -               -     -         -
accepted     GCP    GCP       GCP          GCP  CP          CP       GCP         GCP       P            P               -     -         -
assigned     GCP    GCP       GCP          GCP  CP          CP       GCP         GCP       P            P               -     -         -
worked_on    GCP    GCP       GCP          GCP  CP          CP       GCP         GCP       P            P               -     -         -
answered     GCP    GCP       GCP          GCP  CP          CP       GCP         GCP       P            P               -     -         -
in_plan      GCP    GCP       GCP          GCP  CP          CP       GCP         GCP       P            P               -     -         -
closed       GCP    GCP       GCP          GCP  CP          CP       GCP         GCP       P            P               -     -         -
closed_draft GCP    GCP       GCP          -    -           -        -           -         -            -               -     -         -
"""
DO = """
          author colleague own_observer peer participant observer facilitator organiser later_cohort later_colleague ended elsewhere outsider
change    DR     DR        -            -    -           -        -           -         -            -               -     -         -
submit    DR     DR        -            -    -           -        -           -         -            -               -     -         -
withdraw  S      S         -            -    -           -        -           -         -            -               -     -         -
return    -      -         -            -    -           -        S           S         -            -               -     -         -
accept    -      -         -            -    -           -        S           S         -            -               -     -         -
tag       -      -         -            -    -           -        SRAW        SRAW      -            -               -     -         -
close     DSRAW  DSRAW     -            -    -           -        SRAW        SRAW      -            -               -     -         -
detach    DR     DR        -            -    -           -        -           -         -            -               -     -         -
"""
STATES = {
    "D": State.DRAFT,
    "S": State.SUBMITTED,
    "R": State.RETURNED,
    "A": State.ACCEPTED,
    "W": State.WORKED_ON,
    "X": State.CLOSED,
}
LEVELS = {"G": Confidentiality.GROUP, "C": Confidentiality.COHORT, "P": Confidentiality.PROGRAMME}
DATA = {
    "change": {"field": "tried", "value": "A longer list.", "base": 0},
    "return": {"why": "Who opens the letter first?"},
    "tag": {"tags": ["letters"]},
    "close": {"why": "It has been solved."},
}


def table(text):
    """[(row, column, cell), …]"""
    head, *rows = [line.split() for line in text.strip().splitlines()]
    for row in rows:
        assert len(row) == len(head) + 1, row
    return [(row[0], column, cell) for row in rows for column, cell in zip(head, row[1:], strict=True)]


def columns(text):
    return text.strip().splitlines()[0].split()


def all_kinds_of(case):
    """{(row, letter): challenge}: one of each state and confidentiality, with the same peer."""
    found = {}
    for row in dict.fromkeys(row for row, _column, _cell in table(READ)):
        for letter, level in LEVELS.items():
            state = State.CLOSED if row == "closed_draft" else State(row)
            fields = {"submitted_at": None} if row == "closed_draft" else {}
            one = make_challenge(
                case.cohort, case.institution, case.author, state, confidentiality=level, **fields
            )
            one.peers.add(case.peer)
            found[row, letter] = one
    return found


def test_the_tables_name_everybody_every_state_and_every_command(case):
    assert columns(READ) == columns(DO) == list(case.people)
    assert {row for row, _column, _cell in table(READ)} == {*State.values, "closed_draft"}
    assert list(dict.fromkeys(row for row, *_rest in table(DO))) == [
        command.name.removeprefix("challenge.") for command in CHALLENGE_COMMANDS
    ]


def test_who_reads_what(case):
    kinds = all_kinds_of(case)
    wrong = []
    for row, column, cell in table(READ):
        for letter in LEVELS:
            seen = challenge_for(case.people[column], kinds[row, letter].pk)
            if (seen is not None) != (letter in cell):
                wrong.append((row, letter, column))
    assert not wrong


def test_lists_streams_and_files_show_the_same_as_pages(case):
    kinds = all_kinds_of(case)
    people = list(case.people.values())
    files = {
        one.pk: Attachment.objects.create(challenge=one, by=case.author, at=NOON, size=1, sha256="0" * 64)
        for one in kinds.values()
    }
    lists = {person.pk: {each.pk for each in challenges_for(person)} for person in people}
    for one in kinds.values():
        seen = {person.pk for person in people if challenge_for(person, one.pk)}
        assert seen
        assert set(challenge_for_each(people, one.pk)) == seen
        assert challenge_readers(one.pk, [person.pk for person in people]) == seen
        assert {person.pk for person in people if attachment_for(person, files[one.pk].pk)} == seen
        assert {person for person, listed in lists.items() if one.pk in listed} == seen


@pytest.mark.once
@pytest.mark.parametrize("command", [command.name.partition(".")[2] for command in CHALLENGE_COMMANDS])
def test_who_may_do_what_when(command, case):
    for row, column, cell in table(DO):
        for letter, state in STATES.items():
            if row == command:
                has_changed = tried(case, case.people[column], command, state)
                assert has_changed == (letter in cell), (command, column, letter)


def tried(case, person, command, state):
    """Whether the command changes something. All refusals that are not about rights or the state are failures."""
    one = make_challenge(case.cohort, case.institution, case.author, state)
    one.peers.add(case.peer)
    data = DATA.get(command, {})
    if command == "detach":
        data = {"file": one.attachments.create(by=case.author, at=NOON, size=1, sha256="0" * 64).pk}
    answer = do(one, person, command, **data)
    has_changed = log.head(challenge_stream(one.pk)) > 0
    if isinstance(answer, Refused):
        assert answer.code in ("forbidden", "not_found", "conflict"), answer
        assert answer.detail
        assert not has_changed
    return has_changed


@pytest.mark.parametrize("letter", STATES)
def test_the_state_names_the_commands_that_are_open(letter, case):
    """What a client shows as possible is what the table says."""
    one = make_challenge(case.cohort, case.institution, case.author, STATES[letter])
    seen = challenge_state_of(case.author, challenge_for(case.author, one.pk))
    assert (seen.author, seen.facilitator) == (True, False)
    for column in ("author", "facilitator"):
        allowed = {row for row, who, cell in table(DO) if who == column and letter in cell}
        assert {*getattr(seen.open, column)} == allowed


def test_who_facilitates_and_is_of_the_institution_sees_its_draft_and_leaves_it_alone(case):
    insider = case.seated("Insider", Role.FACILITATOR, institution=case.institution)
    draft = make_challenge(case.cohort, case.institution, case.author, State.DRAFT)
    assert challenge_for(insider, draft.pk)
    for command in ("change", "submit", "tag", "close"):
        assert do(draft, insider, command, **DATA.get(command, {})).code == "forbidden"
    assert do(case.challenge, insider, "tag", tags=["letters"]) is None


def test_a_seat_that_ends_takes_everything_along(case):
    for name in ("author", "peer", "facilitator"):
        person = case.people[name]
        assert challenge_for(person, case.challenge.pk)
        assert case.challenge in challenges_for(person)
        Seat.objects.filter(person=person).update(ended_at=NOON)
        assert challenge_for(person, case.challenge.pk) is None
        assert challenges_for(person) == []
        assert challenge_readers(case.challenge.pk, [person.pk]) == set()
        assert do(case.challenge, person, "close", why="I leave.").code == "not_found"


def test_an_account_that_is_closed_reads_nothing(case):
    assert challenge_readers(case.challenge.pk, [case.author.pk]) == {case.author.pk}
    case.author.is_active = False
    case.author.save()
    assert challenge_readers(case.challenge.pk, [case.author.pk]) == set()


def test_who_sits_in_two_cohorts_goes_by_the_seat_in_the_right_one(case):
    Challenge.objects.filter(pk=case.challenge.pk).update(confidentiality=Confidentiality.PROGRAMME)
    both = case.seated("In both", Role.FACILITATOR)
    late = make_cohort("Cohort C", case.cohort.edition)
    Seat.objects.create(
        cohort=late, person=both, institution=case.institution, role="participant", created_at=NOON
    )
    assert case.seen_by(both).seat.role == Role.FACILITATOR
    Seat.objects.filter(person=both, cohort=case.cohort).update(ended_at=NOON)
    assert case.seen_by(both).seat.cohort == late
    assert do(case.challenge, both, "accept").code == "forbidden"


def test_another_cohort_learns_only_the_names_of_those_who_wrote(case):
    Challenge.objects.filter(pk=case.challenge.pk).update(confidentiality=Confidentiality.PROGRAMME)
    do(case.challenge, case.facilitator, "accept")
    near = challenge_state_of(case.participant, case.seen_by(case.participant))
    assert str(case.observer.pk) in near.people
    far = challenge_state_of(case.later_cohort, case.seen_by(case.later_cohort))
    assert set(far.people) == {str(case.author.pk), str(case.facilitator.pk)}
