"""The page of a topic without its bundle: read, begin, write, confirm; two who write at once."""

import pytest
from django.urls import reverse

from sessions.openspace.actions.reports import begin_report, change_report
from sessions.openspace.models import TopicReport
from sessions.openspace.queries import topic_for
from synergy.cohorts.models import Seat
from tests.factories import NOON
from tests.factories.openspace import make_placement, make_wall


@pytest.fixture
def wall(db):
    wall = make_wall()
    make_placement(wall.topic, wall.first, wall.amber)
    wall.path = reverse("openspace:topic", args=[wall.gathering.pk, wall.topic.number])
    return wall


@pytest.fixture
def page(client, wall):
    """`page(person, **fields)` sends the form with these fields and no others changed; gives the page after it."""

    def visit(person, form=None, **fields):
        client.force_login(person)
        if form is None and not fields:
            return client.get(wall.path)
        response = client.post(wall.path, {**(form or {}), **fields})
        return client.get(wall.path) if response.status_code == 302 else response

    return visit


def form_of(response):
    """What a browser would send if nothing was touched."""
    context = response.context
    fields = {}
    for field in context["fields"]:
        fields |= {
            field.name: field.value.replace("\n", "\r\n"),
            f"{field.name}_revision": field.revision,
            f"{field.name}_was": field.was,
        }
    steps = context["steps"]
    fields |= {"next_steps_revision": context["steps_revision"], "next_steps_was": context["steps_was"]}
    fields |= {name: [getattr(step, name) for step in steps] for name in ("what", "who", "when")}
    fields |= {"participants_revision": context["people_revision"], "participants_was": context["people_was"]}
    return fields | {"participants": [p.id for p in context["everybody"] if p.id in context["ticked"]]}


def begun(wall):
    topic = topic_for(wall.anna, wall.topic.pk)
    begin_report(person=wall.anna, topic=topic, now=NOON)
    return topic


def report(wall):
    return TopicReport.objects.get(topic=wall.topic)


def test_from_nothing_to_confirmed(page, wall):
    assert "Nobody has begun the report yet" in page(wall.anna).content.decode()
    written = page(wall.anna, do="begin")
    form = form_of(written) | {"summary": "We stop\r\nMonday reports.", "what": ["Ask Jānis", "", ""]}
    form |= {"who": ["Anna", "", ""], "when": ["2026-03-01", "", ""], "participants": [wall.boris.pk]}
    assert "Monday reports." in page(wall.anna, form).content.decode()
    saved = report(wall)
    assert saved.summary == "We stop\nMonday reports."
    assert saved.next_steps == [{"what": "Ask Jānis", "who": "Anna", "when": "2026-03-01"}]
    assert saved.participants == [wall.boris.pk]
    confirmed = page(wall.anna, form_of(page(wall.anna)), do="confirm").content.decode()
    assert "This report is confirmed." in confirmed
    assert "textarea" not in confirmed
    assert "Open it again" not in page(wall.boris).content.decode()
    page(wall.anna, do="reopen")
    assert report(wall).state == "draft"


def test_what_was_not_touched_is_not_sent(page, wall):
    topic = begun(wall)
    form = form_of(page(wall.boris))
    change_report(person=wall.anna, topic=topic, field="summary", value="Anna's", base=1, now=NOON)
    page(wall.boris, form, recommendations="Boris's")
    assert (report(wall).summary, report(wall).recommendations) == ("Anna's", "Boris's")


def test_two_people_write_the_same_field(page, wall):
    topic = begun(wall)
    form = form_of(page(wall.boris))
    change_report(person=wall.anna, topic=topic, field="summary", value="Anna's words", base=1, now=NOON)
    clash = page(wall.boris, form, summary="Boris's words")
    assert clash.status_code == 409
    text = clash.content.decode()
    assert "Anna&#x27;s words" in text
    assert "Boris&#x27;s words" in text
    assert report(wall).summary == "Anna's words"
    page(wall.boris, form_of(clash))
    assert report(wall).summary == "Boris's words"


def test_numbers_that_are_none_of_ours_change_nothing(page, wall):
    begun(wall)
    form = form_of(page(wall.boris))
    assert page(wall.boris, form, participants=["9" * 5000, "x"]).status_code == 200
    assert report(wall).participants == []
    wrong = page(wall.boris, form_of(page(wall.boris)), summary="Mine", summary_revision="9" * 5000)
    assert wrong.status_code == 409


def test_who_may_what(page, client, wall):
    begun(wall)
    for person, may_write, may_confirm in (
        (wall.anna, True, True),
        (wall.boris, True, False),
        (wall.fiona, True, False),
        (wall.otto, False, False),
    ):
        text = page(person).content.decode()
        assert ("textarea" in text) is may_write
        assert ("Save and confirm" in text) is may_confirm
    client.force_login(wall.outsider)
    assert client.get(wall.path).status_code == 404
    assert page(wall.otto, do="save", summary="x", summary_revision="1").status_code == 403
    Seat.objects.filter(person=wall.anna).update(ended_at=NOON)
    assert page(wall.anna).status_code == 404


def test_a_topic_that_did_not_take_place(page, wall):
    text = page(wall.anna, do="did_not_happen").content.decode()
    assert "did not take place, so it has no report" in text
    assert "Begin the report" not in text
    assert page(wall.boris, do="took_place").status_code == 403
    assert "Begin the report" in page(wall.fiona, do="took_place").content.decode()
