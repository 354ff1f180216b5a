"""An institution is mended by those who organise all cohorts that it is in, and taken out when nothing is its own."""

import pytest
from django.urls import reverse

from synergy.audit.models import Act
from synergy.audit.trail import acts_in
from synergy.cohorts.models import Role
from synergy.people.models import Institution
from tests.factories import make_institution, make_invitation, make_seat
from tests.factories.challenges import make_challenge
from tests.factories.plans import make_plan


@pytest.fixture
def organiser(client, db):
    seat = make_seat(role=Role.ORGANISER, institution=make_institution("School of Administration"))
    client.force_login(seat.person)
    return seat


def address(name, organiser, institution):
    return reverse(f"cohorts:{name}", args=[organiser.cohort_id, institution.pk])


def change(client, organiser, institution, **fields):
    form = {"name": "Office of the Harbour", "country": "LV", "tier": "field", **fields}
    return client.post(address("change_institution", organiser, institution), form)


def test_the_new_name_stands_everywhere_and_is_found(client, organiser):
    seat = make_seat(organiser.cohort, institution=make_institution("Harbor Ofice", country="PL"))
    challenge = make_challenge(organiser.cohort, seat.institution)
    plan = make_plan(organiser.cohort, seat.institution, title="Less paper")
    answer = client.get(address("change_institution", organiser, seat.institution))
    assert "Harbor Ofice" in answer.content.decode()
    assert change(client, organiser, seat.institution).status_code == 302
    assert Institution.objects.get(pk=seat.institution_id).country == "LV"
    who = client.get(reverse("cohorts:who", args=[organiser.cohort_id])).content.decode()
    assert "Office of the Harbour" in who
    assert "Harbor Ofice" not in who
    found = client.get("/search/", {"q": "office harbour"}).content.decode()
    assert seat.person.name in found
    assert reverse("plans:plan", args=[plan.pk]) in found
    assert reverse("challenges:challenge", args=[challenge.pk]) in found


def test_two_institutions_of_a_country_have_two_names(client, organiser):
    other = make_institution("Office of the Harbour", country="LV")
    one = make_institution("Harbor Ofice", country="LV")
    answer = change(client, organiser, one, name="office of the harbour")
    assert answer.status_code == 422
    assert "in the list already" in answer.content.decode()
    assert "<bdi>Harbor Ofice</bdi></h1>" in answer.content.decode()
    assert change(client, organiser, other, name="OFFICE of the Harbour").status_code == 302


@pytest.mark.parametrize("of", ["seat", "invitation"])
def test_one_of_another_cohort_is_not_changed(client, organiser, of):
    institution = make_institution("Customs")
    make_seat(organiser.cohort, institution=institution)
    assert client.get(address("change_institution", organiser, institution)).status_code == 200
    if of == "seat":
        make_seat(institution=institution)
    else:
        make_invitation(institution=institution)
    assert change(client, organiser, institution).status_code == 404
    assert client.post(address("remove_institution", organiser, institution)).status_code == 404
    assert Institution.objects.get(pk=institution.pk).name == "Customs"
    page = client.get(reverse("cohorts:people", args=[organiser.cohort_id]))
    names = [each.name for each in page.context["institutions"]]
    assert "Customs" not in names
    assert organiser.institution.name in names


def test_what_is_used_stays_and_says_why(client, organiser):
    used, unused = organiser.institution, make_institution("Typed by mistake")
    page = client.get(address("change_institution", organiser, used)).content.decode()
    assert "so it stays" in page
    assert address("remove_institution", organiser, used) not in page
    client.post(address("remove_institution", organiser, used))
    assert Institution.objects.filter(pk=used.pk).exists()
    page = client.get(address("change_institution", organiser, unused)).content.decode()
    assert address("remove_institution", organiser, unused) in page
    client.post(address("remove_institution", organiser, unused))
    assert not Institution.objects.filter(pk=unused.pk).exists()


def test_both_stand_in_the_audit_trail_and_what_was_refused_does_not(client, organiser):
    seat = make_seat(organiser.cohort, institution=make_institution("Harbor Ofice", country="PL"))
    change(client, organiser, seat.institution)
    change(client, organiser, make_institution("Other one"))  # the name is taken
    client.post(address("remove_institution", organiser, seat.institution))
    client.post(address("remove_institution", organiser, make_institution("Typed by mistake")))
    assert list(acts_in(organiser.cohort_id).values_list("act", "by", "about")) == [
        (Act.INSTITUTION_REMOVED, organiser.person_id, "Typed by mistake"),
        (Act.INSTITUTION_CHANGED, organiser.person_id, "Harbor Ofice → Office of the Harbour"),
    ]
    trail = client.get(reverse("cohorts:trail", args=[organiser.cohort_id])).content.decode()
    assert "Changed the institution" in trail
