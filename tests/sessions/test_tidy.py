from datetime import timedelta
from io import StringIO

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from rooms.models import ReadMark
from synergy.cohorts.models import Invitation
from synergy.people.models import Person
from tests.factories import make_person, make_seat
from tests.factories.cohorts import make_invitation
from tests.factories.rooms import make_room


def tidy():
    out = StringIO()
    call_command("tidy", stdout=out)
    return out.getvalue()


def sign_in(person):
    client = Client()
    client.force_login(person)
    key = client.session.session_key
    UserSession.objects.create(user=person, session_key=key, ip="127.0.0.1", user_agent="Firefox")
    return key


def test_sessions_that_have_run_out_go(db):
    person = make_person()
    living, ended, lost = (sign_in(person) for _session in range(3))
    Session.objects.filter(session_key=ended).update(expire_date="2026-01-01T00:00Z")
    Session.objects.filter(session_key=lost).delete()
    assert "2 ended sessions" in tidy()
    assert [row.session_key for row in UserSession.objects.all()] == [living]
    assert [row.session_key for row in Session.objects.all()] == [living]


def test_only_people_who_never_came_go(db):
    old = timezone.now() - timedelta(days=8)
    never_came, new = make_person(), make_person()
    has_been_here = make_person(last_login=old)
    has_a_seat = make_seat(ended_at=timezone.now()).person
    Person.objects.exclude(pk=new.pk).update(joined_at=old)
    assert "1 people who never came" in tidy()
    kept = {new, has_been_here, has_a_seat}
    assert kept <= set(Person.objects.all())
    assert not Person.objects.filter(pk=never_came.pk).exists()


def test_invitations_that_nobody_took_and_marks_of_who_left_go_after_half_a_year(db):
    now = timezone.now()
    old, new = now - timedelta(days=190), now - timedelta(days=20)
    room = make_room()
    for ended in (None, new, old):
        seat = make_seat(cohort=room.cohort, created_at=old, ended_at=ended)
        ReadMark.objects.create(person=seat.person, room=room, seq=1, at=old)
    for expires in (old, new):
        make_invitation(created_at=old - timedelta(days=14), expires_at=expires)
    taken = make_invitation(created_at=old - timedelta(days=14), expires_at=old, accepted_at=old, seat=seat)
    assert "1 invitations that nobody took and 1 read marks" in tidy()
    assert not ReadMark.objects.filter(person=seat.person).exists()
    assert set(Invitation.objects.values_list("expires_at", flat=True)) == {old, new}
    assert Invitation.objects.filter(pk=taken.pk).exists()
