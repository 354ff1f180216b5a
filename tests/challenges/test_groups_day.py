"""Task groups of a day: proposed, changed by hand, published; who may do it and who hears of it."""

import uuid
from collections import Counter
from datetime import timedelta
from itertools import combinations
from typing import get_args

import msgspec
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from msgspec.structs import replace

from challenges.groups.actions import propose_mix, proposing
from challenges.groups.events import ReasonCard, ShortfallCard
from challenges.groups.lacks import circles, lacks_of
from challenges.groups.mixing.findings import ReasonCode, Why, Wish
from challenges.groups.models import KeptOut, Membership, Mix, TaskGroup
from challenges.groups.queries import (
    groups_for,
    groups_readers,
    groups_state_of,
    mix_for,
    mix_readers,
    mix_state_of,
)
from challenges.groups.words import group_text, reason_text, why_text, wish_text
from challenges.models import Challenge, State
from challenges.queries import challenge_for
from rooms.models import Room, RoomMember
from rooms.queries import room_for
from synergy.journal import log
from synergy.journal.facts import StreamId
from synergy.live.commands import execute, request_for
from synergy.live.models import AccessChange
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.challenges import make_challenge
from tests.factories.rooms import make_room
from tests.factories.task_groups import make_day


@pytest.fixture
def day(db):
    return make_day()


@pytest.fixture
def mix(day):
    return propose(day)


def propose(day, person=None, **asked):
    return propose_mix(
        person=person or day.facilitator, training_session=day.session, on=day.on, now=NOON, **asked
    )


def do(mix, person, name, **fields):
    """What `done` carries, or the Refused."""
    asked = request_for(person, uuid.uuid4(), f"mix:{mix.pk}", name, msgspec.json.encode(fields), "en")
    (answer,) = execute([asked], NOON)
    return answer if isinstance(answer, Refused) else answer.data


def code_of(answer):
    return answer.code if isinstance(answer, Refused) else "done"


def place_of(mix, person):
    return Membership.objects.filter(mix=mix, person=person).values_list("group", flat=True).first()


def groups(mix):
    return list(mix.groups.order_by("number"))


def facts(kind, mix):
    return [msgspec.json.decode(each.wire) for each in log.since(StreamId(kind, mix.pk), 0, 100)]


def move(mix, by, who, to):
    return do(mix, by, "member.move", who=who.pk, seen=place_of(mix, who), to=to)


# Proposing


def test_a_proposal_has_every_participant_in_one_group_with_reasons(day, mix):
    rows = Membership.objects.filter(mix=mix)
    assert {row.person_id for row in rows} == {person.pk for person in day.participants}
    assert Counter(row.group_id for row in rows) == dict.fromkeys([group.pk for group in groups(mix)], 4)
    assert all(row.reasons for row in rows)
    assert [group.challenge_id for group in groups(mix)] == [each.pk for each in day.challenges]
    assert mix.shortfalls == []
    for group, team in zip(groups(mix), day.teams, strict=False):
        own = group.memberships.get(person__in=team)
        assert own.reasons[0] == {"code": "own_challenge", "values": {}}


def test_the_next_proposal_has_the_next_seed_and_the_same_seed_the_same_groups(day, mix):
    def members():
        rows = Membership.objects.filter(mix=mix).values_list("group__challenge", "person")
        return sorted(rows)

    first = members()
    assert propose(day).seed == 2
    assert propose(day, seed=1).pk == mix.pk
    assert members() == first


def test_who_is_locked_stays_and_who_is_kept_out_goes(day, mix):
    anna, boris = day.teams[4][0], day.teams[5][0]
    _one, other, _third = groups(mix)
    challenge, closed = other.challenge_id, Membership.objects.get(mix=mix, person=boris).group.challenge_id
    assert move(mix, day.facilitator, anna, other.pk) is None
    assert do(mix, day.facilitator, "member.lock", who=anna.pk, seen=other.pk, is_locked=True) is None
    assert (
        do(
            mix,
            day.facilitator,
            "member.keep_out",
            who=boris.pk,
            group=place_of(mix, boris),
            is_kept_out=True,
        )
        is None
    )
    for _ in range(3):
        propose(day)
        assert Membership.objects.get(mix=mix, person=anna).group.challenge_id == challenge
        assert Membership.objects.get(mix=mix, person=boris).group.challenge_id != closed
    assert Membership.objects.get(mix=mix, person=anna).is_locked
    assert KeptOut.objects.get(group__mix=mix).person == boris


def test_sizes_and_people_who_are_away_stay_as_they_were_asked_for(day):
    third = day.challenges[2]
    mix = propose(day, wished_sizes={third.pk: 3}, away=[day.participants[-1].pk])
    for again in (mix, propose(day)):
        sizes = {group.challenge_id: group.memberships.count() for group in groups(again)}
        assert sizes == {day.challenges[0].pk: 4, day.challenges[1].pk: 4, third.pk: 3}
        assert again.away == [day.participants[-1].pk]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"on": -9}, "invalid"),
        ({"seed": -1}, "invalid"),
        ({"wished_sizes": {1: 2}}, "invalid"),
        ({"challenges": [10**9]}, "invalid"),
        ({"challenges": []}, "conflict"),
        ({"away": "most"}, "conflict"),
    ],
    ids=["another day", "seed", "size", "strange challenge", "no challenge", "too few people"],
)
def test_what_cannot_be_proposed(day, asked, code):
    if "on" in asked:
        day.on += timedelta(days=asked.pop("on"))
    if "away" in asked:
        asked = {"away": [person.pk for person in day.participants[4:]]}
    with pytest.raises(Refused) as refused:
        propose(day, **asked)
    assert refused.value.code == code
    assert not Mix.objects.exists()


def test_a_challenge_that_is_not_accepted_gets_no_group(day):
    day.challenges[1].state = State.SUBMITTED
    day.challenges[1].save()
    assert len(groups(propose(day))) == 2


def test_people_who_were_in_a_group_together_are_mixed_anew(day, mix):
    assert do(mix, day.facilitator, "mix.publish") is None
    for challenge in day.challenges:
        challenge.refresh_from_db()
        challenge.state = State.ACCEPTED
        challenge.save()
    day.on += timedelta(days=1)
    later = propose(day)
    was = dict(Membership.objects.filter(mix=mix).values_list("person", "group"))
    again = [
        (one, other)
        for group in groups(later)
        for one in group.memberships.values_list("person", flat=True)
        for other in group.memberships.values_list("person", flat=True)
        if one < other and was[one] == was[other]
    ]
    told = [tuple(each["people"]) for each in later.shortfalls if each["wish"] == "new_people"]
    assert sorted(told) == sorted(again)
    assert len(again) <= 5  # of 18 pairs; four people cannot all come from different ones of three groups


@pytest.mark.django_db(transaction=True)
def test_who_changes_the_groups_while_the_mixer_computes_is_not_overruled(day, mix, monkeypatch):
    anna = day.teams[4][0]
    compute = proposing.mix_groups

    def while_somebody_moves_anna(wishes, seed):
        assert move(mix, day.organiser, anna, None) is None
        return compute(wishes, seed)

    monkeypatch.setattr(proposing, "mix_groups", while_somebody_moves_anna)
    with pytest.raises(Refused) as refused:
        propose(day)
    assert refused.value.code == "conflict"
    assert place_of(mix, anna) is None
    monkeypatch.undo()
    assert propose(day).away == [anna.pk]


# Changing by hand


def test_moving_somebody_locks_them_and_says_what_follows(day, mix):
    own = day.teams[0][0] if place_of(mix, day.teams[0][0]) == groups(mix)[0].pk else day.teams[0][1]
    other = next(group for group in groups(mix)[1:])
    assert move(mix, day.facilitator, own, other.pk) is None
    row = Membership.objects.get(mix=mix, person=own)
    assert (row.group, row.is_locked) == (other, True)
    assert {"code": "fixed", "values": {}} in row.reasons
    mix.refresh_from_db()
    told = {(each["wish"], each["why"], each["group"]) for each in mix.shortfalls}
    assert ("own_institution", "settled_by_hand", groups(mix)[0].pk) in told
    assert ("even_sizes", "settled_by_hand", None) in told


def test_who_saw_somebody_elsewhere_does_not_move_them(day, mix):
    anna = day.teams[4][0]
    at = place_of(mix, anna)
    wrong, to = [group.pk for group in groups(mix) if group.pk != at]
    refused = do(mix, day.facilitator, "member.move", who=anna.pk, seen=wrong, to=to)
    assert (refused.code, refused.present) == ("conflict", {"group": at})
    assert place_of(mix, anna) == at


def test_taken_out_somebody_is_away_until_they_are_put_in_again(day, mix):
    anna, at = day.teams[4][0], place_of(mix, day.teams[4][0])
    assert move(mix, day.facilitator, anna, None) is None
    mix.refresh_from_db()
    assert (place_of(mix, anna), mix.away) == (None, [anna.pk])
    assert facts("mix", mix)[-1]["data"]["left"] == [anna.pk]
    assert move(mix, day.facilitator, anna, at) is None
    mix.refresh_from_db()
    assert (place_of(mix, anna), mix.away) == (at, [])


@pytest.mark.parametrize("who", ["facilitator", "observer", "outsider"])
def test_only_participants_are_put_into_groups(day, mix, who):
    answer = move(mix, day.facilitator, getattr(day, who), groups(mix)[0].pk)
    assert code_of(answer) == "not_found"


def test_a_group_of_another_mix_is_not_found(day, mix):
    answer = move(mix, day.facilitator, day.participants[0], groups(mix)[-1].pk + 99)
    assert code_of(answer) == "conflict"


# Publishing


def test_publishing_opens_a_room_each_and_gives_the_challenge_to_its_group(day, mix):
    make_room(day.cohort, "group 2")
    assert do(mix, day.facilitator, "mix.publish") is None
    rooms = [group.room for group in groups(mix)]
    assert [room.name for room in rooms] == ["Group 1", "Group 2, 9 February", "Group 3"]
    assert [room.title for room in rooms] == ["Challenge 0", "Challenge 1", "Challenge 2"]
    for group in groups(mix):
        group.challenge.refresh_from_db()
        members = set(group.memberships.values_list("person", flat=True))
        assert group.challenge.state == State.ASSIGNED
        assert set(group.challenge.peers.values_list("pk", flat=True)) < members
    secret = groups(mix)[0]
    for person in day.participants:
        is_in = place_of(mix, person) == secret.pk or person in day.teams[0]
        assert (challenge_for(person, secret.challenge_id) is not None) == is_in


@pytest.mark.parametrize("readers", ["group", "cohort", "programme"])
def test_into_the_room_of_a_group_come_its_people_whoever_may_read_the_challenge(day, mix, readers, client):
    secret = groups(mix)[0]
    Challenge.objects.filter(pk=secret.challenge_id).update(confidentiality=readers)
    do(mix, day.facilitator, "mix.publish")
    room = groups(mix)[0].room
    assert room.audience == "members"

    def comes_in(person):
        client.force_login(person)
        answer = client.get(reverse("rooms:room", args=[room.pk]))
        assert (answer.status_code == 200) == (room_for(person, room.pk) is not None)
        return answer.status_code

    for person in day.participants:
        assert comes_in(person) == (200 if place_of(mix, person) == secret.pk else 403)
    assert comes_in(day.facilitator) == comes_in(day.organiser) == 200
    assert comes_in(day.observer) == 403
    assert comes_in(day.ended) == comes_in(day.outsider) == 404
    client.force_login(day.observer)
    page = client.get(reverse("rooms:room", args=[room.pk])).content.decode()
    assert "This room is for one task group. Ask its facilitator to let you in." in page
    assert "Challenge 0" not in page


def test_who_moves_after_publishing_moves_from_room_to_room(day, mix):
    do(mix, day.facilitator, "mix.publish")
    first, second = groups(mix)[:2]
    moved = second.memberships.first().person
    stays = first.memberships.first().person

    def rooms_of(person):
        return [group.number for group in groups(mix) if room_for(person, group.room_id)]

    assert rooms_of(moved) == [2]
    RoomMember.objects.create(room=second.room, person=day.observer)
    move(mix, day.facilitator, moved, first.pk)
    assert (rooms_of(moved), rooms_of(stays)) == ([1], [1])
    assert set(AccessChange.objects.values_list("person", flat=True)) >= {moved.pk}
    move(mix, day.facilitator, moved, None)
    assert rooms_of(moved) == []
    assert rooms_of(day.facilitator) == [1, 2, 3]
    assert rooms_of(day.observer) == [2]


def test_a_room_from_before_there_were_members_stays_everybodys(day, mix):
    do(mix, day.facilitator, "mix.publish")
    first, second = groups(mix)[:2]
    RoomMember.objects.all().delete()
    Room.objects.update(audience="cohort")
    assert move(mix, day.facilitator, second.memberships.first().person, first.pk) is None
    assert not RoomMember.objects.exists()


def test_everybody_hears_of_it_and_nothing_of_what_came_before(day, mix):
    move(mix, day.facilitator, day.teams[4][0], groups(mix)[0].pk)
    assert [each["name"] for each in facts("mix", mix)][:1] == ["mix.proposed"]
    assert facts("groups", mix) == []
    do(mix, day.facilitator, "mix.publish")
    (fact,) = facts("groups", mix)
    assert (fact["name"], len(fact["data"]["places"])) == ("groups.published", 12)
    assert [card["title"] for card in fact["data"]["groups"]] == ["", "Challenge 1", "Challenge 2"]


def test_publishing_twice_opens_no_more_rooms(day, mix):
    for _ in range(2):
        assert do(mix, day.facilitator, "mix.publish") is None
    assert Room.objects.filter(cohort=day.cohort).count() == 3
    assert len(facts("groups", mix)) == 1


def test_a_challenge_that_is_accepted_late_gets_a_group_of_its_own(day, mix):
    late = make_challenge(day.cohort, day.homes[3], day.teams[3][0], State.ACCEPTED, title="Late")
    assert code_of(do(mix, day.facilitator, "group.add", challenge=late.pk)) == "conflict"  # propose anew
    do(mix, day.facilitator, "mix.publish")
    assert code_of(do(mix, day.participants[0], "group.add", challenge=late.pk)) == "not_found"
    assert do(mix, day.facilitator, "group.add", challenge=late.pk) is None
    added = groups(mix)[-1]
    assert (added.challenge_id, added.number, added.memberships.count()) == (late.pk, len(groups(mix)), 0)
    assert Challenge.objects.get(pk=late.pk).state == State.ASSIGNED
    told = facts("groups", mix)[-1]["data"]
    assert [(card["id"], card["room"]) for card in told["groups"]] == [(added.pk, added.room_id)]
    assert code_of(do(mix, day.facilitator, "group.add", challenge=late.pk)) == "conflict"
    anna = next(person for person in day.participants if person not in day.teams[3])
    assert move(mix, day.facilitator, anna, added.pk) is None
    assert challenge_for(anna, late.pk) is not None
    assert room_for(anna, added.room_id) is not None


def test_published_groups_are_not_proposed_anew_but_changed_by_hand(day, mix):
    do(mix, day.facilitator, "mix.publish")
    with pytest.raises(Refused) as refused:
        propose(day)
    assert refused.value.code == "conflict"
    secret = groups(mix)[0]
    late = next(
        person
        for person in day.participants
        if place_of(mix, person) != secret.pk and person not in day.teams[0]
    )
    lock = do(mix, day.facilitator, "member.lock", who=late.pk, seen=place_of(mix, late), is_locked=True)
    assert code_of(lock) == "conflict"
    assert challenge_for(late, secret.challenge_id) is None
    assert move(mix, day.facilitator, late, secret.pk) is None
    assert challenge_for(late, secret.challenge_id) is not None
    told = facts("groups", mix)[-1]
    assert told["name"] == "groups.changed"
    assert (late.pk, secret.pk) in {(card["id"], card["group"]) for card in told["data"]["places"]}
    move(mix, day.facilitator, late, groups(mix)[1].pk)
    assert challenge_for(late, secret.challenge_id) is None


def test_what_is_not_complete_is_not_published(day, mix):
    first = groups(mix)[0]
    for row in list(first.memberships.all())[1:]:
        move(mix, day.facilitator, row.person, None)
    refused = do(mix, day.facilitator, "mix.publish")
    assert (refused.code, refused.present) == ("conflict", {"groups": [first.pk]})
    propose(day, away=[])
    day.participants[0].seats.update(ended_at=NOON)
    refused = do(mix, day.facilitator, "mix.publish")
    assert refused.present == {"people": [day.participants[0].pk]}
    propose(day)
    day.challenges[0].state = State.CLOSED
    day.challenges[0].save()
    assert code_of(do(mix, day.facilitator, "mix.publish")) == "conflict"
    assert not TaskGroup.objects.filter(room__isnull=False).exists()
    propose(day)
    assert do(mix, day.facilitator, "mix.publish") is None


# Who may


WHO = ["facilitator", "organiser", "participant", "observer", "ended", "outsider"]
MAKES = {"facilitator", "organiser"}
SEES = MAKES | {"participant", "observer"}


@pytest.mark.parametrize("who", WHO)
def test_who_makes_the_groups_and_who_sees_them(day, mix, who):
    day.participant = day.participants[0]
    person = getattr(day, who)
    assert (mix_for(person, mix.pk) is not None) == (who in MAKES)
    assert mix_readers(mix.pk, [person.pk]) == ({person.pk} if who in MAKES else set())
    assert (groups_for(person, mix.pk) is not None) == (who in SEES)
    assert groups_readers(mix.pk, [person.pk]) == ({person.pk} if who in SEES else set())
    assert code_of(do(mix, person, "mix.publish")) == ("done" if who in MAKES else "not_found")


@pytest.mark.parametrize("who", WHO)
def test_who_proposes(day, who):
    day.participant = day.participants[0]
    if who in MAKES:
        assert propose(day, getattr(day, who)).proposed_by == getattr(day, who)
        return
    with pytest.raises(Refused) as refused:
        propose(day, getattr(day, who))
    assert refused.value.code == "forbidden"


def test_a_participant_sees_the_groups_only_once_they_are_published(day, mix):
    anna = day.participants[0]
    state = groups_state_of(anna, day.seen_by(anna, mix))
    assert (state.published_at, state.groups, state.places) == (None, [], [])
    do(mix, day.facilitator, "mix.publish")
    state = groups_state_of(anna, day.seen_by(anna, mix))
    assert (state.published_at, len(state.groups), len(state.places)) == (NOON, 3, 12)


# State = log


def apply(state, event):
    """What a client does with the events of `mix` and `groups`."""
    name, data = event["name"], event["data"]
    if name in {"mix.proposed", "mix.published", "groups.published"}:
        return {**state, **data}
    state = {**state, **{key: data[key] for key in ("mix", "shortfalls") if key in data}}
    for part in ("groups", "members", "places"):
        cards = {card["id"]: card for card in state.get(part, [])}
        cards.update({card["id"]: card for card in data.get(part, [])})
        if part in ("members", "places"):
            cards = {key: card for key, card in sorted(cards.items()) if key not in data["left"]}
        state[part] = list(cards.values())
    return state


def test_the_state_is_what_the_log_leads_to(day, mix):
    anna, boris, carla = day.participants[8], day.participants[10], day.participants[0]

    def fresh():
        own = msgspec.to_builtins(mix_state_of(day.organiser, day.into(day.organiser, mix)))
        shown = msgspec.to_builtins(groups_state_of(carla, day.seen_by(carla, mix)))
        return [
            {key: own[key] for key in ("mix", "groups", "members", "shortfalls")},
            {key: shown[key] for key in ("published_at", "groups", "places")},
        ]

    steps = [
        lambda: move(mix, day.facilitator, anna, groups(mix)[0].pk),
        lambda: do(
            mix, day.organiser, "member.keep_out", who=boris.pk, group=groups(mix)[0].pk, is_kept_out=True
        ),
        lambda: propose(day),
        lambda: move(mix, day.facilitator, carla, None),
        lambda: do(
            mix, day.facilitator, "member.lock", who=boris.pk, seen=place_of(mix, boris), is_locked=True
        ),
        lambda: do(mix, day.facilitator, "mix.publish"),
        lambda: move(mix, day.facilitator, carla, groups(mix)[1].pk),
        lambda: move(mix, day.facilitator, boris, None),
    ]
    for step in steps:
        assert code_of(step()) == "done"
        led_to = [{}, {"published_at": None, "groups": [], "places": []}]
        for number, kind in enumerate(("mix", "groups")):
            for event in facts(kind, mix):
                led_to[number] = apply(led_to[number], event)
            led_to[number].pop("members" if kind == "groups" else "places", None)
        assert led_to == fresh()


# Rows and queries


BROKEN = {
    "mix_session_on": lambda mix: Mix.objects.create(
        training_session=mix.training_session,
        on=mix.on,
        seed=1,
        proposed_by=mix.proposed_by,
        proposed_at=NOON,
    ),
    "mix_state_known": lambda mix: Mix.objects.update(state="lost"),
    "mix_published_by_somebody": lambda mix: Mix.objects.update(state="published"),
    "task_group_mix_number": lambda mix: TaskGroup.objects.update(number=1),
    "task_group_mix_challenge": lambda mix: TaskGroup.objects.update(challenge=groups(mix)[0].challenge),
    "task_group_wishes_somebody": lambda mix: TaskGroup.objects.update(wished_size=0),
    "membership_in_one_group": lambda mix: Membership.objects.update(person=mix.proposed_by),
    "kept_out_once": lambda mix: KeptOut.objects.bulk_create(
        [KeptOut(group=groups(mix)[0], person=mix.proposed_by) for _ in range(2)]
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(mix, name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name](mix)
    columns = {
        "mix_session_on": "on",
        "task_group_mix_number": "number",
        "task_group_mix_challenge": "challenge_id",
    }
    columns |= {"membership_in_one_group": "person_id", "kept_out_once": "person_id"}
    assert name in str(refused.value) or columns.get(name, name) in str(refused.value)


def test_more_groups_cost_no_more_queries(day):
    def count(*challenges):
        mix = propose(day, challenges=[each.pk for each in challenges])
        assert do(mix, day.facilitator, "mix.publish") is None
        found = []
        for state, thing in ((mix_state_of, day.into), (groups_state_of, day.seen_by)):
            seen = thing(day.facilitator, mix)
            with CaptureQueriesContext(connection) as captured:
                assert len(state(day.facilitator, seen).groups) == len(challenges)
            found.append(len(captured))
        day.on += timedelta(days=1)
        return found

    one, *others = day.challenges
    more = make_challenge(day.cohort, day.homes[3], day.teams[3][0], State.ACCEPTED)
    assert count(one) == count(*others, more)


# Words


def test_every_code_has_words(day, mix):
    values = dict.fromkeys(
        ["countries", "people", "of", "size", "wished", "fewest", "most", "challenges", "groups", "unknown"],
        2,
    )
    values |= {"country": "LV", "tier": "field", "language": "pl"}
    for code in get_args(ReasonCode):
        assert reason_text(ReasonCard(code, values)).endswith(".")
    for wish in get_args(Wish):
        assert wish_text(wish)
        for names in ([], ["Anna", "Jan"]):
            assert group_text(ShortfallCard(wish, "not_found", 5, [], values), 3, names)
    for why in get_args(Why):
        assert why_text(ShortfallCard("new_people", why, 5, [1], values)).endswith(".")
    country = reason_text(ReasonCard("adds_country", {"country": "LV", "countries": 3}))
    assert country == "The only one from Latvia, which makes 3 countries in the group."


def test_what_is_not_as_wished_is_gathered(day, mix):
    """Sixty people who know one another are a line for each group, and not one for each pair."""
    pairs = [sorted(pair) for pair in combinations(range(1, 8), 2)]
    assert circles(pairs) == [[1, 2, 3, 4, 5, 6, 7]]
    assert circles([(1, 2), (2, 3), (1, 3), (3, 4)]) == [[1, 2, 3], [3, 4]]
    state = mix_state_of(day.facilitator, mix_for(day.facilitator, mix.pk))
    first, second = (team for team in day.teams[:2])
    at = {group.number: group.id for group in state.groups}
    lacks = [
        ShortfallCard("new_people", "not_found", at[1], [one.pk, other.pk], {})
        for one, other in [(first[0], first[1]), (first[0], second[0]), (first[1], second[0])]
    ]
    lacks += [
        ShortfallCard("new_people", "knows_most", at[2], [second[0].pk, second[1].pk], {"unknown": n})
        for n in (0, 1)
    ]
    lacks += [
        ShortfallCard(
            "one_per_institution",
            "more_people_than_groups",
            at[n],
            [each.pk for each in first],
            {"people": 2, "groups": 1},
        )
        for n in (1, 2)
    ]
    found = lacks_of(replace(state, shortfalls=lacks))
    assert [(each.wish, [cause.places for cause in each.causes]) for each in found] == [
        (
            "new_people",
            [["Group 1: Office 1, 0, Office 1, 1 and Office 2, 0"], ["Group 2: Office 2, 0 and Office 2, 1"]],
        ),
        (
            "one_per_institution",
            [["Office 1: group 1 (Office 1, 0 and Office 1, 1), group 2 (Office 1, 0 and Office 1, 1)"]],
        ),
    ]
