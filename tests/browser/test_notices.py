"""The bell counts while one looks at another page; what is opened is read, and the other tab knows it; axe."""

from asgiref.sync import sync_to_async
from django.db import transaction
from django.utils import timezone
from playwright.async_api import expect

from challenges.models import State
from challenges.notices import kind_of
from synergy.notices.actions import notify
from tests.factories.challenges import make_case
from tests.support.browser import SIZES, faults_of


@sync_to_async
def tell(person, challenge, key):
    with transaction.atomic():
        notify(
            people=[person],
            kind=kind_of(State.SUBMITTED),
            key=key,
            values={
                "who": "Elżbieta Nowicka",
                "title": f"Letters {key}",
                "institution": "Regional Office",
                "why": "",
            },
            address=f"/challenges/{challenge.pk}/",
            now=timezone.now(),
        )


async def test_the_bell_counts_and_what_is_opened_is_read(visit):
    case = await sync_to_async(make_case)()
    fiona, one = case.facilitator, case.challenge
    await tell(fiona, one, "1")
    page = await visit(fiona, "/rooms/")
    bell = page.locator("[data-bell]")
    await expect(bell).to_have_accessible_name("Notices, 1 not read")
    await page.wait_for_load_state("networkidle")
    await tell(fiona, one, "2")
    await expect(bell).to_have_accessible_name("Notices, 2 not read")

    other = await visit(fiona, "/notices/", viewport=SIZES["narrow"])
    await expect(other.get_by_text("New", exact=True)).to_have_count(2)
    assert await faults_of(other) == []
    await bell.focus()
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="A challenge waits for you: Letters 2").click()
    await expect(page.get_by_role("heading", name=str(one))).to_be_visible()
    # Both lead to this page; what comes while it is open does not go by itself.
    await expect(page.locator("[data-bell]")).to_have_accessible_name("Notices")
    await tell(fiona, one, "3")
    await expect(page.locator("[data-bell]")).to_have_accessible_name("Notices, 1 not read")
    await expect(other.get_by_text("New", exact=True)).to_have_count(1)
    await other.get_by_role("button", name="Mark all as read").click()
    await expect(page.locator("[data-bell]")).to_have_accessible_name("Notices")

    await other.get_by_role("link", name="Choose what you are told").click()
    await other.get_by_role("combobox", name="A challenge waits for your answer").select_option("Never")
    assert await faults_of(other) == []
    await other.get_by_role("button", name="Save").click()
    await expect(other.get_by_text("Saved.")).to_be_visible()
    assert await other.evaluate("document.documentElement.scrollWidth") == SIZES["narrow"]["width"]
