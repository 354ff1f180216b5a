"""Doors for other programs in a browser: a token, a calendar, a webhook; axe, narrow, dark, by keyboard."""

import re

import pytest
from asgiref.sync import sync_to_async
from django.urls import reverse
from django.utils import timezone
from playwright.async_api import expect

from challenges.plans.models import Audience
from synergy.hooks.models import Delivery, Hook, State
from tests.factories import NOON
from tests.factories.plans import make_plan_case
from tests.support.browser import faults_of
from tests.support.plans import agree

SIZES = {"light": {"width": 1280, "height": 900}, "dark": {"width": 360, "height": 740}}


def _case():
    case = agree(make_plan_case(audience=Audience.COHORT))
    case.hook = Hook.objects.create(
        cohort=case.cohort,
        person=case.organiser,
        url="https://office.example/a/very/long/address/that/has/to/be/broken/somewhere/synergy?x=1",
        kinds=["plan", "report"],
        salt="x",
        created_at=NOON,
    )
    now = timezone.now()  # The server beside forgets old ones.
    for seq, (state, status, said) in enumerate(
        [
            (State.DELIVERED, 204, ""),
            (State.FAILED, 500, ""),
            (State.WAITING, None, "TimeoutError: timed out"),
        ]
    ):
        Delivery.objects.create(
            hook=case.hook,
            stream_kind="plan",
            stream_key=case.plan.pk,
            seq=1000 + seq,
            name="reading.set",
            at=now,
            due_at=now,
            tried_at=now,
            tries=seq + 1,
            state=state,
            status=status,
            said=said,
        )
    return case


@pytest.mark.parametrize("theme", SIZES)
async def test_the_doors_are_opened_and_closed(visit, theme):
    case = await sync_to_async(_case)()
    options = {"viewport": SIZES[theme], "color_scheme": theme}

    async def is_sound(page):
        assert await faults_of(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") == SIZES[theme]["width"]

    page = await visit(case.item_owner, reverse("keys:tokens"), **options)
    await expect(page.get_by_text("None. Only you come in with your account.")).to_be_visible()
    await is_sound(page)
    await page.get_by_label("Which program").focus()
    await page.keyboard.type("Our reporting tool")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await page.get_by_role("button", name="Make a token").press("Enter")
    await expect(page.get_by_role("textbox", name="Your new token")).to_have_value(re.compile("^syn_"))
    await expect(page.get_by_text("Our reporting tool", exact=True)).to_be_visible()
    await is_sound(page)
    await page.locator("summary", has_text="End access").press("Enter")
    await page.get_by_role("button", name="Yes, end its access").press("Enter")
    await expect(page.get_by_text("Ended. The program gets nothing any more.")).to_be_visible()
    await page.goto(reverse("plans:due"))
    await page.get_by_role("link", name="Add to your calendar").press("Enter")
    await is_sound(page)
    await page.get_by_role("button", name="Make an address").press("Enter")
    await expect(page.get_by_role("textbox", name="Your address")).to_have_value(
        re.compile("/calendar/syn_.+/due.ics$")
    )
    await is_sound(page)
    await page.context.close()

    page = await visit(case.organiser, reverse("cohorts:people", args=[case.cohort.pk]), **options)
    await page.get_by_role("link", name="Webhooks").press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Webhooks")
    await is_sound(page)
    await page.get_by_label("Address of the program").fill("https://127.0.0.1/in")
    await page.get_by_label("Plans").check()
    page.expected_errors.append("400")
    await page.get_by_role("button", name="Add the address").press("Enter")
    await expect(
        page.get_by_text("Write a public address that begins with https://.", exact=True)
    ).to_be_visible()
    await is_sound(page)
    await page.get_by_role("link", name="office.example").press("Enter")
    await expect(page.get_by_role("row", name="reading.set")).to_have_count(3)
    await is_sound(page)
    await page.get_by_role("button", name="Send a test").press("Enter")
    await expect(page.get_by_text("A test is on its way.")).to_be_visible()
    await page.locator("summary", has_text="Remove").press("Enter")
    await page.get_by_role("button", name="Yes, remove it").press("Enter")
    await expect(page.get_by_text("Removed. Nothing is sent there any more.")).to_be_visible()
