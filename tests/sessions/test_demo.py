"""The demonstration: made once, moved to today, and open to anyone only when it is one."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from challenges.consultations.models import Consultation, Recommendation, RunState
from challenges.plans.models import ChangeRequest, Decision, Item, Plan, Reading, Report
from challenges.plans.queries import due_for, plan_state_of, plans_for
from challenges.plans.queries.plans import plan_for
from rooms.models import Attachment, Message, Reaction, Room
from rooms.queries import rooms_for
from sessions.demo.build import WARSAW, build_demo, clock_around
from sessions.demo.people import BODIES, GUESTS
from sessions.demo.personas import chosen_personas
from sessions.demo.programme import ACTIVITIES
from sessions.demo.talk import LINES, Edit, Say
from sessions.models import Activity, TrainingSession
from sessions.openspace.models import Gathering
from synergy.cohorts.models import Cohort, Invitation, Role, Seat
from synergy.conf import Config, ConfigError
from synergy.people.models import Institution, Person
from synergy.people.templatetags.synergy import initials
from tests.factories import make_person, make_seat

# One worker, because the demonstration takes a while to make.
pytestmark = [pytest.mark.once, pytest.mark.xdist_group("demo")]

DEMO = replace(django_settings.CONFIG, demo=True)


def make():
    return build_demo(timezone.now(), lambda token: f"http://testserver/invitations/{token}/")


@pytest.fixture(scope="module")
def _made_once(django_db_setup, django_db_blocker):
    """Each test leaves it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make()
        transaction.set_rollback(True)


@pytest.fixture
def made(_made_once, db):
    return Cohort.objects.get(pk=_made_once.pk)


def test_who_is_in_it(made):
    seats = Seat.objects.filter(cohort=made)
    assert seats.count() == 24
    assert Institution.objects.count() == 9
    assert {seat.institution.country for seat in seats} == {"LV", "BG", "HU", "SK", "PL"}
    assert {seat.institution.tier for seat in seats} == {"central", "field", "subordinate", "supervised"}
    roles = [seat.role for seat in seats]
    assert (roles.count(Role.FACILITATOR), roles.count(Role.ORGANISER), roles.count(Role.OBSERVER)) == (
        2,
        1,
        1,
    )
    assert all(person.email.endswith("@demo.example") for person in Person.objects.all())
    assert all(
        seats.filter(is_coordinator=True, institution__country=body.country).exists()
        for body in BODIES.values()
    )


def test_nobody_looks_like_somebody_else_of_their_country():
    marks = [(BODIES[guest.body].country, initials(guest.name)) for guest in GUESTS]
    assert len(set(marks)) == len(GUESTS)


def test_the_talk_of_the_day_names_no_hour_of_the_programme_which_moves():
    hours = {entry.start for entry in ACTIVITIES[-1]} | {entry.start.lstrip("0") for entry in ACTIVITIES[-1]}
    said = [line.text for line in LINES if isinstance(line, Say) and line.day == len(ACTIVITIES)]
    said += [line.text for line in LINES if isinstance(line, Edit)]
    assert [text for text in said if any(hour in text for hour in hours)] == []


def test_what_is_said_in_it(made):
    messages = Message.objects.filter(room__cohort=made)
    assert {message.lang for message in messages} == {"en", "pl", "bg", "lv", "hu", "sk"}
    assert sorted(Room.objects.values_list("kind", flat=True)) == ["lounge"] * 2 + ["plenary"] + ["topic"] * 9
    assert messages.filter(root__isnull=False).count() >= 10
    assert messages.filter(edited_at__isnull=False).count() == 1
    assert messages.filter(removed_at__isnull=False).count() == 1
    assert messages.filter(pinned_at__isnull=False).count() >= 3
    assert Reaction.objects.count() >= 30
    assert {attachment.content_type for attachment in Attachment.objects.all()} == {
        "image/png",
        "text/plain; charset=utf-8",
    }
    assert all(message.at <= timezone.now() for message in messages)
    persona = Person.objects.get(name="Elżbieta Nowicka")
    assert {bool(room.unread) for room in rooms_for(persona)} == {True, False}


def test_making_it_again_adds_nothing(made):
    def counts():
        models = (Person, Seat, Institution, Room, Message, Reaction, Invitation, TrainingSession, Activity)
        return [model.objects.count() for model in models]

    before = counts()
    build_demo(timezone.now(), str)
    assert counts() == before


@pytest.mark.parametrize("hour", [0, 1, 2, 3, 6, 9, 12, 15, 18, 20, 21, 22, 23])
@pytest.mark.parametrize("day", [date(2026, 2, 10), date(2026, 3, 29), date(2026, 10, 25)])
def test_whenever_it_is_made_round_2_is_near_and_the_last_day_keeps_its_length(hour, day):
    now = datetime(day.year, day.month, day.day, hour, 52, tzinfo=WARSAW).astimezone(UTC)
    clock = clock_around(now)
    opens, lively, ends = (clock.at(3, at).astimezone(UTC) for at in ("09:00", "11:15", "15:00"))
    assert timedelta(minutes=8) <= lively - now <= timedelta(minutes=13)
    assert (lively - opens, ends - lively) == (timedelta(hours=2.25), timedelta(hours=3.75))
    assert clock.last_day == opens.astimezone(WARSAW).date()
    assert clock.at(1, "09:00").astimezone(WARSAW).date() == clock.last_day - timedelta(days=2)


@pytest.mark.parametrize(("hour", "later"), [(22, 3), (0, 0)])
def test_close_to_midnight_the_first_page_shows_what_is_next(db, client, hour, later):
    now = datetime(2026, 2, 11, hour, 10, tzinfo=WARSAW)
    with time_machine.travel(now, tick=False):
        make()
    person = Person.objects.get(name="Elżbieta Nowicka")
    with time_machine.travel(now + timedelta(hours=later), tick=False):
        client.force_login(person)
        page = client.get(reverse("home")).context
    assert (page["plan"].number, page["plan"].of, page["is_over"]) == (3, 3, False)
    assert page["activity"].title == ("Closing circle" if later else "Round 2")
    assert page["plan"].activities[0].title == "Opening circle"


def test_made_on_another_day_the_session_moves_along(made):
    build_demo(timezone.now() + timedelta(days=3), str)
    session = TrainingSession.objects.get()
    assert session.ends_on == clock_around(timezone.now() + timedelta(days=3)).last_day
    assert Message.objects.filter(at__gt=timezone.now()).count() == 0


def test_the_open_space_stands_between_its_first_and_second_round(made):
    gathering = Gathering.objects.get()
    first, second, third = gathering.slots.filter(kind="round").order_by("starts_at")
    assert (first.ended_at is not None, second.started_at, third.started_at) == (True, None, None)
    reports = gathering.topics.filter(placements__slot=first).order_by("number").values_list("report__state")
    assert [state for (state,) in reports] == ["confirmed", "confirmed", "confirmed", None]
    assert gathering.topics.filter(placements=None).count() == 3
    assert gathering.on == TrainingSession.objects.get().ends_on


def test_made_on_another_day_the_open_space_moves_along(made):
    gathering = Gathering.objects.get()
    before = list(gathering.slots.order_by("pk").values_list("starts_at", flat=True))
    build_demo(timezone.now() + timedelta(days=3), str)
    after = list(gathering.slots.order_by("pk").values_list("starts_at", flat=True))
    (moved,) = {(new - old) for old, new in zip(before, after, strict=True)}
    assert timedelta(days=2) < moved < timedelta(days=4)
    assert Gathering.objects.get().on == TrainingSession.objects.get().ends_on


def test_the_command_says_who_can_sign_in(transactional_db):
    out = StringIO()
    call_command("make_demo", stdout=out)
    assert "24 people" in out.getvalue()
    assert all(persona.seat.person.email in out.getvalue() for persona in chosen_personas())
    # No letter is late for its invitation.
    assert Invitation.objects.count() == 2
    assert [letter.to for letter in mail.outbox] == [["austra.ozola@demo.example"]]


def test_one_consultation_is_finished_and_half_answered_and_one_goes_on(made):
    finished, running = Consultation.objects.order_by("pk")
    assert (finished.state, running.state) == (RunState.FINISHED, RunState.RUNNING)
    assert list(Recommendation.objects.order_by("number").values_list("state", flat=True)) == [
        "accepted",
        "open",
        "declined",
    ]
    assert set(finished.entries.exclude(verdict="").values_list("verdict", flat=True)) == {
        "take",
        "think",
        "leave",
    }
    assert finished.commitments.count() == 2
    assert running.phase_ends_at > timezone.now()
    assert running.entries.filter(kind="suggestions", is_hidden=False).count() == 3
    build_demo(timezone.now() + timedelta(days=1), str)
    assert Consultation.objects.count() == 2
    assert Consultation.objects.get(pk=running.pk).phase_ends_at > timezone.now() + timedelta(days=1)


def test_an_approved_plan_is_half_done(made):
    person = Person.objects.get(name="Elżbieta Nowicka")
    letters = plans_for(person)[0]
    assert (letters.title, letters.state) == ("Letters answered in ten working days", "approved")
    state = plan_state_of(person, plan_for(person, letters.pk))
    milestones = [item for item in state.items if item.kind == "milestone"]
    assert len(milestones) == 9
    assert [item.progress for item in milestones].count("complete") == 4
    assert ChangeRequest.objects.get().item.title == "Staff guide approved"
    assert Reading.objects.filter(item__plan=letters).count() == 4
    assert set(Plan.objects.values_list("state", flat=True)) >= {"approved", "proposed"}
    assert not Item.objects.exclude(oddities=[]).exists()
    assert set(Report.objects.values_list("voice", "state")) == {("own", "approved"), ("shadow", "submitted")}
    assert [each.done_at is None for each in Decision.objects.order_by("pk")] == [True, False]
    late = due_for(Person.objects.get(name="Krzysztof Łęcki"), timezone.now())[0]
    assert (late.item.title, late.days) == ("Staff guide approved", -9)


def test_a_reset_starts_anew(transactional_db, settings):
    settings.CONFIG = DEMO
    make()
    before = Message.objects.count()
    Room.objects.filter(name="Lounge").update(title="Changed")
    call_command("make_demo", "--reset", stdout=StringIO())
    assert not Room.objects.filter(title="Changed").exists()
    assert (Message.objects.count(), Seat.objects.count()) == (before, 24)


def test_a_reset_never_deletes_real_people(made):
    make_person(email="real@office.example")
    with pytest.raises(CommandError, match=r"real@office\.example"):
        call_command("make_demo", "--reset", stdout=StringIO())
    assert Person.objects.count() == 25


def test_every_way_of_taking_part_can_be_tried(client, made, settings):
    settings.CONFIG = DEMO
    page = client.get(reverse("account_login")).content.decode()
    for persona in chosen_personas():
        assert persona.seat.person.name in page
        response = client.post(reverse("training:demo_sign_in"), {"person": persona.seat.person_id})
        assert response.url == reverse("home")
        assert client.get("/").context["user"] == persona.seat.person
    assert len(chosen_personas()) == 5
    everybody = client.get(reverse("training:demo_people")).content.decode()
    assert all(guest.name in everybody for guest in GUESTS)


def test_a_second_step_that_a_visitor_set_up_locks_nobody_out(client, made, settings):
    settings.CONFIG = DEMO
    person = chosen_personas()[0].seat.person
    Authenticator.objects.create(user=person, type="totp", data={"secret": "A"})
    client.post(reverse("training:demo_sign_in"), {"person": person.pk})
    assert client.session["_auth_user_id"] == str(person.pk)
    assert "_auth_user_id" not in _by_mail(Client(), person).session


def _by_mail(client, person):
    client.post(reverse("account_login"), {"email": person.email})
    code = re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0]
    client.post(reverse("account_confirm_login_code"), {"code": code})
    return client


def test_without_demo_nobody_signs_in_so(client, made):
    person = chosen_personas()[0].seat.person
    assert client.post(reverse("training:demo_sign_in"), {"person": person.pk}).status_code == 404
    assert client.get(reverse("training:demo_people")).status_code == 404
    assert person.name not in client.get(reverse("account_login")).content.decode()
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("who", ["real", "nobody", "text"])
def test_in_a_demo_too_only_invented_people_can_be_chosen(client, made, settings, who):
    settings.CONFIG = DEMO
    real = make_seat(made).person
    value = {"real": real.pk, "nobody": 0, "text": "x"}[who]
    assert client.post(reverse("training:demo_sign_in"), {"person": value}).status_code == 404


def test_signing_in_so_is_not_a_link(client, made, settings):
    settings.CONFIG = DEMO
    assert client.get(reverse("training:demo_sign_in")).status_code == 405


def test_a_demo_refuses_a_public_host():
    with pytest.raises(ConfigError, match="DEMO"):
        Config(demo=True, allowed_hosts=("synergy.example",))
    Config(demo=True, allowed_hosts=("localhost", "127.0.0.1"))
