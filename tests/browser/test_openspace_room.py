"""A room during a round: what is on, moving, hands of the facilitators, the last minutes and the report."""

import re

import pytest
from playwright.async_api import expect

from sessions.openspace.actions.calls import take_call
from sessions.openspace.actions.moving import invite_person, move_person
from sessions.openspace.actions.news import post_news
from sessions.openspace.actions.reports import begin_report, change_report
from sessions.openspace.models import HelpCall, TopicReport
from tests.support.browser import LOOKS, SIZES, faults_of
from tests.support.openspace_room import is_in, make_round, notice

WIDE = {"viewport": SIZES["wide"]}


async def test_what_is_on_here_and_where_everybody_is(visit):
    held = await make_round()
    ilze = await visit(held.ilze, held.path, **WIDE)
    await is_in(ilze)
    await expect(ilze.get_by_role("heading", level=1)).to_have_text(held.topic.title)
    await expect(ilze.locator(".room-h .kicker")).to_contain_text(
        "Amber · Round 1 · convened by Ilze Bērziņa"
    )
    await expect(ilze.get_by_role("timer").first).to_have_accessible_name(re.compile(r"^(29|30):\d\d left"))
    await expect(ilze.get_by_role("link", name="Back to the wall").first).to_have_attribute(
        "href", f"/gatherings/{held.gathering.pk}/"
    )
    # Coming in moves the person.
    janis = await visit(held.janis, f"/rooms/{held.linden.room_id}/", **WIDE)
    linden = ilze.locator(".space", has_text="Linden")
    await expect(linden).to_contain_text("Visszajelzés az ügyfelektől")
    await expect(linden.locator(".cnt")).to_contain_text("1 of 12")
    await linden.get_by_text("Who is there").click()
    await expect(linden).to_contain_text("Jānis Krūmiņš")
    assert await held.where(held.janis) == held.linden.pk
    assert await held.where(held.ilze) == held.amber.pk
    # One press, and no question.
    await janis.locator(".space", has_text="Amber").get_by_role("link", name="Go").click()
    await janis.wait_for_url(f"**{held.path}")
    await expect(ilze.locator(".people").first).to_contain_text("Jānis Krūmiņš")
    assert await held.where(held.janis) == held.amber.pk
    # Who drops out is still there afterwards.
    await janis.context.close()
    await expect(linden.locator(".cnt")).to_contain_text("0 of 12")
    assert await held.where(held.janis) == held.amber.pk


async def test_a_full_space_says_where_there_is_room(visit):
    held = await make_round()
    for person in (held.boros, held.agota):
        await held.run(move_person, person, space=held.rose.pk)
    janis = await visit(held.janis, held.path, **WIDE)
    await is_in(janis)
    rose = janis.locator(".space", has_text="Rose")
    await expect(rose).to_contain_text("full")
    await rose.get_by_role("link", name="Go").click()
    full = notice(janis, "Rose is full")
    await expect(full).to_be_visible()
    assert janis.url.endswith(held.path)
    await full.get_by_role("link", name="Go to Linden").click()
    await janis.wait_for_url(f"**/rooms/{held.linden.room_id}/")
    # By its address it does not open either; the way back is there.
    await janis.goto(f"/rooms/{held.rose.room_id}/")
    await expect(notice(janis, "Rose is full")).to_contain_text("you are not counted as being here")
    assert await held.where(held.janis) == held.linden.pk
    composer = janis.locator(".composer textarea")
    await expect(composer).to_have_count(0)
    await expect(janis.locator(".composer.closed")).to_contain_text("Rose is full")
    # When somebody goes there is room, and one may write.
    await held.run(move_person, held.boros, space=held.linden.pk)
    await notice(janis, "Rose is full").get_by_role("button", name="Try again").click()
    await expect(composer).to_be_visible()
    await held.run(move_person, held.janis, space=held.linden.pk)
    await held.run(move_person, held.boros, space=held.rose.pk)
    # A facilitator comes in.
    agnieszka = await visit(held.agnieszka, f"/rooms/{held.rose.room_id}/", **WIDE)
    await is_in(agnieszka)
    await expect(notice(agnieszka, "full")).to_have_count(0)
    await expect(janis.locator(".elsewhere")).not_to_contain_text("Agnieszka")


async def test_news_an_open_door_and_help(visit):
    held = await make_round()
    janis = await visit(held.janis, held.path, **WIDE)
    await is_in(janis)
    await held.run(post_news, held.agnieszka, text="Soup at one", language="en")
    await expect(notice(janis, "Soup at one")).to_contain_text("Agnieszka Rudnicka")
    await notice(janis, "Soup at one").get_by_role("button", name="Close").click()
    await expect(notice(janis, "Soup at one")).to_have_count(0)
    await janis.reload()
    await is_in(janis)
    await expect(notice(janis, "Soup at one")).to_have_count(0)

    await janis.get_by_role("button", name="Ask for the facilitator").click()
    await janis.get_by_label("What is it about?").fill("The projector is dark")
    await janis.get_by_role("button", name="Ask for help").click()
    await expect(janis.locator(".my-call")).to_contain_text("You have asked for the facilitator")
    call = await HelpCall.objects.aget(gathering=held.gathering)
    assert (call.text, call.space_id) == ("The projector is dark", held.amber.pk)
    await held.run(take_call, held.agnieszka, call=call.pk)
    await expect(janis.locator(".my-call")).to_contain_text("Agnieszka Rudnicka is coming to you.")
    await janis.get_by_role("button", name="Thank you, it is solved").click()
    await expect(janis.get_by_role("button", name="Ask for the facilitator")).to_be_visible()

    await held.run(invite_person, held.agnieszka, guest=held.janis.pk, space=held.linden.pk)
    door = notice(janis, "holds the door of Linden open for you.")
    await door.get_by_role("button", name="Stay here").click()
    await expect(door).to_have_count(0)
    await held.run(invite_person, held.agnieszka, guest=held.janis.pk, space=held.linden.pk)
    await door.get_by_role("link", name="Go to Linden").click()
    await janis.wait_for_url(f"**/rooms/{held.linden.room_id}/")


async def test_ten_minutes_before_the_end_the_convener_finds_the_report(visit):
    held = await make_round(minutes=10 + 8 / 60)
    ilze = await visit(held.ilze, held.path, **WIDE)
    janis = await visit(held.janis, held.path, **WIDE)
    await is_in(ilze)
    await expect(ilze.get_by_role("tab", name="Notes")).to_have_attribute("aria-selected", "true")
    field = ilze.get_by_role("textbox", name="Message to Amber")
    await field.press_sequentially("We are alm")
    await expect(notice(ilze, "10 minutes left in this round")).to_be_visible(timeout=40_000)
    # The tab turns, the focus stays where the person writes.
    await expect(ilze.get_by_role("tab", name="Report")).to_have_attribute("aria-selected", "true")
    await ilze.keyboard.type("ost there")
    await expect(field).to_have_value("We are almost there")
    await expect(
        ilze.locator("[role=status]", has_text="10 minutes left in this round").first
    ).to_be_attached()
    # For the others it is a word and a button.
    await expect(janis.get_by_role("tab", name="Notes")).to_have_attribute("aria-selected", "true")
    await notice(janis, "10 minutes left").get_by_role("button", name="Open the report").click()
    await janis.get_by_role("button", name="Begin the report").click()
    await ilze.get_by_label("What was said").fill("Ask first what people worry about.")
    await expect(janis.get_by_label("What was said")).to_have_value("Ask first what people worry about.")
    await janis.get_by_label("What", exact=True).fill("Monday question")
    await janis.get_by_label("By when").fill("2026-03-01")
    await janis.get_by_label("Add somebody who took part").select_option(label="Boros Péterné, HU")
    await expect(ilze.get_by_role("checkbox", name="Boros Péterné")).to_be_checked()
    await expect(ilze.get_by_label("What", exact=True)).to_have_value("Monday question")
    await expect(janis.get_by_role("button", name="Confirm the report")).to_have_count(0)
    await ilze.get_by_role("button", name="Confirm the report").click()
    await expect(janis.locator(".report-form")).to_contain_text("This report is confirmed.")
    report = await TopicReport.objects.aget(topic=held.topic)
    assert report.next_steps == [{"what": "Monday question", "who": "", "when": "2026-03-01"}]
    assert report.confirmed_by_id == held.ilze.pk
    await ilze.get_by_role("button", name="Open it again").click()
    await expect(janis.get_by_label("What was said")).to_be_visible()


async def test_two_write_the_same_field_and_choose(visit):
    held = await make_round()
    await held.write(begin_report, held.ilze)
    ilze = await visit(held.ilze, held.topic_path, **WIDE)
    ilze.expected_errors.append("ERR_INTERNET_DISCONNECTED")
    summary = ilze.get_by_label("What was said")
    await expect(ilze.get_by_text("Saved").first).to_be_visible()
    await ilze.context.set_offline(True)
    await summary.fill("Ilze's words")
    await held.write(change_report, held.janis, field="summary", value="Jānis's words", base=1)
    await ilze.context.set_offline(False)
    clash = ilze.get_by_role("group", name="Two versions")
    await expect(clash).to_contain_text("Ilze's words", timeout=40_000)
    await expect(clash).to_contain_text("Jānis's words")
    await expect(clash).to_contain_text("Jānis Krūmiņš")
    assert await faults_of(ilze) == []
    await clash.get_by_role("button", name="Keep yours").click()
    await expect(clash).to_have_count(0)
    await expect(ilze.get_by_text("Saved").first).to_be_visible()
    report = await TopicReport.objects.aget(topic=held.topic)
    assert report.summary == "Ilze's words"


async def test_a_topic_that_did_not_take_place(visit):
    held = await make_round()
    page = await visit(held.ilze, held.topic_path, **WIDE)
    await page.get_by_role("button", name="This topic did not take place").click()
    await expect(page.locator(".report")).to_contain_text("so it has no report")
    await page.get_by_role("button", name="It did take place").click()
    await expect(page.get_by_role("button", name="Begin the report")).to_be_visible()


@pytest.mark.parametrize(("size", "theme"), LOOKS)
async def test_no_faults_in_any_part(visit, tmp_path, size, theme):
    held = await make_round(minutes=9)
    await held.write(begin_report, held.ilze)
    await held.write(change_report, held.ilze, field="summary", value="Why early warnings stay away.", base=1)
    for person in (held.boros, held.elzbieta):
        await held.run(move_person, person, space=held.rose.pk)
    await held.run(post_news, held.agnieszka, text="Soup at one, in the hall.", language="en")
    page = await visit(held.ilze, held.path, viewport=SIZES[size], color_scheme=theme)
    janis = await visit(held.janis, held.path, **WIDE)
    await is_in(page)
    await janis.get_by_role("button", name="Raise your hand").first.click()
    if size == "narrow":
        await expect(notice(page, "Soup at one")).to_be_visible()
        await _look(page, tmp_path, f"talk-{size}-{theme}", size)
        for part in ("Notes", "Report", "People"):
            await (
                page.get_by_role("navigation", name="Parts of the room")
                .get_by_role("button", name=part)
                .click()
            )
            await _look(page, tmp_path, f"{part.lower()}-{size}-{theme}", size)
    else:
        await expect(page.get_by_label("What was said")).to_be_visible()
        await expect(page.locator(".hands li")).to_have_count(1)
        await _look(page, tmp_path, f"report-{size}-{theme}", size)
        await page.get_by_role("tab", name="Notes").click()
        await _look(page, tmp_path, f"notes-{size}-{theme}", size)
    await page.get_by_role("button", name="Leave for another room").click()
    await expect(page.get_by_role("dialog", name="Where to?")).to_contain_text("Rose")
    await _look(page, tmp_path, f"leave-{size}-{theme}", size)
    await page.goto(held.topic_path)
    await expect(page.get_by_role("button", name="Confirm the report")).to_be_visible()
    await _look(page, tmp_path, f"topic-{size}-{theme}", size)


async def _look(page, folder, name, size):
    await page.screenshot(path=folder / f"{name}.png")
    assert await faults_of(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
