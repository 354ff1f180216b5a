"""axe finds nothing on any page of a room, light and dark, wide and narrow."""

import pytest
from asgiref.sync import sync_to_async
from playwright.async_api import expect

from synergy.cohorts.models import Role
from tests.factories import make_seat
from tests.support.browser import LOOKS, SIZES, faults_of
from tests.support.talk import choose, field_of, is_live, make_talk


@pytest.mark.parametrize(("size", "theme"), LOOKS)
async def test_pages_of_rooms(visit, size, theme):
    talk = await make_talk()
    numbers = await talk.said(talk.janis, "Who speaks **first**?", "See https://example.org")
    await talk.said(talk.elzbieta, "I do, @Jānis Krūmiņš", root=numbers[0], mentions=[talk.janis.pk])
    options = {"viewport": SIZES[size], "color_scheme": theme}
    page = await visit(talk.agnieszka, "/rooms/", **options)
    await expect(page.get_by_role("button", name="Open a new room")).to_be_visible()
    assert await faults_of(page) == []
    await page.goto(talk.path)
    await is_live(page)
    assert await faults_of(page) == []
    await choose(page, "Who speaks", "Reply in thread")
    await expect(page.get_by_role("complementary", name="Thread")).to_contain_text("1 reply")
    assert await faults_of(page) == []
    await page.keyboard.press("Escape")
    await choose(page, "Who speaks", "Remove")
    assert await faults_of(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
    await page.keyboard.press("Escape")
    await search_with_keys(page, size)
    assert await faults_of(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]


async def search_with_keys(page, size):
    """Two keys lead to the search, and no single one; where there is no room, to its page."""
    await field_of(page).blur()
    await page.keyboard.press("/")
    assert await page.evaluate("document.activeElement.type") != "search"
    await page.keyboard.press("Control+k")
    field = page.get_by_role("searchbox", name="Search" if size == "wide" else "What are you looking for?")
    await expect(field).to_be_focused()
    await page.keyboard.type("KRUMIN")
    await page.keyboard.press("Enter")
    await expect(page).to_have_title("Search for “KRUMIN”: 1 result · Synergy")
    await expect(page.locator("mark")).to_have_text("Krūmiņš")
    await page.get_by_role("link", name="Elżbieta").click()
    await expect(page.get_by_text("I do, ")).to_be_in_viewport()
    await page.go_back()
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("searchbox", name="What are you looking for?")).to_be_focused()


@pytest.mark.parametrize(("size", "theme"), LOOKS)
async def test_a_page_that_is_not_there(visit, size, theme):
    talk = await make_talk()
    page = await visit(None, "/accounts/login/", viewport=SIZES[size], color_scheme=theme)
    page.expected_errors.append("404")
    await page.goto("/nowhere/")
    await expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing at this address")
    assert await faults_of(page) == []
    await page.context.close()
    page = await visit(talk.elzbieta, "/", viewport=SIZES[size], color_scheme=theme)
    assert await faults_of(page) == []


@pytest.mark.parametrize(("size", "theme"), LOOKS)
async def test_a_colleague_is_asked_for_and_invited(visit, size, theme):
    seat = await sync_to_async(make_seat)()
    organiser = await sync_to_async(make_seat)(seat.cohort, role=Role.ORGANISER)
    options = {"viewport": SIZES[size], "color_scheme": theme}

    async def is_sound(page):
        assert await faults_of(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]

    page = await visit(seat.person, "/", **options)
    await page.get_by_role("link", name="Who is who").press("Enter")
    await page.locator("summary", has_text="Is a colleague missing?").press("Enter")
    await is_sound(page)
    await page.get_by_label("Name").fill("Ilze Bērziņa")
    await page.get_by_label("Work e-mail").fill("ilze@office.example")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("The organisers are asked to invite Ilze Bērziņa.")).to_be_visible()
    await is_sound(page)
    await page.context.close()

    page = await visit(organiser.person, "/notices/", **options)
    await page.get_by_role("link", name="asks you to invite Ilze Bērziņa").press("Enter")
    await page.get_by_role("button", name="Send the invitation", exact=True).press("Enter")
    await expect(page.get_by_text("Invitation sent to ilze@office.example.")).to_be_visible()
    await page.locator("summary", has_text="Withdraw").press("Enter")
    await page.locator("summary", has_text="Change an institution").press("Enter")
    await is_sound(page)
    await page.get_by_role("button", name="Yes, withdraw the invitation of Ilze Bērziņa").press("Enter")
    await expect(page.get_by_text("The invitation of Ilze Bērziņa is withdrawn.")).to_be_visible()
    await page.locator("summary", has_text="Change an institution").press("Enter")
    await page.get_by_role("link", name=seat.institution.name).press("Enter")
    await is_sound(page)
