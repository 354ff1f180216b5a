"""A whole Open Space in real browsers: five people, one of them by keyboard alone, and a facilitator at the desk."""

import asyncio
import re

from asgiref.sync import sync_to_async
from playwright.async_api import expect

from sessions.openspace.models import Gathering, Placement, Slot, Stay, TopicReport
from tests.support.browser import faults_of
from tests.support.desk_stage import desk_of
from tests.support.wall_stage import alive, choose, make_wall_stage, sheet

WIDE = {"viewport": {"width": 1280, "height": 900}}
TITLES = {
    "elzbieta": "Small budgets, big trust",
    "janis": "Remote teams two years on",
    "jordanka": "Кой решава и колко бързо?",
    "agnes": "Joint duty rota for small offices",
    "marek": "Process maps people do read",
}
OFFLINE = "ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch|Failed to load"


class Day:
    """The pages of all, and what each does on them."""

    def __init__(self, stage, pages, desk):
        self.stage, self.pages, self.desk = stage, pages, desk

    def __getattr__(self, name):
        return self.pages[name]

    def cell(self, name, number, space):
        """Numbers of round and space, from 0."""
        stage = self.stage
        return self.pages[name].locator(f'[data-cell="{stage.rounds[number].pk}:{stage.spaces[space].pk}"]')

    async def propose(self, name):
        page = self.pages[name]
        await page.get_by_role("button", name="Propose a topic").click()
        await page.get_by_label("Your topic: one question you care about").fill(TITLES[name])
        await page.get_by_role("button", name="Put it on the wall").click()
        await expect(page.get_by_role("dialog")).to_be_hidden()

    async def place(self, name, space, item="Place it…"):
        await choose(self.pages[name], TITLES[name], item)
        await self.pages[name].get_by_role("button", name=f"Choose {space}").first.click()

    async def enter(self, name, space):
        page = self.pages[name]
        await page.get_by_role("link", name=f"Go to {space}").first.click()
        await expect(page).to_have_url(re.compile(r"/rooms/\d+/$"))
        await expect(page.locator(".people .person").first).to_be_attached()

    async def heading(self, text):
        """What the desk says of the day."""
        await expect(self.desk.get_by_role("heading", level=1)).to_have_text(text)

    async def press(self, button, *, confirm=None):
        """A button of the desk, and the answer to what it asks."""
        await self.desk.get_by_role("button", name=button).first.click()
        if confirm:
            await self.desk.get_by_role("dialog").get_by_role("button", name=confirm).click()

    async def cut(self, name):
        page = self.pages[name]
        page.expected_errors.append(OFFLINE)
        await page.context.set_offline(True)

    async def mend(self, name):
        await self.pages[name].context.set_offline(False)


async def make_day(visit):
    stage = await make_wall_stage(stage="preparing", is_market_open=False)
    names = list(TITLES)
    opened = [visit(getattr(stage, name), stage.path, **WIDE) for name in names]
    pages = dict(zip(names, await asyncio.gather(*opened), strict=True))
    await asyncio.gather(*(alive(page) for page in pages.values()))
    return Day(stage, pages, await desk_of(visit, stage.agnieszka, stage, **WIDE))


async def by_keyboard(page, locator, *keys):
    """Tab until it has the focus, then these keys."""
    for _ in range(150):
        if await locator.evaluate("element => element === document.activeElement"):
            break
        await page.keyboard.press("Tab")
    else:
        raise AssertionError(f"Tab never reached {locator}")
    for key in keys:
        await page.keyboard.press(key)


async def where(person):
    return await Stay.objects.filter(person=person, until=None).values_list("space", flat=True).afirst()


async def test_from_the_opening_to_the_book(visit):
    day = await make_day(visit)
    await propose_and_place(day)
    await somebody_was_faster(day)
    await hold_a_round(day)
    await drop_out_and_return(day)
    await write_notes_and_report(day)
    await vote_and_close(day)


async def propose_and_place(day):
    await day.press("Begin with the opening circle")
    await expect(day.marek.get_by_role("heading", name="Five principles and one law")).to_be_visible()
    await day.press("Open the marketplace")
    await day.heading("Marketplace")
    await asyncio.gather(*(day.propose(name) for name in TITLES if name != "jordanka"))
    page = day.jordanka
    await by_keyboard(page, page.get_by_role("button", name="Propose a topic"), "Enter")
    await expect(page.get_by_label("Your topic: one question you care about")).to_be_focused()
    await page.keyboard.type(TITLES["jordanka"])
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    for page in day.pages.values():
        await expect(page.locator(".topic")).to_have_count(5)

    page = day.jordanka
    menu = sheet(page, TITLES["jordanka"]).get_by_role("button", name="Actions for")
    await by_keyboard(page, menu, "Enter", "ArrowDown")
    await expect(page.get_by_role("menuitem", name="Place it…")).to_be_focused()
    await page.keyboard.press("Enter")
    await by_keyboard(page, page.get_by_role("button", name="Choose Vistula").first, "Enter")
    await day.place("elzbieta", "Amber")
    await day.place("marek", "Rose")
    await expect(day.cell("janis", 0, 2)).to_contain_text(TITLES["jordanka"])
    await expect(day.cell("janis", 0, 3)).to_contain_text(TITLES["marek"])
    await day.place("marek", "Balaton", item="Move it…")
    await expect(day.cell("janis", 0, 4)).to_contain_text(TITLES["marek"])
    await expect(day.cell("janis", 0, 3)).not_to_contain_text(TITLES["marek"])


async def somebody_was_faster(day):
    """Ágnes chooses Linden while her line is down; Jānis stands there when she is back."""
    await choose(day.agnes, TITLES["agnes"], "Place it…")
    await day.cut("agnes")
    await day.place("janis", "Linden")
    await expect(day.cell("elzbieta", 0, 1)).to_contain_text(TITLES["janis"])
    await day.agnes.get_by_role("button", name="Choose Linden").first.click()
    await day.mend("agnes")
    dialog = day.agnes.get_by_role("dialog", name=re.compile("Somebody was faster|Another topic stands here"))
    await expect(dialog).to_contain_text(TITLES["janis"], timeout=40_000)
    assert await faults_of(day.agnes) == []
    await dialog.get_by_role("button", name="Round 1, Rose").click()
    await expect(day.cell("elzbieta", 0, 3)).to_contain_text(TITLES["agnes"])
    cells = [cell async for cell in Placement.objects.values_list("slot", "space")]
    assert len(set(cells)) == len(cells) == 5
    assert await faults_of(day.elzbieta) == []


async def hold_a_round(day):
    await day.press("Start Round 1", confirm="Start Round 1")
    await day.heading("Round 1 is running")
    assert await faults_of(day.desk) == []
    for name, space in (("elzbieta", "Amber"), ("agnes", "Amber"), ("janis", "Linden"), ("marek", "Balaton")):
        await day.enter(name, space)
    link = day.jordanka.get_by_role("link", name="Go to Vistula").first
    await by_keyboard(day.jordanka, link, "Enter")
    await expect(day.jordanka).to_have_url(re.compile(r"/rooms/\d+/$"))
    await expect(day.elzbieta.locator(".people").first).to_contain_text("Kővári Ágnes")
    spaces = day.stage.spaces
    for person, space in ((day.stage.agnes, spaces[0]), (day.stage.jordanka, spaces[2])):
        assert await where(person) == space.pk


async def drop_out_and_return(day):
    """To the same room, whether the line breaks, the page is loaded again or it is closed."""
    amber, agnes = day.stage.spaces[0], day.stage.agnes
    await day.cut("agnes")
    field = day.elzbieta.get_by_role("textbox", name="Message to Amber")
    await field.fill("Who has tried it?")
    await field.press("Enter")
    await asyncio.sleep(1)
    await day.mend("agnes")
    await expect(day.agnes.locator(".as-typed", has_text="Who has tried it?")).to_be_visible(timeout=40_000)
    assert await where(agnes) == amber.pk
    await day.agnes.reload()
    await expect(day.agnes.locator(".as-typed", has_text="Who has tried it?")).to_be_visible()
    await day.agnes.goto("about:blank")
    await day.agnes.goto(day.stage.path)
    await alive(day.agnes)
    await expect(sheet(day.agnes, TITLES["elzbieta"])).to_contain_text("You are here")
    await day.agnes.get_by_role("link", name="Go in: Amber").click()
    await expect(day.agnes.locator(".as-typed", has_text="Who has tried it?")).to_be_visible()
    assert await where(agnes) == amber.pk
    assert await Stay.objects.filter(person=agnes).acount() == 1


async def write_notes_and_report(day):
    first, second = day.elzbieta, day.agnes
    for page in (first, second):
        await expect(page.get_by_role("tab", name="Notes")).to_have_attribute("aria-selected", "true")
    notes = [page.locator(".room-papers textarea") for page in (first, second)]
    await notes[0].press_sequentially("Trust grows with small sums.\n")
    await expect(notes[1]).to_have_value("Trust grows with small sums.\n")
    await notes[1].press("Control+End")
    await notes[1].press_sequentially("Kezdjük kicsiben.")
    await expect(notes[0]).to_have_value("Trust grows with small sums.\nKezdjük kicsiben.")
    await expect(second.locator("[data-saving]")).to_have_attribute("data-saving", "saved")
    assert await faults_of(first) == []
    for page in (first, second):
        await page.get_by_role("tab", name="Report").click()
    await first.get_by_role("button", name="Begin the report").click()
    summary = [page.get_by_label("What was said") for page in (first, second)]
    await expect(summary[1]).to_have_value(re.compile("Trust grows .*\n?Kezdjük kicsiben"))
    await second.get_by_label("Recommendations").fill("Begin with one office.")
    await expect(first.get_by_label("Recommendations")).to_have_value("Begin with one office.")
    assert await faults_of(second) == []
    await first.get_by_role("button", name="Confirm the report").click()
    await expect(second.locator(".report-form")).to_contain_text("This report is confirmed.")
    report = await TopicReport.objects.aget(topic__title=TITLES["elzbieta"])
    assert (report.state, report.confirmed_by_id) == ("confirmed", day.stage.elzbieta.pk)


async def vote_and_close(day):
    await day.press("End Round 1", confirm="End Round 1")
    await expect(day.desk.get_by_role("region", name="Reports not in")).to_contain_text(TITLES["janis"])
    assert (await Slot.objects.aget(pk=day.stage.rounds[0].pk)).ended_at is not None
    stage = day.desk.get_by_role("list", name="Stages of the day")
    await stage.get_by_role("button", name="Choosing what matters").click()
    await day.desk.get_by_role("dialog").get_by_role("button", name=re.compile("^Go to")).click()
    await day.press("Open the vote")
    for page in day.pages.values():
        await page.goto(day.stage.path)
        await alive(page)
        await page.get_by_role("button", name=f"One point more for “{TITLES['elzbieta']}”").click()
        await expect(page.get_by_text("You have 4 points left.")).to_be_visible()
    await expect(day.desk.get_by_text("people have given points")).to_contain_text("5 of")
    await day.press("Close the vote", confirm="Close the vote")
    await expect(day.marek.locator(".results")).to_contain_text("5 points")
    assert await faults_of(day.marek) == []

    await day.press("Go to the closing circle")
    await day.janis.get_by_label("Your word").fill("Paldies")
    await day.janis.get_by_role("button", name="Put it on the board").click()
    await expect(day.marek.locator(".word-board")).to_contain_text("Paldies")
    await day.press("Close the Open Space", confirm="Close the Open Space")
    await day.heading("The Open Space is closed")
    assert (await sync_to_async(Gathering.objects.get)()).stage == "closed"
    page = day.marek
    await page.get_by_role("link", name="Open the book").click()
    book = page.get_by_role("main")
    for text in ("Trust grows with small sums.", "Begin with one office.", "Paldies", *TITLES.values()):
        await expect(book).to_contain_text(text)
    assert await faults_of(page) == []
