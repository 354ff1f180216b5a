"""A gathering for browser tests: five people of five countries, their wall, and what one does on its page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.utils import timezone
from playwright.async_api import Locator, Page

from sessions.openspace.models import Gathering, SlotKind, SpaceKind, Stay
from synergy.cohorts.models import Role
from tests.factories import make_cohort, make_institution, make_person, make_seat
from tests.factories.openspace import make_gathering, make_placement, make_slot, make_space, make_topic
from tests.factories.training import make_training_session

ALIVE = "[data-alive]"


class WallStage:
    """Elżbieta, Jānis, Йорданка, Ágnes and Marek take part, Agnieszka facilitates, Ágota observes.

    Five spaces for topics, a plenary, a lounge; rounds of 45 minutes with a break between the second and third.
    """

    def __init__(self, **fields: Any) -> None:
        self.cohort = make_cohort("Cohort B")
        theme = {"en": "What did we see on our visits? What will we do at home?"}
        session = make_training_session(self.cohort)
        self.gathering = make_gathering(session, theme=theme, **fields)
        self.elzbieta = self._seated("Elżbieta Nowicka", "PL", "Europe/Warsaw")
        self.janis = self._seated("Jānis Krūmiņš", "LV", "Europe/Riga")
        self.jordanka = self._seated("Йорданка Стоянова", "BG", "Europe/Sofia")
        self.agnes = self._seated("Kővári Ágnes", "HU", "Europe/Budapest")
        self.marek = self._seated("Marek Šimko", "SK", "Europe/Bratislava")
        self.agnieszka = self._seated("Agnieszka Rudnicka", "PL", "Europe/Warsaw", Role.FACILITATOR)
        self.agota = self._seated("Kárpáti Ágota", "HU", "Europe/Budapest", Role.OBSERVER)
        self.people = [self.elzbieta, self.janis, self.jordanka, self.agnes, self.marek]
        self.plenary = make_space(self.gathering, "Plenary", SpaceKind.PLENARY)
        names = ["Amber", "Linden", "Vistula", "Rose", "Balaton"]
        self.spaces = [make_space(self.gathering, name, capacity=8) for name in names]
        self.lounge = make_space(self.gathering, "Lounge", SpaceKind.LOUNGE)
        start = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=30)
        self.rounds = [make_slot(self.gathering, start + timedelta(hours=hours)) for hours in (0, 1, 3)]
        self.lunch = make_slot(self.gathering, start + timedelta(hours=2), 60, SlotKind.BREAK, title="Lunch")
        self.path = f"/gatherings/{self.gathering.pk}/"

    def _seated(self, name: str, country: str, zone: str, role: str = Role.PARTICIPANT) -> Any:
        person = make_person(name, time_zone=zone)
        make_seat(self.cohort, person, make_institution(country=country), role=role)
        return person

    def topic(self, convener: Any, title: str, place: tuple[int, int] | None = None, **fields: Any) -> Any:
        """`place`: numbers of round and space, from 0."""
        topic = make_topic(self.gathering, convener, title, **fields)
        if place is not None:
            make_placement(topic, self.rounds[place[0]], self.spaces[place[1]])
        return topic

    def run(self, number: int, minutes_ago: int = 20, minutes_left: int = 25) -> None:
        """Round `number`, from 0, runs; those before it are over."""
        now = timezone.now()
        for at, slot in enumerate(self.rounds[:number]):
            slot.starts_at = slot.started_at = now - timedelta(minutes=minutes_ago, hours=number - at)
            slot.ends_at = slot.ended_at = slot.starts_at + timedelta(minutes=45)
            slot.save()
        slot = self.rounds[number]
        slot.started_at = slot.starts_at = now - timedelta(minutes=minutes_ago)
        slot.ends_at = now + timedelta(minutes=minutes_left)
        slot.save()
        Gathering.objects.filter(pk=self.gathering.pk).update(stage="rounds")

    def stay(self, person: Any, space: Any) -> None:
        Stay.objects.create(gathering=self.gathering, person=person, space=space, since=timezone.now())

    def fill(self) -> None:
        """A wall as it looks in the middle of a day: the same in every test and picture."""
        first = [
            ("Benchmarking without the blame", self.elzbieta, "en"),
            ("Remote teams two years on", self.janis, "en"),
            ("Kā ātrāk pieņemt lēmumus?", self.janis, "lv"),
            ("Joint duty rota for small offices", self.agnes, "en"),
            ("Process maps people do read", self.marek, "en"),
        ]
        second = [
            ("What makes a department head share bad news early?", self.jordanka, "en"),
            ("Hogyan kérjünk visszajelzést az ügyfelektől?", self.agnes, "hu"),
            ("Междуведомствено сътрудничество без нови комисии", self.jordanka, "bg"),
            ("From plan to habit: the first 100 days", self.marek, "en"),
        ]
        for number, topics in enumerate((first, second)):
            for at, (title, convener, language) in enumerate(topics):
                topic = self.topic(convener, title, (number, at), language=language)
                for person in self.people[: at + 1]:
                    topic.interests.create(person=person)
        self.topic(self.agnes, "Saying no to a minister, politely", why="Who has done it, and how?")
        self.topic(self.elzbieta, "Small budgets, big trust")


async def make_wall_stage(**fields: Any) -> WallStage:
    return await sync_to_async(WallStage)(**fields)


async def alive(page: Page) -> Page:
    """Waits until the wall follows its stream."""
    await page.wait_for_selector(ALIVE, state="attached")
    return page


def sheet(page: Page, title: str) -> Locator:
    return page.locator(".topic", has=page.get_by_role("heading", name=title, exact=True))


async def choose(page: Page, title: str, item: str) -> None:
    """From the menu of a sheet."""
    await sheet(page, title).first.get_by_role("button", name="Actions for").click()
    await page.get_by_role("menuitem", name=item).click()
