"""News to everybody, calls for a facilitator, and the actions that people agree on."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from sessions.openspace.actions import agreed, calls, news
from sessions.openspace.models import Action, HelpCall, Stay, TopicState
from sessions.openspace.queries import gathering_state_of, gathering_stream
from tests.factories import NOON
from tests.support.told import names, told
from tests.support.wall import refusal


@pytest.fixture
def by(wall):
    return lambda person: {"person": person, "gathering": wall.into(person), "now": NOON}


@pytest.fixture
def stream(wall):
    return gathering_stream(wall.gathering.pk)


def test_news_goes_to_all_in_its_language(wall, by, stream):
    posted = news.post_news(**by(wall.fiona), text="Obiad o 13.\nSala jest na dole.", language="pl")
    (event,) = told(stream)
    assert (event["name"], event["by"]) == ("news.posted", wall.fiona.pk)
    (card,) = event["data"]["news"]
    assert (card["id"], card["text"], card["language"]) == (
        posted.pk,
        "Obiad o 13.\nSala jest na dole.",
        "pl",
    )
    news.post_news(**by(wall.olga), text="n" * 500, language="en")
    for text in ("", " \u200b", "n" * 501):
        wrong = refusal(news.post_news, **by(wall.fiona), text=text, language="en")
        assert (wrong.code, list(wrong.fields)) == ("invalid", ["text"])


def test_news_can_be_corrected(wall, by, stream):
    posted = news.post_news(**by(wall.fiona), text="Lunch at 12", language="en")
    news.change_news(**by(wall.olga), news=posted.pk, text="Lunch at 13")
    news.change_news(**by(wall.olga), news=posted.pk, text="Lunch at 13")
    event = told(stream)[-1]
    assert [each["name"] for each in told(stream)] == ["news.posted", "news.changed"]
    (card,) = event["data"]["news"]
    assert (card["id"], card["text"], card["by"]) == (posted.pk, "Lunch at 13", wall.fiona.pk)
    assert refusal(news.change_news, **by(wall.fiona), news=posted.pk, text=" ").code == "invalid"
    assert refusal(news.change_news, **by(wall.fiona), news=posted.pk + 1, text="x").code == "not_found"


def test_a_call_is_made_taken_and_closed(wall, by, stream):
    Stay.objects.create(gathering=wall.gathering, person=wall.anna, space=wall.amber, since=NOON)
    call = calls.make_call(**by(wall.anna), text="The sound is gone")
    assert refusal(calls.make_call, **by(wall.anna), text="Hello?").present.id == call.pk
    calls.take_call(**by(wall.fiona), call=call.pk)
    calls.take_call(**by(wall.fiona), call=call.pk)
    second = refusal(calls.take_call, **by(wall.olga), call=call.pk)
    assert (second.code, second.present.taken_by) == ("conflict", wall.fiona.pk)
    assert refusal(calls.make_call, **by(wall.anna), text="Hello?").code == "conflict"
    calls.close_call(**by(wall.olga), call=call.pk)
    calls.close_call(**by(wall.fiona), call=call.pk)
    assert refusal(calls.take_call, **by(wall.olga), call=call.pk).code == "conflict"
    cards = [(event["name"], event["data"]["calls"][0]) for event in told(stream)]
    assert [(name, card["state"]) for name, card in cards] == [
        ("call.made", "open"),
        ("call.taken", "taken"),
        ("call.closed", "closed"),
    ]
    assert cards[0][1]["space"] == wall.amber.pk
    assert HelpCall.objects.get().closed_at == NOON
    calls.make_call(**by(wall.anna), text="Again")
    assert len(gathering_state_of(wall.fiona, wall.into(wall.fiona)).calls) == 1


def test_what_a_call_says_only_those_who_facilitate_read(wall, by, stream, client):
    call = calls.make_call(**by(wall.anna), text="Boris shouts at me")
    calls.take_call(**by(wall.fiona), call=call.pk)
    assert "shouts" not in str(told(stream))
    people = (wall.anna, wall.boris, wall.otto, wall.fiona, wall.olga)
    assert not any("shouts" in str(gathering_state_of(one, wall.into(one))) for one in people)
    address = reverse("openspace:desk_talk", args=[wall.gathering.pk])
    read = {}
    for person in people:
        client.force_login(person)
        answer = client.get(address)
        read[person.name] = answer.json()["calls"] if answer.status_code == 200 else answer.status_code
    words = {str(call.pk): "Boris shouts at me"}
    assert list(read.values()) == [404, 404, 404, words, words]
    calls.close_call(**by(wall.fiona), call=call.pk)
    assert client.get(address).json()["calls"] == {}


def test_who_called_takes_it_back_and_nobody_else(wall, by, stream):
    call = calls.make_call(**by(wall.anna), text="")
    assert told(stream)[0]["data"]["calls"][0]["space"] is None
    assert refusal(calls.close_call, **by(wall.boris), call=call.pk).code == "forbidden"
    calls.close_call(**by(wall.anna), call=call.pk)
    assert refusal(calls.close_call, **by(wall.anna), call=call.pk + 1).code == "not_found"
    assert names(stream) == ["call.made", "call.closed"]


def test_an_action_is_added_for_oneself_or_another(wall, by, stream):
    row = agreed.add_action(
        **by(wall.anna),
        what="One-page agreements",
        convener=wall.boris.pk,
        topic=wall.topic.pk,
        first_step="Ask two regions",
        due=date(2026, 5, 1),
    )
    (card,) = told(stream)[0]["data"]["actions"]
    del card["at"]
    assert card == {
        "id": row.pk,
        "topic": wall.topic.pk,
        "what": "One-page agreements",
        "convener": wall.boris.pk,
        "first_step": "Ask two regions",
        "due": "2026-05-01",
        "by": wall.anna.pk,
        "is_removed": False,
    }


def test_an_action_is_changed_and_removed_by_its_author_and_its_convener(wall, by, stream):
    row = agreed.add_action(**by(wall.anna), what="Agree", convener=wall.boris.pk)
    for person in (wall.carla, wall.fiona, wall.olga):
        change = {**by(person), "action": row.pk, "what": "Agree now", "convener": wall.boris.pk}
        assert refusal(agreed.change_action, **change).code == "forbidden"
        assert refusal(agreed.remove_action, **by(person), action=row.pk).code == "forbidden"
    agreed.change_action(**by(wall.boris), action=row.pk, what="Agree now", convener=wall.boris.pk)
    agreed.change_action(**by(wall.anna), action=row.pk, what="Agree now", convener=wall.boris.pk)
    agreed.change_action(**by(wall.anna), action=row.pk, what="Agree now", convener=wall.carla.pk)
    agreed.remove_action(**by(wall.carla), action=row.pk)
    assert [event["data"]["actions"][0]["is_removed"] for event in told(stream)] == [False] * 3 + [True]
    late = refusal(agreed.change_action, **by(wall.anna), action=row.pk, what="x", convener=wall.anna.pk)
    assert late.code == "conflict"
    assert gathering_state_of(wall.anna, wall.into(wall.anna)).actions == []


def test_an_action_says_what_and_has_a_convener_who_takes_part(wall, by):
    blank = refusal(agreed.add_action, **by(wall.anna), what=" ", convener=wall.anna.pk)
    assert list(blank.fields) == ["what"]
    for nobody in (wall.otto, wall.outsider):
        wrong = refusal(agreed.add_action, **by(wall.anna), what="Agree", convener=nobody.pk)
        assert list(wrong.fields) == ["convener"]
    wall.gathering.topics.update(state=TopicState.WITHDRAWN)
    gone = {"what": "Agree", "convener": wall.anna.pk, "topic": wall.topic.pk}
    assert refusal(agreed.add_action, **by(wall.anna), **gone).code == "conflict"
    assert not Action.objects.exists()


def test_an_action_is_due_today_or_later(wall, by):
    action = {"what": "Agree", "convener": wall.anna.pk}
    past = refusal(agreed.add_action, **by(wall.anna), **action, due=NOON.date() - timedelta(days=1))
    assert (past.code, list(past.fields)) == ("invalid", ["due"])
    row = agreed.add_action(**by(wall.anna), **action, due=NOON.date())
    later = {**by(wall.anna), "now": NOON + timedelta(days=3), "action": row.pk, **action}
    agreed.change_action(**{**later, "what": "Agree now"}, due=NOON.date())
    assert list(refusal(agreed.change_action, **later, due=NOON.date() + timedelta(days=1)).fields) == ["due"]
