"""The audit trail: what is kept, once, who may read it, and how long it stays."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from challenges.models import State
from challenges.plans.models import Audience, PlanState
from sessions.actions import open_join_code, take_seat
from synergy.audit.models import Act, AuditEvent
from synergy.audit.trail import KEEP, forget_old_acts, note
from synergy.cohorts.actions import change_seat, end_seat, forget_unused_invitations
from synergy.cohorts.models import Role, Seat
from synergy.people.models import Person
from synergy.people.own_data import data_of
from synergy.queue.worker import work_off
from tests.factories import NOON, make_cohort, make_person, make_seat
from tests.factories.challenges import make_case
from tests.factories.cohorts import make_institution
from tests.factories.consultations import make_consultation
from tests.factories.plans import make_plan_case
from tests.factories.training import make_training_session

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def acts(**wanted):
    return list(AuditEvent.objects.filter(**wanted).order_by("pk").values_list("act", "by", "about"))


def page(client, person, address, **asked):
    client.force_login(person)
    return client.get(address, asked)


@pytest.fixture
def plan():
    return make_plan_case(PlanState.APPROVED, Audience.COHORT, approved_at=NOON)


def test_who_opens_the_plan_of_others_is_told_once_an_hour(client, plan):
    cache.clear()
    address = reverse("plans:plan", args=[plan.plan.pk])
    for person in (plan.peer, plan.peer, plan.member, plan.coordinator, plan.facilitator):
        assert page(client, person, address).status_code == 200
    about = str(plan.plan)
    assert acts() == [("opened", plan.peer.pk, about), ("opened", plan.facilitator.pk, about)]
    assert page(client, plan.people["elsewhere"], address).status_code == 404
    assert len(acts()) == 2
    own = page(client, plan.member, address).content.decode()
    assert "Seen by people of other institutions" in own
    assert plan.peer.name in own
    assert "Seen by people" not in page(client, plan.peer, address).content.decode()


def test_what_is_taken_away_is_told(client, plan):
    cache.clear()
    for form in ("csv", "csv", "json"):
        page(client, plan.peer, reverse("plan_exchange:file", args=[plan.plan.pk, form]))
    page(client, plan.peer, reverse("plan_reports:paper", args=[plan.plan.pk]))
    page(client, plan.organiser, reverse("plans:edition_table", args=[plan.cohort.edition_id, "csv"]))
    page(client, plan.organiser, reverse("plan_reports:edition_paper", args=[plan.cohort.edition_id]))
    about = str(plan.plan)
    assert acts() == [
        ("exported", plan.peer.pk, f"{about} · csv"),
        ("exported", plan.peer.pk, f"{about} · json"),
        ("exported", plan.peer.pk, about),
        ("exported", plan.organiser.pk, f"{plan.cohort.edition} · csv"),
        ("exported", plan.organiser.pk, f"{plan.cohort.edition} · paper"),
    ]
    assert set(AuditEvent.objects.values_list("cohort", flat=True)) == {plan.cohort.pk}


def test_one_item_of_a_plan_is_the_plan(client, plan):
    cache.clear()
    for person in (plan.member, plan.peer):
        page(client, person, reverse("plans:item", args=[plan.plan.pk, plan.first.pk]))
    assert acts() == [("opened", plan.peer.pk, str(plan.plan))]


def test_a_challenge_is_read_at_a_consultation_too(client):
    cache.clear()
    run = make_consultation()
    page(client, run.peer, reverse("consultations:consultation", args=[run.pk]))
    assert acts() == [("opened", run.peer.pk, run.consultation.challenge.title)]


def test_a_challenge_opened_by_others(client):
    cache.clear()
    case = make_case(State.ACCEPTED)
    address = reverse("challenges:challenge", args=[case.challenge.pk])
    for name in ("author", "colleague", "own_observer", "facilitator"):
        page(client, case.people[name], address)
    assert acts() == [("opened", case.people["facilitator"].pk, case.challenge.title)]


def test_rights(client):
    cohort = make_cohort()
    organiser, other = (make_seat(cohort, role=Role.ORGANISER).person for _each in range(2))
    seat = Seat.objects.get(person=other)
    change_seat(seat=seat, by=organiser, role=Role.FACILITATOR, is_coordinator=False, now=NOON)
    end_seat(seat=seat, by=organiser, now=NOON)
    end_seat(seat=seat, by=organiser, now=NOON)  # ended already: nothing is done, nothing is told
    form = {"one-name": "Ann", "one-email": "ann@office.example", "one-role": "participant"}
    form |= {"one-institution": seat.institution_id, "one-language": "en"}
    client.force_login(organiser)
    assert client.post(reverse("cohorts:invite", args=[cohort.pk]), form).status_code == 302
    assert acts(cohort=cohort.pk, by=organiser.pk) == [
        ("seat-changed", organiser.pk, f"{other.name} (facilitator)"),
        ("seat-ended", organiser.pk, f"{other.name} (facilitator)"),
        ("invited", organiser.pk, "Ann, ann@office.example (participant)"),
    ]
    organiser.language = "sk"
    organiser.save()
    shown = page(client, organiser, reverse("cohorts:trail", args=[cohort.pk])).content.decode()
    assert ("(facilitator)" in shown, "ann@office.example (Účastník)" in shown) == (False, True)
    # Who never came is forgotten by the trail, too; that somebody was invited stays.
    assert forget_unused_invitations(timezone.now() + timedelta(days=300)) == 1
    assert acts(cohort=cohort.pk, act="invited") == [("invited", organiser.pk, "")]
    own = [row["about"] for row in data_of(organiser, NOON)["data"]["audit_trail"]]
    assert own == ["", "", ""]


def test_a_seat_by_a_code_is_told_and_that_the_door_was_opened():
    session = make_training_session()
    organiser = make_seat(session.cohort, role=Role.ORGANISER).person
    later, known = NOON + timedelta(hours=8), {"training_session": session, "by": organiser, "now": NOON}
    open_join_code(**known, grants_seats=False, valid_until=later)
    code = open_join_code(**known, grants_seats=True, valid_until=later)
    newcomer = make_person("Eva")
    house = make_institution()
    seat = take_seat(code=code, person=newcomer, name="Eva", institution=house, time_zone="UTC", now=NOON)
    assert acts(cohort=session.cohort_id) == [
        ("code-opened", organiser.pk, str(session)),
        ("seat-taken", newcomer.pk, "Eva (participant)"),
    ]
    assert seat.role == Role.PARTICIPANT


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("organiser", 200),
        ("facilitator", 404),
        ("coordinator", 404),
        ("peer", 404),
        ("observer", 404),
        ("later_cohort", 404),
        ("elsewhere", 404),
        ("outsider", 404),
    ],
)
def test_the_trail_is_for_the_organisers_of_its_cohort(client, plan, name, status):
    note(Act.OPENED, by=plan.peer.pk, cohort=plan.cohort.pk, subject="plan:1", about="=One list", now=NOON)
    note(Act.OPENED, by=plan.peer.pk, cohort=plan.cohort.pk + 999, about="Another cohort's", now=NOON)
    address = reverse("cohorts:trail", args=[plan.cohort.pk])
    for asked in ({}, {"form": "csv"}):
        answer = page(client, plan.people[name], address, **asked)
        assert answer.status_code == status
        assert ("One list" in answer.content.decode()) == (status == 200)
        assert "Another cohort" not in answer.content.decode()
    if status == 200:
        assert "'=One list" in answer.content.decode()


def test_the_trail_is_narrowed(client, plan):
    for day, person in enumerate((plan.peer, plan.peer, plan.facilitator)):
        note(
            Act.EXPORTED if day else Act.OPENED,
            by=person.pk,
            cohort=plan.cohort.pk,
            about=f"Thing {day}",
            now=NOON + timedelta(days=day),
        )

    client.force_login(plan.organiser)

    def found(**asked):
        words = client.get(reverse("cohorts:trail", args=[plan.cohort.pk]), asked)
        return [day for day in range(3) if f"Thing {day}" in words.content.decode()]

    assert found() == [0, 1, 2]
    assert found(person=plan.peer.pk) == [0, 1]
    assert found(act="exported") == [1, 2]
    day = f"{NOON + timedelta(days=1):%Y-%m-%d}"
    assert found(first=day) == [1, 2]
    assert found(first=day, last=day) == [1]
    for asked in ({"first": "soon"}, {"first": "soon", "form": "csv"}):
        bad = client.get(reverse("cohorts:trail", args=[plan.cohort.pk]), asked)
        assert bad.status_code == 422
    assert "aria-invalid" in bad.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_is_read_at_once(client, plan, rows, django_assert_num_queries):
    for _row in range(rows):
        note(Act.OPENED, by=make_seat(plan.cohort).person.pk, cohort=plan.cohort.pk, about="It", now=NOON)
    client.force_login(plan.organiser)
    with django_assert_num_queries(12):
        client.get(reverse("cohorts:trail", args=[plan.cohort.pk]))


def test_a_person_sees_how_their_account_was_used_and_nobody_elses(client):
    ann, ben = make_person("Ann"), make_person("Ben")
    note(Act.SIGNED_IN, by=ann.pk, about="Firefox, Linux", now=NOON)
    note(Act.REFUSED, by=ben.pk, about="Opera, Windows", now=NOON)
    for minute in range(40):
        note(Act.REFUSED, by=ann.pk, about="Edge, Windows", now=NOON + timedelta(minutes=minute))
    words = page(client, ann, reverse("people:sessions")).content.decode()
    assert "Firefox, Linux" in words
    assert "Opera" not in words
    assert 0 < words.count("Edge, Windows") < 15


def test_signing_in_is_kept_and_a_new_browser_is_told_by_mail_when_a_password_let_it_in(client, mailoutbox):
    person = make_person("Ann")
    person.set_password("a short sentence about rain")
    person.save()

    def sign_in(browser, password="a short sentence about rain"):
        cache.clear()
        client.post("/accounts/logout/")
        form = {"login": person.email, "password": password}
        return client.post("/accounts/login/password/", form, headers={"User-Agent": browser})

    sign_in(CHROME, "not this one")
    assert acts() == [("refused", person.pk, "Chrome, Windows")]
    for browser in (CHROME, CHROME, FIREFOX):
        sign_in(browser)
    assert not acts(act="sessions-ended")  # whoever signs out here has ended nothing elsewhere
    signed_in = ["Chrome, Windows", "Chrome, Windows", "Firefox, Linux"]
    assert acts(act="signed-in") == [("signed-in", person.pk, each) for each in signed_in]
    work_off()
    (told,) = mailoutbox
    assert (told.to, "Firefox, Linux" in told.body) == ([person.email], True)
    # What was kept of the sign-ins has run out: somebody who has been here before is told all the same.
    AuditEvent.objects.all().delete()
    Person.objects.update(seen_at=timezone.now())
    sign_in(FIREFOX)
    work_off()
    assert len(mailoutbox) == 2


def test_old_entries_go():
    now = timezone.now()
    note(Act.OPENED, by=1, about="old", now=now - KEEP - timedelta(days=1))
    note(Act.OPENED, by=1, about="young", now=now - KEEP + timedelta(days=1))
    assert forget_old_acts(now) == 1
    assert acts() == [("opened", 1, "young")]
