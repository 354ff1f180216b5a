"""Protocol pages: everybody of the cohort reads, organisers copy, move steps, change and remove."""

import pytest
from django.urls import reverse

from challenges.consultations.models import Protocol
from tests.factories.task_groups import make_day

pytestmark = pytest.mark.once


@pytest.fixture
def day(db):
    return make_day(institutions=5, each=1, challenges=1)


@pytest.fixture
def visit(client):
    def visit(person, path, **form):
        client.force_login(person)
        return client.post(path, form) if form else client.get(path)

    return visit


def list_of(day):
    return reverse("consultations:protocols", args=[day.cohort.pk])


def copied(day, visit, key="troika"):
    answer = visit(day.organiser, reverse("consultations:copy_protocol", args=[day.cohort.pk, key]), go="1")
    return Protocol.objects.get(), answer.url


def form_of(row, **changes):
    """What the browser sends when nothing is touched but `changes`."""
    form = {
        "base": row.revision,
        "name": row.name,
        "about": row.about,
        "is_asynchronous": "days" if row.is_asynchronous else "",
        "fewest": row.fewest,
        "most": row.most,
        "phases-TOTAL_FORMS": len(row.phases),
        "phases-INITIAL_FORMS": len(row.phases),
    }
    for number, phase in enumerate(row.phases):
        for name, value in phase.items():
            if value is not False:
                form[f"phases-{number}-{name}"] = value
    return {**form, **changes}


def test_who_may_open_and_change(day, visit):
    row, _edit = copied(day, visit)
    people = ["participants", "facilitator", "organiser", "observer", "ended", "outsider"]
    paths = [
        list_of(day),
        reverse("consultations:protocol", args=[day.cohort.pk, "troika"]),
        reverse("consultations:protocol", args=[day.cohort.pk, str(row.pk)]),
        reverse("consultations:edit_protocol", args=[row.pk]),
    ]
    found = {}
    for name in people:
        person = day.participants[0] if name == "participants" else getattr(day, name)
        found[name] = [visit(person, path).status_code for path in paths]
    reads = [200, 200, 200, 404]
    assert found == {
        "participants": reads,
        "facilitator": reads,
        "organiser": [200] * 4,
        "observer": reads,
        "ended": [404] * 4,
        "outsider": [404] * 4,
    }
    assert (
        "Organisers of the cohort copy and change them." in visit(day.facilitator, paths[0]).content.decode()
    )
    assert "As an organiser you can copy" in visit(day.organiser, paths[1]).content.decode()
    copy = reverse("consultations:copy_protocol", args=[day.cohort.pk, "troika"])
    assert visit(day.facilitator, copy, go="1").status_code == 404
    assert Protocol.objects.count() == 1


def test_saving_untouched_keeps_every_step(day, visit):
    row, edit = copied(day, visit)
    before = row.phases
    assert visit(day.organiser, edit, **form_of(row)).status_code == 302
    row.refresh_from_db()
    assert row.phases == before


def test_steps_move_and_go_before_they_are_saved(day, visit):
    row, edit = copied(day, visit)
    names = [phase["name"] for phase in row.phases]
    shown = visit(day.organiser, edit, **form_of(row, up="1"))
    assert [form["name"].value() for form in shown.context["forms"]][:2] == [names[1], names[0]]
    assert "Not saved yet" in shown.content.decode()
    out = visit(day.organiser, edit, **form_of(row, out="0"))
    assert [form["name"].value() for form in out.context["forms"]] == names[1:]
    more = visit(day.organiser, edit, **form_of(row, add=""))
    assert len(more.context["forms"]) == len(names) + 1
    row.refresh_from_db()
    assert [phase["name"] for phase in row.phases] == names


def test_what_is_wrong_stands_at_its_field_and_who_is_second_is_told(day, visit):
    row, edit = copied(day, visit)
    wrong = visit(day.organiser, edit, **form_of(row, **{"phases-1-minutes": 0, "name": "Our own"}))
    assert wrong.status_code >= 400
    assert wrong.context["forms"][1].errors["minutes"]
    assert visit(day.organiser, edit, **form_of(row, **{"phases-1-minutes": "9" * 5000})).status_code == 422
    form = form_of(row, name="Our own", **{"phases-1-minutes": 9})
    assert visit(day.organiser, edit, **form).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.phases[1]["minutes"]) == ("Our own", 9)
    second = visit(day.organiser, edit, **{**form, "name": "Mine"})
    assert second.status_code == 409
    assert "Mine" in second.content.decode()


def test_removing(day, visit):
    row, _edit = copied(day, visit)
    assert (
        visit(day.organiser, reverse("consultations:remove_protocol", args=[row.pk]), go="1").status_code
        == 302
    )
    assert row.name not in [each[0].name for each in visit(day.organiser, list_of(day)).context["own"]]


def test_who_facilitates_finds_them_from_the_challenges(day, visit):
    address = reverse("consultations:protocols_near")
    challenges = reverse("challenges:list")
    assert address in visit(day.facilitator, challenges).content.decode()
    assert address not in visit(day.participants[0], challenges).content.decode()
    assert visit(day.facilitator, address).url == list_of(day)
