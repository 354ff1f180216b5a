from datetime import timedelta

import pytest
from django.core import mail

from synergy.cohorts import actions
from synergy.cohorts.models import Invitation, Role, Seat
from synergy.cohorts.queries import invitation_with
from synergy.live.models import AccessChange
from synergy.live.refusals import Refused
from synergy.people.models import Person
from tests.factories import NOON, make_cohort, make_institution, make_invitation, make_person, make_seat

LATER = NOON + timedelta(days=1)


@pytest.fixture
def organiser(db):
    return make_seat(role=Role.ORGANISER)


def invite(organiser, **fields):
    tokens = []
    offer = {
        "email": "Anna@Office.Example",
        "name": " Anna  Nowak ",
        "role": Role.PARTICIPANT,
        "institution": organiser.institution,
        "is_coordinator": True,
        "language": "pl",
        **fields,
    }
    invitation = actions.invite_person(
        cohort=organiser.cohort,
        by=organiser.person,
        link=lambda token: tokens.append(token) or f"https://synergy.example/invitations/{token}/",
        now=NOON,
        **offer,
    )
    return invitation, tokens


def test_an_invitation_is_mailed_and_only_its_hash_is_kept(organiser, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invitation, tokens = invite(organiser)
    invitation.refresh_from_db()
    [letter], [token] = mail.outbox, tokens
    assert (invitation.email, invitation.name, invitation.sent_at) == (
        "anna@office.example",
        "Anna Nowak",
        NOON,
    )
    assert letter.to == ["anna@office.example"]
    assert f"https://synergy.example/invitations/{token}/" in letter.body
    assert token not in str(Invitation.objects.values().get())
    assert invitation_with(token) == invitation
    assert invitation_with(token + "x") is None


def test_a_mail_that_cannot_be_sent_leaves_the_invitation_to_be_sent_again(
    organiser, settings, django_capture_on_commit_callbacks, caplog
):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    with django_capture_on_commit_callbacks(execute=True):
        invitation, _tokens = invite(organiser)
    invitation.refresh_from_db()
    assert invitation.sent_at is None
    assert "could not be sent" in caplog.text


def test_nobody_is_invited_twice(organiser):
    invite(organiser)
    with pytest.raises(Refused) as refused:
        invite(organiser, email="anna@office.example")
    assert refused.value.code == "conflict"
    member = make_seat(organiser.cohort)
    with pytest.raises(Refused):
        invite(organiser, email=member.person.email)


def test_sending_again_makes_the_old_link_useless(organiser, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        invitation, tokens = invite(organiser)
    with django_capture_on_commit_callbacks(execute=True):
        actions.send_invitation_again(
            invitation=invitation, link=lambda token: tokens.append(token) or token, now=LATER
        )
    old, new = tokens
    assert invitation_with(old) is None
    found = invitation_with(new)
    assert (found.pk, found.sent_at, found.expires_at) == (
        invitation.pk,
        LATER,
        LATER + actions.INVITATION_HOLDS,
    )
    assert len(mail.outbox) == 2


def accept(invitation, name="Anna Nowak", now=LATER):
    return actions.accept_invitation(invitation=invitation, name=name, time_zone="Europe/Riga", now=now)


def test_accepting_makes_the_person_and_the_seat(organiser):
    invitation = make_invitation(
        organiser.cohort, organiser.person, email="anna@office.example", language="lv", is_coordinator=True
    )
    seat = accept(invitation, name=" Anna   Ozola ")
    person = seat.person
    assert (person.email, person.name, person.language, person.time_zone) == (
        "anna@office.example",
        "Anna Ozola",
        "lv",
        "Europe/Riga",
    )
    assert not person.has_usable_password()
    assert (seat.cohort, seat.institution, seat.role, seat.is_coordinator) == (
        organiser.cohort,
        invitation.institution,
        Role.PARTICIPANT,
        True,
    )
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.seat) == (LATER, seat)
    assert AccessChange.objects.get().person == person.pk


def test_accepting_twice_gives_the_same_seat(organiser):
    invitation = make_invitation(organiser.cohort, organiser.person)
    assert accept(invitation) == accept(invitation)
    assert Seat.objects.filter(cohort=organiser.cohort).count() == 2


def test_a_person_keeps_their_name_and_comes_back_to_an_ended_seat(organiser):
    anna = make_person("Anna Nowak", email="anna@office.example", last_login=NOON)
    ended = make_seat(organiser.cohort, anna, role=Role.OBSERVER, ended_at=NOON)
    invitation = make_invitation(organiser.cohort, organiser.person, email=anna.email)
    seat = accept(invitation, name="Somebody Else")
    anna.refresh_from_db()
    assert (seat.pk, seat.role, seat.ended_at, anna.name) == (ended.pk, Role.PARTICIPANT, None, "Anna Nowak")


@pytest.mark.parametrize(
    "closed", [{"revoked_at": NOON}, {"expires_at": LATER}, {"expires_at": LATER - timedelta(seconds=1)}]
)
def test_what_is_closed_cannot_be_accepted(organiser, closed):
    invitation = make_invitation(organiser.cohort, organiser.person, email="anna@office.example", **closed)
    with pytest.raises(Refused):
        accept(invitation)
    assert not Person.objects.filter(email="anna@office.example").exists()


def test_revoking(organiser):
    invitation = make_invitation(organiser.cohort, organiser.person)
    actions.revoke_invitation(invitation=invitation, now=LATER)
    actions.revoke_invitation(invitation=invitation, now=LATER + timedelta(days=1))
    invitation.refresh_from_db()
    assert invitation.revoked_at == LATER
    with pytest.raises(Refused):
        actions.send_invitation_again(invitation=invitation, link=str, now=LATER)
    accepted = make_invitation(organiser.cohort, organiser.person)
    accept(accepted)
    with pytest.raises(Refused):
        actions.revoke_invitation(invitation=accepted, now=LATER)


def test_ending_a_seat_and_changing_a_role_are_told_to_the_sockets(organiser):
    seat = make_seat(organiser.cohort)
    actions.change_seat(seat=seat, role=Role.FACILITATOR, is_coordinator=True, now=NOON)
    seat.refresh_from_db()
    assert (seat.role, seat.is_coordinator, seat.ended_at) == (Role.FACILITATOR, True, None)
    actions.end_seat(seat=seat, now=LATER)
    actions.end_seat(seat=seat, now=LATER + timedelta(days=1))
    seat.refresh_from_db()
    assert seat.ended_at == LATER
    changes = AccessChange.objects.order_by("pk").values_list("person", "at")
    assert list(changes) == [(seat.person_id, NOON), (seat.person_id, LATER)]


def test_a_seat_that_is_given_back_has_the_role_it_had(organiser):
    seat = make_seat(organiser.cohort, role=Role.FACILITATOR, is_coordinator=True, ended_at=NOON)
    actions.give_seat_back(seat=seat, now=LATER)
    actions.give_seat_back(seat=seat, now=LATER + timedelta(days=1))
    seat.refresh_from_db()
    assert (seat.role, seat.is_coordinator, seat.ended_at) == (Role.FACILITATOR, True, None)
    assert list(AccessChange.objects.values_list("person", "at")) == [(seat.person_id, LATER)]


def test_the_last_organiser_stays(organiser):
    for leave in (
        lambda: actions.end_seat(seat=organiser, now=LATER),
        lambda: actions.change_seat(seat=organiser, role=Role.OBSERVER, is_coordinator=False, now=LATER),
    ):
        with pytest.raises(Refused):
            leave()
    make_seat(organiser.cohort, role=Role.ORGANISER, ended_at=NOON)
    make_seat(role=Role.ORGANISER)
    with pytest.raises(Refused):
        actions.end_seat(seat=organiser, now=LATER)
    make_seat(organiser.cohort, role=Role.ORGANISER)
    actions.end_seat(seat=organiser, now=LATER)


def test_giving_a_seat_that_is_there_changes_nothing(organiser):
    seat = actions.give_seat(
        cohort=organiser.cohort,
        person=organiser.person,
        institution=make_institution(),
        role=Role.OBSERVER,
        now=LATER,
    )
    assert (seat.role, seat.institution) == (Role.ORGANISER, organiser.institution)
    assert make_cohort().seats.count() == 0
