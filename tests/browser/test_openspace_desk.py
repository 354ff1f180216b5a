"""The facilitators' desk and the preparation in a browser: live, by keyboard, with two facilitators, without a line."""

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone
from playwright.async_api import expect

from sessions.openspace.models import Gathering, HelpCall, Slot, Topic
from synergy.cohorts.models import Role
from tests.factories import make_institution, make_person, make_seat
from tests.support.browser import LOOKS, SIZES, faults_of
from tests.support.desk_stage import desk_of, do, room_card
from tests.support.wall_stage import make_wall_stage


async def running_stage():
    """Round 2 runs; Elżbieta and Jānis sit in Amber."""
    stage = await make_wall_stage()

    def fill():
        stage.fill()
        stage.run(1)
        stage.stay(stage.elzbieta, stage.spaces[0])
        stage.stay(stage.janis, stage.spaces[0])

    await sync_to_async(fill)()
    return stage


@pytest.mark.parametrize(("size", "theme"), LOOKS)
async def test_axe_finds_nothing_on_the_desk(visit, size, theme):
    stage = await running_stage()
    anna = await visit(stage.elzbieta, "/connection/")
    await do(anna, f"gathering:{stage.gathering.pk}", "call.make", text="We need a translator")
    page = await desk_of(visit, stage.agnieszka, stage, viewport=SIZES[size], color_scheme=theme)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Round 2 is running")
    await expect(page.get_by_role("button", name="I’m coming").first).to_be_visible()
    assert await faults_of(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
    await page.get_by_role("button", name="End Round 2").click()
    assert await faults_of(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Keys").click()
    assert await faults_of(page) == []


@pytest.mark.parametrize(("size", "theme"), LOOKS)
async def test_axe_finds_nothing_in_the_preparation(visit, size, theme):
    stage = await running_stage()
    options = {"viewport": SIZES[size], "color_scheme": theme}
    page = await visit(stage.agnieszka, f"{stage.path}prepare/", **options)
    for details in await page.locator("main details").all():
        await details.evaluate("details => { details.open = true }")
    assert await faults_of(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
    await page.goto(f"/sessions/{stage.gathering.training_session_id}/gatherings/")
    assert await faults_of(page) == []
    await page.goto(f"/sessions/{stage.gathering.training_session_id}/")
    assert await faults_of(page) == []


async def test_the_desk_shows_what_happens_in_the_rooms(visit):
    stage = await running_stage()
    amber = stage.spaces[0]
    desk = await desk_of(visit, stage.agnieszka, stage)
    card = room_card(desk, "Amber")
    await expect(card).to_contain_text("What makes a department head share bad news early?")
    await expect(card.get_by_role("img")).to_have_accessible_name("0 messages in the last 10 minutes")
    await expect(card).to_contain_text("Quiet for more than 10 min")

    anna = await visit(stage.elzbieta, "/connection/")
    for text in ("Good morning", "Who speaks first?"):
        await do(anna, f"room:{amber.room_id}", "message.post", text=text)
    await expect(card.get_by_role("img")).to_have_accessible_name("2 messages in the last 10 minutes")
    await expect(card).to_contain_text("All well")
    await do(anna, f"room:{amber.room_id}", "hand.raise")
    await expect(card).to_contain_text("1 hand up")
    await do(anna, f"room:{amber.room_id}", "hand.lower")
    await expect(card).to_contain_text("All well")
    await do(anna, f"gathering:{stage.gathering.pk}", "person.move", space=stage.spaces[2].pk)
    await expect(room_card(desk, "Vistula")).to_contain_text("Elżbieta Nowicka")
    await expect(card).not_to_contain_text("Elżbieta Nowicka")


async def test_a_call_is_answered_and_a_second_facilitator_sees_it(visit):
    stage = await running_stage()

    def another():
        person = make_person("Румяна Илиева", time_zone="Europe/Sofia")
        make_seat(stage.cohort, person, make_institution(country="BG"), role=Role.FACILITATOR)
        return person

    second = await sync_to_async(another)()
    first_desk = await desk_of(visit, stage.agnieszka, stage)
    second_desk = await desk_of(visit, second, stage)
    anna = await visit(stage.elzbieta, "/connection/")
    await do(anna, f"gathering:{stage.gathering.pk}", "call.make", text="We need a translator")
    calls = first_desk.get_by_role("region", name="Calls for help")
    await expect(calls).to_contain_text("We need a translator")
    await expect(first_desk.get_by_role("alert").filter(has_text="asks for a facilitator")).to_be_attached()
    assert await first_desk.title() == "(1) Facilitator’s desk · Synergy"
    await calls.get_by_role("button", name="I’m coming").click()
    await expect(calls).to_contain_text("you are coming")
    other_calls = second_desk.get_by_role("region", name="Calls for help")
    await expect(other_calls).to_contain_text("Agnieszka Rudnicka is coming")
    await first_desk.context.close()
    await other_calls.get_by_role("button", name="Done").click()
    await expect(other_calls).to_have_count(0)
    assert (await HelpCall.objects.aget()).state == "closed"
    await second_desk.get_by_role("button", name="5 minutes more").click()
    await expect(second_desk.get_by_role("timer")).to_contain_text("29:")


async def test_a_day_is_run_by_keyboard_alone(visit):
    stage = await make_wall_stage(stage="preparing", is_market_open=False)
    page = await desk_of(visit, stage.agnieszka, stage)
    press, heading = page.keyboard.press, page.get_by_role("heading", level=1)
    await press("n")
    await expect(heading).to_have_text("Opening circle")
    await press("n")
    await expect(heading).to_have_text("Marketplace")
    await expect(page.get_by_role("region", name="Market", exact=True)).to_contain_text("The market is open")
    await press("n")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("It is planned for")
    await page.get_by_role("button", name="Start Round 1").last.focus()
    await press("Enter")
    await expect(heading).to_have_text("Round 1 is running")
    await expect(page.get_by_role("timer")).to_contain_text("44:")
    await press("+")
    await expect(page.get_by_role("timer")).to_contain_text("49:")
    wall = await visit(stage.elzbieta, f"/gatherings/{stage.gathering.pk}/")
    await expect(page.get_by_text("2 of ")).to_be_visible()
    await press("g")
    await expect(page.get_by_text("The gong was rung at")).to_be_visible()
    await expect(wall.get_by_text("The gong has sounded.")).to_be_visible()
    await press("e")
    await expect(dialog).to_contain_text("End Round 1 now?")
    await expect(dialog).to_contain_text("2 people hear the gong.")
    await press("Escape")
    await expect(heading).to_have_text("Round 1 is running")
    await press("e")
    await expect(dialog).to_contain_text("End Round 1 now?")
    await page.get_by_role("button", name="End Round 1").last.focus()
    await press("Enter")
    await expect(heading).to_have_text("Round 2 is next")
    assert (await Slot.objects.aget(pk=stage.rounds[0].pk)).ended_at is not None


async def test_keys_write_letters_in_a_field_and_can_be_turned_off(visit):
    stage = await running_stage()
    page = await desk_of(visit, stage.agnieszka, stage)
    await page.keyboard.press("s")
    field = page.get_by_role("textbox", name="Message to all rooms")
    await expect(field).to_be_focused()
    await page.keyboard.type("gee")
    await expect(field).to_have_value("gee")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_role("heading", level=1).click()
    await field.blur()
    await page.keyboard.press("?")
    await page.get_by_role("checkbox", name="Keys do this on this computer").uncheck()
    await page.keyboard.press("Escape")
    await page.keyboard.press("e")
    await page.wait_for_timeout(200)
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.reload()
    await page.wait_for_selector("[data-alive]", state="attached")
    await page.keyboard.press("?")
    await page.wait_for_timeout(200)
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_role("button", name="Keys").click()
    await page.get_by_role("checkbox", name="Keys do this on this computer").check()
    await page.keyboard.press("Escape")
    await page.keyboard.press("e")
    await expect(page.get_by_role("dialog")).to_contain_text("End Round 2 now?")


async def test_a_lost_line_changes_nothing(visit):
    stage = await running_stage()
    page = await desk_of(visit, stage.agnieszka, stage)
    page.expected_errors += ["ERR_INTERNET_DISCONNECTED", "WebSocket"]
    anna = await visit(stage.elzbieta, "/connection/")
    await page.context.set_offline(True)
    await do(anna, f"gathering:{stage.gathering.pk}", "call.make", text="Still here?")
    await page.context.set_offline(False)
    await expect(page.get_by_role("region", name="Calls for help")).to_contain_text("Still here?")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Round 2 is running")


async def test_everybody_is_told_someone_is_invited_and_a_report_is_asked_for(visit):
    stage = await running_stage()
    page = await desk_of(visit, stage.agnieszka, stage)
    say = page.get_by_role("region", name="Say it to everyone")
    await say.get_by_role("button", name="Send").click()
    await expect(say).to_contain_text("Write what everybody should know.")
    await say.get_by_role("textbox").fill("Ten minutes to lunch.")
    await say.get_by_role("button", name="Send").click()
    await expect(say.get_by_role("list", name="Said before")).to_contain_text("Ten minutes to lunch.")
    await expect(say.get_by_role("textbox")).to_have_value("")

    door = page.get_by_role("region", name="Help someone to a room")
    await door.get_by_role("combobox", name="Person").select_option(str(stage.marek.pk))
    await door.get_by_role("combobox", name="Room").select_option(str(stage.spaces[3].pk))
    await door.get_by_role("button", name="Open the door").click()
    await expect(door.get_by_role("status")).to_have_text(
        "Marek Šimko is invited to Rose: the invitation shows on the wall and in rooms."
    )

    reports = page.get_by_role("region", name="Reports not in")
    row = reports.get_by_role("listitem").filter(has_text="Process maps people do read")
    await row.get_by_role("button", name="Remind").click()
    await expect(row).to_contain_text("reminded at")
    await row.get_by_role("button", name="Did not take place").click()
    await page.get_by_role("dialog").get_by_role("button", name="It did not take place").click()
    await expect(row).to_have_count(0)
    assert (await Topic.objects.aget(title="Process maps people do read")).did_not_happen


async def test_closing_asks_first_and_leads_to_the_book(visit):
    stage = await make_wall_stage(stage="closing", is_market_open=False)
    page = await desk_of(visit, stage.agnieszka, stage)
    await page.get_by_role("button", name="Close the Open Space").click()
    await page.get_by_role("button", name="Not yet").click()
    assert (await Gathering.objects.aget()).stage == "closing"
    await page.get_by_role("button", name="Close the Open Space").click()
    await page.get_by_role("dialog").get_by_role("button", name="Close the Open Space").click()
    await expect(page.get_by_role("link", name="The book of proceedings")).to_be_visible()
    assert (await Gathering.objects.aget()).stage == "closed"


async def test_preparing_works_without_scripts(visit):
    stage = await make_wall_stage(stage="preparing", is_market_open=False)
    await Gathering.objects.aupdate(on=timezone.localdate())
    page = await visit(stage.agnieszka, f"{stage.path}prepare/", java_script_enabled=False)
    spaces = page.get_by_role("region", name="Spaces")
    await spaces.get_by_text("Add a space").click()
    await spaces.get_by_role("textbox", name="Name").last.fill("Danube")
    await spaces.get_by_role("button", name="Add the space").click()
    await expect(spaces).to_contain_text("Danube")
    times = page.get_by_role("region", name="Times")
    await times.get_by_text("Move several at once").click()
    before = await times.locator("time").first.get_attribute("datetime")
    await times.get_by_role("button", name="Make them later").click()
    await expect(times.locator("time").first).not_to_have_attribute("datetime", before)
    await page.goto(f"{stage.path}desk/")
    await page.get_by_role("button", name="Marketplace").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Marketplace")
