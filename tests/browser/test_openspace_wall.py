"""The wall in real browsers: five people propose, place, clash, go and come back; one of them by keyboard alone."""

import re

from asgiref.sync import sync_to_async
from playwright.async_api import expect

from sessions.openspace.models import Gathering, Placement, Stay, Topic
from tests.support.browser import faults_of
from tests.support.wall_stage import alive, choose, make_wall_stage, sheet

# Both ends of a drag are in view.
TALL = {"width": 1280, "height": 1400}


async def open_wall(visit, stage, person, **options):
    return await alive(await visit(person, stage.path, **options))


def cell(page, stage, number, space):
    """Numbers of round and space, from 0."""
    return page.locator(f'[data-cell="{stage.rounds[number].pk}:{stage.spaces[space].pk}"]')


def toast(page):
    return page.locator(".toast")


async def propose(page, title):
    await page.get_by_role("button", name="Propose a topic").click()
    await page.get_by_label("Your topic: one question you care about").fill(title)
    await page.get_by_role("button", name="Put it on the wall").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def placed_at(title):
    def read():
        return list(Placement.objects.filter(topic__title=title).values_list("slot", "space"))

    return await sync_to_async(read)()


async def test_a_topic_goes_up_is_placed_and_everybody_sees_it(visit):
    stage = await make_wall_stage()
    anna, janis = await open_wall(visit, stage, stage.elzbieta), await open_wall(visit, stage, stage.janis)
    await expect(anna.get_by_text("The wall is still empty.")).to_be_visible()
    await propose(anna, "What would we stop doing?")
    await expect(sheet(janis, "What would we stop doing?")).to_contain_text("Elżbieta Nowicka")
    await choose(anna, "What would we stop doing?", "Place it…")
    await anna.get_by_role("button", name="Choose Vistula").click()
    await expect(toast(anna)).to_contain_text("now stands here: Round 1, Vistula")
    await expect(cell(janis, stage, 0, 2)).to_contain_text("What would we stop doing?")
    await sheet(janis, "What would we stop doing?").get_by_role("button", name="I am interested").click()
    await expect(cell(anna, stage, 0, 2)).to_contain_text("1 interested")
    janis_menu = sheet(janis, "What would we stop doing?").get_by_role("button", name="Actions for")
    await janis_menu.click()
    await expect(janis.get_by_role("menuitem", name="Move it…")).to_have_count(0)


async def test_a_free_cell_takes_a_new_topic(visit):
    stage = await make_wall_stage()
    page = await open_wall(visit, stage, stage.marek)
    await cell(page, stage, 1, 3).get_by_role("button").click()
    await page.get_by_role("button", name="Propose a new topic for this place").click()
    await page.get_by_label("Your topic: one question you care about").fill(
        "Deputies: a job or a waiting room?"
    )
    await page.get_by_role("button", name="Put it on the wall").click()
    await expect(cell(page, stage, 1, 3)).to_contain_text("Deputies: a job or a waiting room?")


async def test_a_sheet_is_dragged_to_a_cell_and_back_to_another(visit):
    stage = await make_wall_stage()
    await sync_to_async(stage.topic)(stage.elzbieta, "Small budgets, big trust")
    page = await open_wall(visit, stage, stage.elzbieta, viewport=TALL)
    await sheet(page, "Small budgets, big trust").drag_to(cell(page, stage, 0, 0))
    await expect(cell(page, stage, 0, 0)).to_contain_text("Small budgets")
    await sheet(page, "Small budgets, big trust").drag_to(cell(page, stage, 1, 1))
    await expect(cell(page, stage, 1, 1)).to_contain_text("Small budgets")
    await expect(cell(page, stage, 0, 0)).not_to_contain_text("Small budgets")


async def test_somebody_was_faster(visit):
    """Agnes looks at an empty cell; before she chooses it, Marek's topic stands there."""
    stage = await make_wall_stage()
    await sync_to_async(stage.topic)(stage.agnes, "Duty rota")
    theirs = await sync_to_async(stage.topic)(stage.marek, "Process maps")
    agnes = await open_wall(visit, stage, stage.agnes)
    await choose(agnes, "Duty rota", "Place it…")
    # Her page does not hear of it, as if both had pressed in the same moment.
    await sync_to_async(Placement.objects.create)(topic=theirs, slot=stage.rounds[0], space=stage.spaces[0])
    await agnes.get_by_role("button", name="Choose Amber").click()
    dialog = agnes.get_by_role("dialog", name="Somebody was faster")
    await expect(dialog).to_contain_text("Process maps")
    assert await placed_at("Duty rota") == []
    await dialog.get_by_role("button", name="Round 1, Linden").click()
    await expect(cell(agnes, stage, 0, 1)).to_contain_text("Duty rota")
    await expect(agnes.get_by_role("dialog")).to_be_hidden()


async def test_two_in_one_cell_is_a_warning_and_allowed(visit):
    stage = await make_wall_stage()
    await sync_to_async(stage.topic)(stage.agnes, "Duty rota")
    await sync_to_async(stage.topic)(stage.marek, "Process maps", (0, 0))
    agnes = await open_wall(visit, stage, stage.agnes, viewport=TALL)
    await sheet(agnes, "Duty rota").drag_to(cell(agnes, stage, 0, 0))
    await (
        agnes.get_by_role("dialog", name="Another topic stands here")
        .get_by_role("button", name="Put it here, too")
        .click()
    )
    await expect(cell(agnes, stage, 0, 0).locator(".topic")).to_have_count(2)
    await expect(sheet(agnes, "Duty rota")).to_contain_text("“Process maps” stands here, too")


async def test_merging_needs_the_other_convener(visit):
    stage = await make_wall_stage()
    await sync_to_async(stage.topic)(stage.agnes, "Duty rota")
    await sync_to_async(stage.topic)(stage.marek, "Shared duty")
    agnes, marek = await open_wall(visit, stage, stage.agnes), await open_wall(visit, stage, stage.marek)
    await choose(agnes, "Duty rota", "Put together with another topic…")
    await agnes.get_by_label("Together with").select_option(label="2 Shared duty")
    await agnes.get_by_role("button", name="Ask the conveners").click()
    await expect(agnes.locator(".os-notes")).to_contain_text("Waiting for Marek Šimko.")
    await expect(marek.locator(".os-notes")).to_contain_text("Kővári Ágnes asks")
    await expect(sheet(marek, "Duty rota")).to_be_visible()
    await marek.get_by_role("button", name="Agree").click()
    await expect(sheet(agnes, "Duty rota")).to_have_count(0)
    await expect(sheet(agnes, "Shared duty")).to_be_visible()


async def test_withdrawing_asks_first(visit):
    stage = await make_wall_stage()
    await sync_to_async(stage.topic)(stage.agnes, "Duty rota")
    agnes = await open_wall(visit, stage, stage.agnes)
    await choose(agnes, "Duty rota", "Withdraw it…")
    await agnes.get_by_role("button", name="Keep it").click()
    await expect(sheet(agnes, "Duty rota")).to_be_visible()
    await choose(agnes, "Duty rota", "Withdraw it…")
    await agnes.get_by_role("button", name="Withdraw topic").click()
    await expect(sheet(agnes, "Duty rota")).to_have_count(0)


async def test_a_topic_that_is_left_is_taken_over(visit):
    stage = await make_wall_stage()
    await sync_to_async(stage.topic)(stage.agnes, "Duty rota", (0, 0))
    agnes, janis = await open_wall(visit, stage, stage.agnes), await open_wall(visit, stage, stage.janis)
    await choose(agnes, "Duty rota", "Leave it to somebody else…")
    await agnes.get_by_role("button", name="Leave it").click()
    await expect(sheet(janis, "Duty rota")).to_contain_text("Looks for a convener")
    await choose(janis, "Duty rota", "Take it over…")
    await janis.get_by_role("button", name="Take it over").click()
    await expect(sheet(agnes, "Duty rota")).to_contain_text("Jānis Krūmiņš")


async def test_one_goes_to_a_room_and_the_others_see_where(visit):
    stage = await make_wall_stage()

    def running():
        stage.topic(stage.agnes, "Duty rota", (0, 0))
        stage.run(0)

    await sync_to_async(running)()
    agnes, janis = await open_wall(visit, stage, stage.agnes), await open_wall(visit, stage, stage.janis)
    await janis.get_by_role("link", name="Go to Amber").click()
    await expect(janis).to_have_url(re.compile(rf"/rooms/{stage.spaces[0].room_id}/$"))
    await expect(sheet(agnes, "Duty rota")).to_contain_text("1 in the room")
    await janis.go_back()
    await alive(janis)
    await expect(sheet(janis, "Duty rota")).to_contain_text("You are here")
    await janis.get_by_role("button", name="Leave Amber").click()
    await expect(sheet(agnes, "Duty rota")).to_contain_text("0 in the room")


async def test_a_full_room_offers_others(visit):
    stage = await make_wall_stage()

    def full():
        space = stage.spaces[0]
        space.capacity, space.is_hard = 1, True
        space.save()
        stage.stay(stage.agnes, space)

    await sync_to_async(full)()
    page = await open_wall(visit, stage, stage.janis)
    await page.get_by_role("link", name="Go to Amber").click()
    dialog = page.get_by_role("dialog", name="Amber is full")
    await dialog.get_by_role("button", name="Go to Linden").click()
    await expect(page).to_have_url(re.compile(rf"/rooms/{stage.spaces[1].room_id}/$"))
    where = await sync_to_async(lambda: Stay.objects.get(person=stage.janis, until=None).space_id)()
    assert where == stage.spaces[1].pk


async def test_one_finds_the_lounge_and_the_way_back(visit):
    stage = await make_wall_stage(stage="opening")
    page = await open_wall(visit, stage, stage.janis)
    await page.get_by_role("button", name="Go to Lounge").click()
    await expect(page).to_have_url(re.compile(rf"/rooms/{stage.lounge.room_id}/$"))
    await page.goto(stage.path)
    await alive(page)
    await page.get_by_role("button", name="Come back to Plenary").click()
    await expect(page.get_by_text("You can move.")).to_be_visible()


async def test_a_closed_market_says_why(visit):
    stage = await make_wall_stage(stage="rounds")
    page = await open_wall(visit, stage, stage.janis)
    button = page.get_by_role("button", name="Propose a topic")
    await expect(button).to_have_attribute("aria-disabled", "true")
    await expect(page.get_by_text("The market is closed at the moment.").first).to_be_visible()
    await sync_to_async(Gathering.objects.update)(is_market_open=True)


async def test_an_observer_sees_all_and_is_offered_nothing(visit):
    stage = await make_wall_stage()
    await sync_to_async(stage.fill)()
    page = await open_wall(visit, stage, stage.agota)
    await expect(page.get_by_role("button", name="I am interested")).to_have_count(0)
    await expect(page.locator(".open-btn")).to_have_count(0)
    await expect(page.get_by_role("button", name="Propose a topic")).to_have_attribute(
        "aria-disabled", "true"
    )


async def test_by_keyboard_alone(visit):
    """Proposes, places, marks interest and goes to a room, with Tab, arrows, Enter and Escape."""
    stage = await make_wall_stage()
    page = await open_wall(visit, stage, stage.jordanka)
    keys = page.keyboard

    async def reach(locator):
        for _ in range(120):
            if await locator.evaluate("element => element === document.activeElement"):
                return
            await keys.press("Tab")
        raise AssertionError(f"Tab never reached {locator}")

    await reach(page.get_by_role("button", name="Propose a topic"))
    await keys.press("Enter")
    await expect(page.get_by_label("Your topic: one question you care about")).to_be_focused()
    await keys.type("Who decides, and how fast?")
    await keys.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await reach(sheet(page, "Who decides, and how fast?").get_by_role("button", name="Actions for"))
    await keys.press("Enter")
    await keys.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Place it…")).to_be_focused()
    await keys.press("Enter")
    await reach(page.get_by_role("button", name="Choose Rose"))
    await keys.press("Enter")
    await expect(cell(page, stage, 0, 3)).to_contain_text("Who decides, and how fast?")
    await expect(toast(page)).to_contain_text("Round 1, Rose")
    await reach(sheet(page, "Who decides, and how fast?").get_by_role("button", name="I am interested"))
    await keys.press("Space")
    await expect(sheet(page, "Who decides, and how fast?")).to_contain_text("1 interested")
    await reach(page.get_by_role("link", name="Go to Rose"))
    await keys.press("Enter")
    await expect(page).to_have_url(re.compile(r"/rooms/\d+/$"))


async def test_nothing_for_axe_and_no_scroll_sideways(visit):
    stage = await make_wall_stage()

    def full():
        stage.fill()
        stage.run(1)
        stage.stay(stage.elzbieta, stage.spaces[0])

    await sync_to_async(full)()
    for size in ({"width": 1280, "height": 900}, {"width": 360, "height": 800}):
        for scheme in ("light", "dark"):
            page = await open_wall(visit, stage, stage.elzbieta, viewport=size, color_scheme=scheme)
            assert await faults_of(page) == []
            assert await page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    await page.get_by_role("button", name="Propose a topic").click()
    await page.get_by_text("More: language").click()
    assert await faults_of(page) == []
    assert await sync_to_async(Topic.objects.count)() == 11


async def test_the_big_screen_shows_what_runs_first(visit):
    stage = await make_wall_stage()

    def full():
        stage.fill()
        stage.run(1)

    await sync_to_async(full)()
    page = await alive(
        await visit(stage.agnieszka, stage.path + "projector/", viewport={"width": 1920, "height": 1080})
    )
    await expect(page.get_by_role("heading", level=2)).to_contain_text("Round 2")
    await expect(page.locator(".paper")).to_have_count(4)
    assert await faults_of(page) == []
