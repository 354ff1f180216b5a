"""A cohort with a room for browser tests, and what one does on the page of a room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.utils import timezone
from playwright.async_api import Locator, Page, expect

from rooms.actions import post_message
from rooms.models import Room
from rooms.queries import room_for
from synergy.cohorts.actions import end_seat
from synergy.cohorts.models import Role, Seat
from tests.factories import make_cohort, make_institution, make_person, make_room, make_seat

MORNING = datetime(2026, 2, 9, 9, 0, tzinfo=UTC)


class Talk:
    """Elżbieta and Jānis take part, Agnieszka facilitates, Ágota observes."""

    def __init__(self) -> None:
        self.cohort = make_cohort("Cohort B")
        self.room = make_room(self.cohort, "Amber", title="What makes a head share bad news early?")
        self.other = make_room(self.cohort, "Linden", title="The first ten days", position=1)
        self.elzbieta = self._seated("Elżbieta Nowicka", "PL", "Europe/Warsaw")
        self.janis = self._seated("Jānis Krūmiņš", "LV", "Europe/Riga")
        self.agnieszka = self._seated("Agnieszka Rudnicka", "PL", "Europe/Warsaw", Role.FACILITATOR)
        self.agota = self._seated("Kárpáti Ágota", "HU", "Europe/Budapest", Role.OBSERVER)
        self.path = f"/rooms/{self.room.pk}/"

    def _seated(self, name: str, country: str, zone: str, role: str = Role.PARTICIPANT) -> Any:
        person = make_person(name, time_zone=zone)
        make_seat(self.cohort, person, make_institution(country=country), role=role)
        return person

    async def said(self, person: Any, *texts: str, start: datetime = MORNING, **fields: Any) -> list[int]:
        """Messages that were there before; a minute lies between them. Gives their numbers."""

        def say() -> list[int]:
            room = room_for(person, self.room.pk)
            assert room is not None
            moments = [start + timedelta(minutes=minute) for minute in range(len(texts))]
            return [
                post_message(person=person, room=room, text=text, now=now, lang="en", **fields).seq
                for text, now in zip(texts, moments, strict=True)
            ]

        return await sync_to_async(say)()

    async def end_seat(self, person: Any) -> None:
        seat = await Seat.objects.aget(cohort=self.cohort, person=person)
        await sync_to_async(end_seat)(seat=seat, now=timezone.now())

    async def set(self, **fields: Any) -> None:
        await Room.objects.filter(pk=self.room.pk).aupdate(**fields)


async def make_talk() -> Talk:
    return await sync_to_async(Talk)()


def log_of(page: Page) -> Locator:
    return page.locator(".room-c .chat > li")


def field_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Message to Amber")


async def is_live(page: Page) -> None:
    """The page follows the room: it knows that its own person is here."""
    await expect(page.locator(".ring-mid b")).not_to_have_text("0")


async def write(page: Page, text: str) -> None:
    await field_of(page).fill(text)
    await field_of(page).press("Enter")


def message(page: Page, text: str) -> Locator:
    return page.locator(".room-c .chat article", has_text=text).last


async def choose(page: Page, text: str, action: str) -> None:
    """Takes `action` from the menu of the message that has this text."""
    await message(page, text).hover()
    await message(page, text).get_by_role("button", name="More actions").click()
    await page.get_by_role("menu").get_by_text(action, exact=True).click()


Visit = Callable[..., Any]
