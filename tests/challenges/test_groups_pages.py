"""The pages of task groups: who sees what, all of it by forms alone, and what leads to them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from challenges.groups.days import GroupDay, day_to_show
from challenges.groups.models import KeptOut, Membership, Mix
from challenges.groups.queries import mix_for
from challenges.groups.threads import group_threads
from challenges.groups.waiting import groups_of_today
from challenges.models import Challenge, State
from challenges.queries import challenge_for, challenge_stream
from challenges.threads import threads_of
from challenges.waiting import challenges_that_wait
from rooms.companions import companion_of
from rooms.queries import room_for
from sessions.waiting import waiting_for
from synergy.live.forms import run_command
from tests.factories import NOON
from tests.factories.challenges import make_challenge
from tests.factories.task_groups import make_day

pytestmark = pytest.mark.once


@pytest.fixture
def day(db):
    return make_day()


@pytest.fixture
def mix(day):
    press(day, "propose", challenges=[each.pk for each in day.challenges])
    return Mix.objects.get()


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def page_of(day, person, name="day"):
    return signed_in(person).get(reverse(f"task_groups:{name}", args=[day.session.pk, day.on]))


def text_of(day, person, name="day"):
    return page_of(day, person, name).content.decode()


def press(day, asked, person=None, **fields):
    path = reverse("task_groups:make", args=[day.session.pk, day.on])
    return signed_in(person or day.facilitator).post(path, {"do": asked, **fields}, follow=True)


def place_of(mix, person):
    return Membership.objects.get(mix=mix, person=person)


def in_one_secret_group(mix):
    """The group whose challenge is for it alone, and somebody of it who is not at home there."""
    group = mix.groups.get(number=1)
    rows = group.memberships.exclude(reasons__0__code="own_challenge").select_related("person")
    return group, rows.first().person


MAKES = {"facilitator", "organiser"}
SEES = MAKES | {"participant", "observer"}


@pytest.mark.parametrize(
    "who", ["facilitator", "organiser", "participant", "observer", "ended", "outsider", "nobody"]
)
def test_who_sees_the_pages(day, mix, who):
    day.participant = day.participants[0]
    if who == "nobody":
        for name in ("day", "make"):
            answer = Client().get(reverse(f"task_groups:{name}", args=[day.session.pk, day.on]))
            assert answer.status_code == 302
        return
    person = getattr(day, who)
    assert page_of(day, person).status_code == (200 if who in SEES else 404)
    assert page_of(day, person, "make").status_code == (200 if who in MAKES else 404)
    assert press(day, "publish", person).status_code == (200 if who in MAKES else 404)
    assert Mix.objects.filter(published_at__isnull=False).exists() == (who in MAKES)


def test_only_days_of_the_session_have_a_page(day):
    client = signed_in(day.facilitator)
    for on in (day.session.starts_on - timedelta(days=1), day.session.ends_on + timedelta(days=1)):
        assert client.get(reverse("task_groups:day", args=[day.session.pk, on])).status_code == 404
    assert client.get(f"/groups/{day.session.pk}/2026-02-31/").status_code == 404
    assert client.get(reverse("task_groups:day", args=[day.session.pk, day.on])).status_code == 200


@pytest.mark.parametrize(
    ("today", "with_groups", "makes_groups", "shown"),
    [
        (3, [2], False, 2),
        (3, [2], True, 3),
        (3, [2, 3], False, 3),
        (2, [1, 3], False, 3),
        (2, [], False, 2),
        (9, [], False, 1),
    ],
)
def test_the_day_with_groups_is_the_one_that_matters(today, with_groups, makes_groups, shown):
    days = [
        GroupDay(date(2026, 2, number), number, "", Mix() if number in with_groups else None)
        for number in (1, 2, 3)
    ]
    assert day_to_show(days, date(2026, 2, today), makes_groups=makes_groups).number == shown


def test_the_way_to_the_groups_leads_to_a_day(day):
    answer = signed_in(day.participants[0]).get(reverse("task_groups:near"), follow=True)
    assert answer.redirect_chain[0][0].startswith(f"/groups/{day.session.pk}/")
    day.session.activities.all().delete()
    day.session.delete()
    answer = signed_in(day.participants[0]).get(reverse("task_groups:near"))
    assert "No session is planned yet" in answer.content.decode()


def test_what_is_proposed_is_for_those_who_make_it(day, mix):
    _group, member = in_one_secret_group(mix)
    made = text_of(day, day.organiser, "make")
    assert "Challenge 0" in made
    assert "The institution brings this challenge." in made
    assert "All wishes are met." in made
    for person in (member, day.observer, day.facilitator):
        shown = text_of(day, person)
        assert "The groups of this day are not published yet." in shown
        assert "Challenge 1" not in shown
    assert "Make the groups" in text_of(day, day.facilitator)
    assert "Make the groups" not in text_of(day, member)


def test_published_groups_stand_there_one_s_own_first(day, mix):
    group, member = in_one_secret_group(mix)
    press(day, "publish")
    own = text_of(day, member)
    assert own.index("Your group") < own.index(f'id="g{group.pk}"') + 400
    assert own.index(f'id="g{group.pk}"') < own.index(f'id="g{mix.groups.get(number=2).pk}"')
    assert "Challenge 0" in own
    assert "Why you are in this group" in own
    other = next(
        person
        for person in day.participants
        if place_of(mix, person).group_id != group.pk and person not in day.teams[0]
    )
    shown = text_of(day, other)
    assert "Challenge 0" not in shown
    assert "The challenge is for this group alone." in shown
    assert "Challenge 1" in shown
    assert "You are in no group on this day." in text_of(day, day.observer)
    # Rooms are for their members: a way leads only to those that one may enter.
    group.refresh_from_db()
    assert reverse("rooms:room", args=[group.room_id]) in own
    assert reverse("rooms:room", args=[group.room_id]) not in shown
    assert reverse("rooms:room", args=[group.room_id]) in text_of(day, day.facilitator)


def test_everything_is_done_by_forms(day, mix):
    anna = day.teams[4][0]
    at = place_of(mix, anna).group
    other = mix.groups.exclude(pk=at.pk).first()
    page = press(day, "move", who=f"{anna.pk}:{at.pk}", to=str(other.pk))
    assert f"{anna.name} is in group {other.number} now." in page.content.decode()
    assert place_of(mix, anna).is_locked
    press(day, f"unlock:{anna.pk}:{other.pk}")
    assert not place_of(mix, anna).is_locked
    press(day, f"lock:{anna.pk}:{other.pk}")
    assert place_of(mix, anna).is_locked
    press(day, f"keep_out:{anna.pk}:{other.pk}")
    assert KeptOut.objects.get().person == anna
    page = press(day, f"let_in:{anna.pk}:{other.pk}")
    assert f"{anna.name} may be in group {other.number} again." in page.content.decode()
    assert not KeptOut.objects.exists()
    page = press(day, f"move:{anna.pk}:{other.pk}:0")
    assert f"{anna.name} is in no group on this day." in page.content.decode()
    assert Mix.objects.get().away == [anna.pk]


def test_who_was_slower_is_told_and_sees_what_is_there(day, mix):
    anna = day.teams[4][0]
    at = place_of(mix, anna).group
    here, there = mix.groups.exclude(pk=at.pk)
    press(day, f"move:{anna.pk}:{at.pk}:{here.pk}", day.organiser)
    answer = press(day, f"move:{anna.pk}:{at.pk}:{there.pk}")
    assert answer.status_code == 409
    assert "This person is not where you saw them any more." in answer.content.decode()
    assert place_of(mix, anna).group == here


def test_the_form_settles_challenges_sizes_and_who_is_away(day):
    first, second, third = day.challenges
    gone = day.participants[-1]
    fields = {"challenges": [first.pk, third.pk], f"size_{third.pk}": "4", "away": [gone.pk]}
    press(day, "propose", **fields)
    mix = Mix.objects.get()
    assert [group.challenge_id for group in mix.groups.order_by("number")] == [first.pk, third.pk]
    assert mix.groups.get(challenge=third).wished_size == 4
    assert mix.away == [gone.pk]
    answer = press(day, "propose", challenges=[second.pk], **{f"size_{second.pk}": "1"})
    assert answer.status_code == 400
    assert "A group may have 3 to 20 people." in answer.content.decode()
    assert f'name="size_{second.pk}" min="3" max="20" value="1"' in answer.content.decode()
    assert "Choose at least one challenge." in press(day, "propose").content.decode()
    assert Mix.objects.get().seed == mix.seed


def test_strange_buttons_change_nothing(day, mix):
    for asked in (
        "",
        "move",
        "move:x:y:z",
        "lock",
        "unlock:9999999999999999999",
        "nonsense:1",
        "publish:1:2",
    ):
        assert press(day, asked).status_code in (200, 400, 404, 409)
    assert Membership.objects.filter(mix=mix).count() == 12


def test_without_accepted_challenges_the_page_says_what_is_missing(day):
    for challenge in day.challenges:
        challenge.state = State.SUBMITTED
        challenge.save()
    page = text_of(day, day.facilitator, "make")
    assert "No challenge waits for a group." in page
    assert "Propose groups" not in page


@pytest.mark.parametrize("name", ["day", "make"])
@pytest.mark.parametrize("is_published", [False, True])
def test_more_groups_and_people_cost_no_more_queries(day, name, is_published):
    more = day.challenges[1:]
    Challenge.objects.filter(pk__in=[each.pk for each in more]).update(state=State.SUBMITTED)
    away = [person.pk for person in day.participants[4:]]
    press(day, "propose", challenges=[day.challenges[0].pk], away=away)
    counts = [queries_of(day, name, is_published)]
    Mix.objects.all().delete()
    Challenge.objects.update(state=State.ACCEPTED)
    press(day, "propose", challenges=[each.pk for each in day.challenges])
    counts.append(queries_of(day, name, is_published))
    assert counts[0] == counts[1]


def queries_of(day, name, is_published):
    if is_published:
        press(day, "publish")
    client, path = signed_in(day.facilitator), reverse(f"task_groups:{name}", args=[day.session.pk, day.on])
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


# What leads to the groups


def test_a_challenge_leads_to_its_group_and_room(day, mix):
    group, member = in_one_secret_group(mix)
    challenge = challenge_for(day.facilitator, group.challenge_id)
    assert threads_of(day.facilitator, challenge) == []
    press(day, "publish")
    found = group_threads(member, challenge_for(member, group.challenge_id))
    assert [thread.kind for thread in found] == ["group", "room"]
    page = signed_in(member).get(reverse("challenges:challenge", args=[group.challenge_id])).content.decode()
    for thread in found:
        assert f'href="{thread.address}"' in page
    # Who may read the challenge and not enter the room is not led there.
    open_one = mix.groups.get(number=2)
    stranger = next(
        person
        for person in day.participants
        if place_of(mix, person).group_id != open_one.pk and person not in day.teams[1]
    )
    found = group_threads(stranger, challenge_for(stranger, open_one.challenge_id))
    assert [thread.kind for thread in found] == ["group"]


def test_the_room_of_a_group_leads_back_to_its_challenge(day, mix):
    group, member = in_one_secret_group(mix)
    press(day, "publish")
    group.refresh_from_db()
    companion = companion_of(member, room_for(member, group.room_id))
    assert companion.back == reverse("challenges:challenge", args=[group.challenge_id])
    page = signed_in(member).get(reverse("rooms:room", args=[group.room_id])).content.decode()
    assert f'href="{companion.back}"' in page


def test_today_says_what_waits(day, mix):
    now = NOON.replace(year=day.on.year, month=day.on.month, day=day.on.day)
    _group, member = in_one_secret_group(mix)
    lines = waiting_for(day.facilitator, now)
    assert [line.text for line in lines] == ["The groups of today are not published yet."]
    assert waiting_for(member, now) == []
    press(day, "publish")
    (line,) = waiting_for(member, now)
    assert (line.urgency, line.button, line.text) == ("today", "Join the room", "Challenge 0")
    assert waiting_for(member, now + timedelta(days=1)) == []
    assert waiting_for(day.facilitator, now) == []


def test_today_says_which_challenges_wait(case):
    assert challenges_that_wait(case.author, NOON) == []
    (line,) = challenges_that_wait(case.facilitator, NOON)
    assert (line.whose, line.since) == (case.challenge.institution.name, case.challenge.submitted_at)
    assert line.address == reverse("challenges:challenge", args=[case.challenge.pk])
    run_command(
        case.facilitator, challenge_stream(case.challenge.pk), "challenge.return", {"why": "Who decides?"}
    )
    assert challenges_that_wait(case.facilitator, NOON) == []
    (line,) = challenges_that_wait(case.colleague, NOON)
    assert line.address == reverse("challenges:edit", args=[case.challenge.pk])
    assert line.since is not None
    for who in ("own_observer", "participant", "later_colleague", "ended"):
        assert challenges_that_wait(getattr(case, who), NOON) == []
    assert "Read the questions" in signed_in(case.colleague).get("/").content.decode()


def test_each_thing_that_waits_has_its_line_and_the_oldest_stands_first(case, django_assert_max_num_queries):
    for days, state, title in [
        (9, "submitted", "Oldest"),
        (1, "submitted", "Newest"),
        (5, "accepted", "No group yet"),
        (3, "draft", "Begun"),
        (3, "draft", ""),
    ]:
        on = NOON - timedelta(days=days)
        made = make_challenge(
            case.cohort,
            case.challenge.institution,
            case.author,
            State(state),
            title=title,
            key_question="Who decides?" if title else "",
            submitted_at=None if state == "draft" else on,
        )
        Challenge.objects.filter(pk=made.pk).update(changed_at=on)
    Challenge.objects.filter(pk=case.challenge.pk).update(submitted_at=NOON - timedelta(days=4))

    with django_assert_max_num_queries(3):
        shown = [line.text for line in challenges_that_wait(case.facilitator, NOON)]
    assert shown == ["Oldest", str(case.challenge), "Newest"]
    assert [line.text for line in challenges_that_wait(case.colleague, NOON)] == ["Begun"]
    assert [line.text for line in groups_of_today(case.facilitator, NOON)] == ["No group yet"]
    assert groups_of_today(case.author, NOON) == []
    page = signed_in(case.facilitator).get("/").content.decode()
    assert page.index("Oldest") < page.index("Newest") < page.index("No group yet")


def test_the_mix_is_in_hand_only_for_makers(day, mix):
    assert mix_for(day.facilitator, mix.pk) is not None
    assert mix_for(day.participants[0], mix.pk) is None
