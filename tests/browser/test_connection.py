"""The connection page in a browser: what a person sees and can send on."""

from asgiref.sync import sync_to_async
from playwright.async_api import Page, WebSocketRoute, expect

from tests.factories import make_person
from tests.support.browser import faults_of

CHECK = 30_000


async def block_web_sockets(page: Page) -> None:
    async def refuse(socket: WebSocketRoute) -> None:
        await socket.close()

    await page.route_web_socket("**/ws/live/", refuse)


async def test_where_web_sockets_are_blocked_it_says_so_and_what_to_tell_it(visit):
    ann = await sync_to_async(make_person)()
    page = await visit(ann, "/connection/", viewport={"width": 360, "height": 740}, color_scheme="dark")
    await block_web_sockets(page)
    await page.reload()
    await expect(page.get_by_text("In use now: the slower way")).to_be_visible()

    start = page.get_by_role("button", name="Start the check")
    await start.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("progressbar")).to_be_visible()
    await expect(page.get_by_role("status").filter(has_text="Checking the live connection")).to_be_attached()
    verdict = page.get_by_role("heading", name="Your network blocks WebSocket. Synergy uses the slower way.")
    await expect(verdict).to_be_visible(timeout=CHECK)
    await expect(page.get_by_role("button", name="Check again")).to_be_focused()

    report = await page.get_by_role("textbox", name="For your IT department").input_value()
    assert "127.0.0.1" in report
    assert "WebSocket (HTTP Upgrade)" in report
    assert "Slower way (long polling): Works." in report
    mail = await page.get_by_role("link", name="Send by e-mail").get_attribute("href")
    assert mail is not None
    assert mail.startswith("mailto:?subject=")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await faults_of(page) == []


async def test_where_all_is_well_it_says_so(visit):
    ann = await sync_to_async(make_person)()
    page = await visit(ann, "/connection/")
    await expect(page.get_by_text("In use now: the live connection")).to_be_visible()
    await page.get_by_role("button", name="Start the check").click()
    await expect(page.get_by_role("heading", name="Live connection works.")).to_be_visible(timeout=CHECK)
    await page.get_by_role("button", name="Copy the text").click()
    await expect(page.get_by_text("Copied.").or_(page.get_by_text("Press Ctrl and C"))).to_be_visible()
    assert await faults_of(page) == []


async def test_without_scripts_it_says_that_rooms_work_all_the_same(visit):
    page = await visit(None, "/connection/", java_script_enabled=False)
    await expect(page.get_by_text("The check needs JavaScript")).to_be_visible()
    await expect(page.get_by_role("button", name="Start the check")).to_be_hidden()
