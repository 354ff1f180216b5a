"""A gathering with a round that runs, for browser tests of its rooms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.utils import timezone
from playwright.async_api import Locator, Page, expect

from sessions.openspace.actions.placing import put
from sessions.openspace.models import Gathering, Slot, SpaceKind, Stage, Stay, Topic
from sessions.openspace.queries import gathering_for, topic_for
from synergy.cohorts.models import Role
from tests.factories import make_cohort, make_institution, make_person, make_seat
from tests.factories.openspace import make_gathering, make_slot, make_space, make_topic
from tests.factories.training import make_training_session


class Round:
    """Ilze convenes in Amber, Jānis takes part, Agnieszka facilitates, Ágota observes; Rose has two places.

    The round has `minutes` to go.
    """

    def __init__(self, minutes: float = 30) -> None:
        now = timezone.now()
        self.cohort = make_cohort("Cohort B")
        self.gathering = make_gathering(
            make_training_session(self.cohort), on=now.date(), stage=Stage.ROUNDS, runs_by_clock=False
        )
        start, length = now - timedelta(minutes=45 - minutes), 45
        self.slot = make_slot(self.gathering, start, length, started_at=start)
        self.later = make_slot(self.gathering, now + timedelta(hours=2))
        self.amber = make_space(self.gathering, "Amber", capacity=12)
        self.linden = make_space(self.gathering, "Linden", capacity=12)
        self.rose = make_space(self.gathering, "Rose", capacity=2, is_hard=True)
        self.lounge = make_space(self.gathering, "Lounge", SpaceKind.LOUNGE)
        self.ilze = self._seated("Ilze Bērziņa", "LV", "Europe/Riga")
        self.janis = self._seated("Jānis Krūmiņš", "LV", "Europe/Riga")
        self.elzbieta = self._seated("Elżbieta Nowicka", "PL", "Europe/Warsaw")
        self.boros = self._seated("Boros Péterné", "HU", "Europe/Budapest")
        self.agnieszka = self._seated("Agnieszka Rudnicka", "PL", "Europe/Warsaw", Role.FACILITATOR)
        self.agota = self._seated("Kárpáti Ágota", "HU", "Europe/Budapest", Role.OBSERVER)
        self.topic = self._topic("What makes a department head share bad news early?", self.ilze, self.amber)
        self.other = self._topic("Visszajelzés az ügyfelektől", self.boros, self.linden, language="hu")
        self.path = f"/rooms/{self.amber.room_id}/"
        self.topic_path = f"/gatherings/{self.gathering.pk}/topics/{self.topic.number}/"

    def _seated(self, name: str, country: str, zone: str, role: str = Role.PARTICIPANT) -> Any:
        person = make_person(name, time_zone=zone)
        make_seat(self.cohort, person, make_institution(country=country), role=role)
        return person

    def _topic(self, title: str, convener: Any, space: Any, **fields: Any) -> Topic:
        fields.setdefault("why", "We hear of trouble when it is too late to help.")
        topic = make_topic(self.gathering, convener, title, **fields)
        put(topic, self.slot, space, timezone.now())
        return topic

    def into(self, person: Any) -> Gathering:
        found = gathering_for(person, self.gathering.pk)
        assert found is not None
        return found

    def topic_of(self, person: Any) -> Topic:
        found = topic_for(person, self.topic.pk)
        assert found is not None
        return found

    async def run(self, action: Callable[..., Any], person: Any, **data: Any) -> Any:
        """An action of the gathering, by this person, now."""

        def act() -> Any:
            return action(person=person, gathering=self.into(person), now=timezone.now(), **data)

        return await sync_to_async(act)()

    async def write(self, action: Callable[..., Any], person: Any, **data: Any) -> Any:
        """An action on the report, by this person, now."""

        def act() -> Any:
            return action(person=person, topic=self.topic_of(person), now=timezone.now(), **data)

        return await sync_to_async(act)()

    async def where(self, person: Any) -> int | None:
        stays = Stay.objects.filter(gathering=self.gathering, person=person, until__isnull=True)
        return await stays.values_list("space", flat=True).afirst()

    async def ends_in(self, **minutes: float) -> None:
        """Without a word to anybody; for pages that are opened afterwards."""
        await Slot.objects.filter(pk=self.slot.pk).aupdate(ends_at=timezone.now() + timedelta(**minutes))


async def make_round(**fields: Any) -> Round:
    return await sync_to_async(Round)(**fields)


async def is_in(page: Page) -> None:
    """The page follows the room and the gathering."""
    await expect(page.locator(".people .person").first).to_be_attached()
    await expect(page.get_by_role("timer").first).to_be_attached()


def notice(page: Page, text: str) -> Locator:
    return page.locator(".notice", has_text=text)
