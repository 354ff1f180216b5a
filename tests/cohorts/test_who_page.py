"""Who is who: for everybody with a seat, and how one asks that a colleague be invited."""

import pytest
from django.urls import reverse

from synergy.cohorts.models import Role
from synergy.notices.models import Notice
from tests.factories import NOON, make_institution, make_invitation, make_person, make_seat

COLLEAGUE = {"colleague-name": "Ilze Bērziņa", "colleague-email": "Ilze@office.example"}
TABLE = """
             look  ask
organiser    200   403
facilitator  200   302
participant  200   302
observer     200   403
former       404   404
elsewhere    404   404
"""


@pytest.fixture
def cohort(db):
    return make_seat(role=Role.ORGANISER, person=make_person("Румяна Илиева")).cohort


def address(cohort):
    return reverse("cohorts:who", args=[cohort.pk])


def ask(client, cohort, **fields):
    return client.post(address(cohort), {**COLLEAGUE, **fields}, follow=True).content.decode()


@pytest.mark.parametrize("line", TABLE.strip().splitlines()[1:], ids=lambda line: line.split()[0])
def test_who_may_do_what(client, cohort, line):
    who, look, asked = line.split()
    people = {
        "organiser": lambda: cohort.seats.get().person,
        "former": lambda: make_seat(cohort, ended_at=NOON).person,
        "elsewhere": lambda: make_seat().person,
    }
    assert client.get(address(cohort)).url.startswith(reverse("account_login"))
    client.force_login(people.get(who, lambda: make_seat(cohort, role=who).person)())
    answer = client.get(address(cohort))
    assert answer.status_code == int(look)
    assert ("Is a colleague missing?" in answer.content.decode()) is (asked == "302")
    assert client.post(address(cohort), COLLEAGUE).status_code == int(asked)
    assert Notice.objects.count() == (asked == "302")


def test_everybody_stands_there_once_with_their_institution_and_none_who_left(client, cohort):
    office = make_institution("Urząd")
    anna = make_seat(cohort, institution=office, is_coordinator=True)
    others = [make_seat(cohort, institution=office), make_seat(cohort), make_seat(cohort, role=Role.OBSERVER)]
    gone = make_seat(cohort, ended_at=NOON)
    client.force_login(anna.person)
    page = client.get(address(cohort)).content.decode()
    for seat in [anna, *others, cohort.seats.get(role=Role.ORGANISER)]:
        assert page.count(f'id="seat-{seat.pk}"') == 1
        assert seat.institution.name in page
        assert seat == anna or seat.person.email not in page
    assert f'id="seat-{gone.pk}"' not in page
    assert page.index("Your institution") < page.index("Urząd") < page.index(others[1].institution.name)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_is_read_at_once(client, cohort, rows, django_assert_num_queries):
    client.force_login(make_seat(cohort).person)
    for _row in range(rows):
        make_seat(cohort)
    with django_assert_num_queries(12):
        client.get(address(cohort))


def test_the_organiser_finds_the_form_filled_in(client, cohort):
    seat = make_seat(cohort, person=make_person("Jānis Krūmiņš"))
    client.force_login(seat.person)
    assert "asked to invite Ilze Bērziņa" in ask(client, cohort)
    notice = Notice.objects.get()
    organiser = cohort.seats.get(role=Role.ORGANISER).person
    assert notice.person == organiser
    client.force_login(organiser)
    assert "Jānis Krūmiņš asks you to invite Ilze Bērziņa" in client.get("/notices/").content.decode()
    form = client.get(notice.address).context["invitation_form"]
    shown = {field.name: str(field.value()) for field in form}
    assert shown["name"] == "Ilze Bērziņa"
    assert shown["email"] == "ilze@office.example"
    assert shown["institution"] == str(seat.institution_id)
    assert shown["role"] == "participant"


def test_a_link_holds_no_name_and_a_long_one_fits(client, cohort):
    client.force_login(make_seat(cohort).person)
    name = " ".join(["Александра"] * 10)
    long = {"colleague-name": name, "colleague-email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.example"}
    assert f"asked to invite {name}" in ask(client, cohort, **long)
    notice = Notice.objects.get()
    for field in ("address", "key"):
        assert len(getattr(notice, field)) <= Notice._meta.get_field(field).max_length
        assert "aaaa" not in getattr(notice, field)
    client.force_login(make_seat(cohort, role=Role.ORGANISER).person)  # told nothing: not their notice
    assert "name" not in client.get(notice.address).context["invitation_form"].initial


def test_nobody_asks_without_end(client, cohort):
    client.force_login(make_seat(cohort).person)
    for each in range(25):
        page = ask(client, cohort, **{"colleague-email": f"a{each}@office.example"})
    assert Notice.objects.count() == 20
    assert "colleague-email" in page


def test_nobody_is_asked_twice_or_for_whom_is_there(client, cohort):
    member = make_seat(cohort)
    guest = make_invitation(cohort)
    client.force_login(make_seat(cohort).person)
    ask(client, cohort)
    ask(client, cohort)
    assert Notice.objects.count() == 1
    assert "in the cohort already" in ask(client, cohort, **{"colleague-email": member.person.email})
    assert "invited already" in ask(client, cohort, **{"colleague-email": guest.email})
    assert "autofocus" in ask(client, cohort, **{"colleague-name": ""})
    assert Notice.objects.count() == 1
