"""What the wall shows as the day goes on: news, invitations, circles, the vote, actions, words."""

import re

from asgiref.sync import sync_to_async
from playwright.async_api import expect

from tests.support.browser import faults_of
from tests.support.talk import is_live
from tests.support.wall_stage import alive, make_wall_stage, sheet

COMMAND = """async ([stream, name, data]) => {
  const body = JSON.stringify({ id: crypto.randomUUID(), name, data });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`/api/streams/${stream}/commands/`, { method: "POST", headers, body });
  return answer.status;
}"""


class Desk:
    """A facilitator who presses buttons on a page of their own."""

    def __init__(self, page, stage):
        self._page, self._stream = page, f"gathering:{stage.gathering.pk}"

    async def do(self, name, **data):
        assert await self._page.evaluate(COMMAND, [self._stream, name, data]) == 200


async def make_desk(visit, stage):
    return Desk(await visit(stage.agnieszka, "/connection/"), stage)


async def open_wall(visit, stage, person, **options):
    return await alive(await visit(person, stage.path, **options))


async def test_news_reach_everybody_and_an_invitation_one_person(visit):
    stage = await make_wall_stage()
    desk = await make_desk(visit, stage)
    janis, agnes = await open_wall(visit, stage, stage.janis), await open_wall(visit, stage, stage.agnes)
    await desk.do("news.post", text="Rose has moved to the garden.", language="en")
    for page in (janis, agnes):
        await expect(page.locator(".os-notes")).to_contain_text("Rose has moved to the garden.")
    await desk.do("person.invite", person=stage.janis.pk, space=stage.spaces[3].pk)
    dialog = janis.get_by_role("dialog", name="Come to Rose?")
    await expect(dialog).to_contain_text("Agnieszka Rudnicka holds the door of Rose open for you.")
    await expect(agnes.get_by_role("dialog")).to_have_count(0)
    await dialog.get_by_role("button", name="Go").click()
    await expect(janis).to_have_url(re.compile(rf"/rooms/{stage.spaces[3].room_id}/$"))


async def test_a_round_runs_and_lands(visit):
    stage = await make_wall_stage()

    def nearly_over():
        stage.topic(stage.agnes, "Duty rota", (0, 0))
        stage.run(0, minutes_ago=41, minutes_left=3.15)

    await sync_to_async(nearly_over)()
    page = await open_wall(visit, stage, stage.janis)
    await expect(page.get_by_role("timer")).to_contain_text(re.compile(r"[23]:\d\d"))
    await expect(page.locator("[data-spoken]")).to_have_text("3 minutes left in this round.")
    desk = await make_desk(visit, stage)
    await desk.do("round.end", slot=stage.rounds[0].pk)
    await expect(sheet(page, "Duty rota")).to_contain_text("Report due")
    await expect(page.locator("[data-spoken]")).to_have_text("Round 1 is over.")


async def test_the_talking_piece_goes_round(visit):
    stage = await make_wall_stage(stage="preparing", is_market_open=False)
    desk = await make_desk(visit, stage)
    pages = {person.pk: await open_wall(visit, stage, person) for person in (stage.janis, stage.agnes)}
    await desk.do("circle.start", kind="opening")
    for page in pages.values():
        await expect(page.get_by_role("heading", name="Opening circle")).to_be_visible()
        await expect(page.get_by_role("heading", name="Five principles and one law")).to_be_visible()
    await desk.do("circle.pass", to=stage.janis.pk)
    janis = pages[stage.janis.pk]
    await expect(janis.get_by_text("You have the talking piece")).to_be_visible()
    await expect(pages[stage.agnes.pk].get_by_role("button", name="Pass it on")).to_have_count(0)
    await janis.get_by_role("button", name="Pass it on").click()
    await expect(janis.get_by_text("You have the talking piece")).to_have_count(0)
    assert await faults_of(janis) == []


async def test_in_a_room_one_sees_the_stage_and_that_the_talking_piece_has_come(visit):
    stage = await make_wall_stage()
    desk = await make_desk(visit, stage)
    janis = await visit(stage.janis, f"/rooms/{stage.plenary.room_id}/")
    await is_live(janis)
    await desk.do("stage.set", stage="closing")
    await expect(janis.locator(".toast")).to_have_text("Closing circle")
    await desk.do("circle.start", kind="closing", people=[stage.agnes.pk, stage.janis.pk])
    await desk.do("circle.pass", to=None)
    await expect(janis.locator(".toast")).to_contain_text("You have the talking piece")


async def test_points_are_secret_until_the_vote_is_closed(visit):
    stage = await make_wall_stage(stage="rounds")

    def topics():
        stage.topic(stage.agnes, "Duty rota")
        stage.topic(stage.marek, "Process maps")

    await sync_to_async(topics)()
    desk = await make_desk(visit, stage)
    await desk.do("stage.set", stage="converging")
    await desk.do("voting.open", points_each=3)
    janis, agnes = await open_wall(visit, stage, stage.janis), await open_wall(visit, stage, stage.agnes)
    for _ in range(3):
        await janis.get_by_role("button", name="One point more for “Duty rota”").click()
    await expect(janis.get_by_text("You have 0 points left.")).to_be_visible()
    await expect(agnes.get_by_text("1 person has voted")).to_be_visible()
    await expect(agnes.get_by_text("You have 3 points left.")).to_be_visible()
    await janis.reload()
    await alive(janis)
    await expect(janis.get_by_text("You have 0 points left.")).to_be_visible()
    await desk.do("voting.close")
    await expect(agnes.locator(".results")).to_contain_text("3 points")
    assert await faults_of(agnes) == []


async def test_actions_and_words_end_the_day(visit):
    stage = await make_wall_stage(stage="rounds")
    desk = await make_desk(visit, stage)
    await desk.do("stage.set", stage="closing")
    janis, agnes = await open_wall(visit, stage, stage.janis), await open_wall(visit, stage, stage.agnes)
    await janis.get_by_role("button", name="Add an action").click()
    await janis.get_by_label("What is to be done").fill("Write one page on the duty rota")
    await janis.get_by_label("The first step").fill("Call Riga")
    await janis.get_by_label("Until when").fill("2030-05-04")
    await janis.get_by_role("button", name="Save").click()
    await expect(agnes.get_by_text("Write one page on the duty rota")).to_be_visible()
    await expect(agnes.get_by_text("First step: Call Riga")).to_be_visible()
    await expect(agnes.get_by_role("button", name="Change “Write one page")).to_have_count(0)
    await agnes.get_by_label("Your word").fill("Courage")
    await agnes.get_by_role("button", name="Put it on the board").click()
    await expect(janis.locator(".word-board")).to_contain_text("Courage")
    await desk.do("stage.set", stage="closed")
    await expect(janis.get_by_role("link", name="Open the book")).to_be_visible()
    await expect(janis.get_by_role("button", name="Add an action")).to_have_count(0)


async def test_help_is_asked_for_and_comes(visit):
    stage = await make_wall_stage()
    page = await open_wall(visit, stage, stage.janis)
    await page.get_by_role("button", name="Ask for a facilitator").click()
    await expect(page.get_by_text("The facilitators see that you ask for help.")).to_be_visible()
    await page.get_by_role("button", name="No longer needed").click()
    await expect(page.get_by_role("button", name="Ask for a facilitator")).to_be_visible()
