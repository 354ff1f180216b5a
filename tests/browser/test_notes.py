"""Notes in real browsers: several people type at once, offline, with dead keys; nothing is lost."""

import asyncio
import re

from asgiref.sync import sync_to_async
from playwright.async_api import expect

from rooms.actions import set_room_state
from rooms.notes.actions import open_notes, update_notes
from rooms.notes.queries import notes_for, text_of
from rooms.queries import room_for
from tests.support.browser import faults_of
from tests.support.notes import Writer
from tests.support.talk import MORNING, make_talk


class Meeting:
    """Notes of a talk. `text` is what the server has."""

    def __init__(self, talk):
        self.talk = talk
        self.notes = open_notes(room=talk.room, title="What makes a head share bad news early?", now=MORNING)
        self.path = f"{talk.path}notes/{self.notes.pk}/"

    async def text(self):
        return await sync_to_async(text_of)(self.notes)

    async def saved(self, text):
        await until(self, text)

    @sync_to_async
    def written(self, text):
        writer = Writer()
        writer.insert(0, text)
        person = self.talk.janis
        for update in writer.take():
            seen = notes_for(person, self.notes.pk)
            update_notes(person=person, notes=seen, update=update, now=MORNING)

    @sync_to_async
    def set_room(self, state):
        person = self.talk.agnieszka
        set_room_state(person=person, room=room_for(person, self.talk.room.pk), state=state, now=MORNING)


async def make_meeting():
    return await sync_to_async(Meeting)(await make_talk())


def field_of(page):
    return page.get_by_role("textbox", name="What makes a head share bad news early?")


async def is_saved(page):
    await expect(page.locator("[data-saving]")).to_have_attribute("data-saving", "saved")


async def until(meeting, text):
    for _ in range(200):
        if await meeting.text() == text:
            return
        await asyncio.sleep(0.05)
    assert await meeting.text() == text


async def test_two_people_type_at_once(visit):
    meeting = await make_meeting()
    anna = await visit(meeting.talk.elzbieta, meeting.path)
    janis = await visit(meeting.talk.janis, meeting.path)
    await field_of(anna).press_sequentially("Short and often.\n")
    await expect(field_of(janis)).to_have_value("Short and often.\n")
    await expect(janis.get_by_text("Elżbieta Nowicka is writing")).to_be_visible()
    await field_of(janis).press("Control+End")
    await field_of(janis).press_sequentially("Ziņas no rīta. ")
    await field_of(anna).press("Control+Home")
    for letter in "Początek: ":
        await anna.keyboard.type(letter)
        await field_of(janis).press_sequentially(".")
    whole = "Początek: Short and often.\nZiņas no rīta. .........."
    for page in (anna, janis):
        await is_saved(page)
        await expect(field_of(page)).to_have_value(whole)
    await meeting.saved(whole)


async def test_caret_and_selection_stay_with_their_letters(visit):
    meeting = await make_meeting()
    await meeting.written("one two three")
    anna = await visit(meeting.talk.elzbieta, meeting.path)
    janis = await visit(meeting.talk.janis, meeting.path)
    await field_of(anna).evaluate("field => { field.focus(); field.setSelectionRange(4, 7, 'backward') }")
    await field_of(janis).press("Control+Home")
    await janis.keyboard.type("zero ")
    await expect(field_of(anna)).to_have_value("zero one two three")
    selected = (
        "field => [field.value.slice(field.selectionStart, field.selectionEnd), field.selectionDirection]"
    )
    assert await field_of(anna).evaluate(selected) == ["two", "backward"]
    await anna.keyboard.type("2")
    await expect(field_of(janis)).to_have_value("zero one 2 three")


async def test_a_letter_that_is_being_composed_is_not_lost(visit):
    meeting = await make_meeting()
    anna = await visit(meeting.talk.elzbieta, meeting.path)
    janis = await visit(meeting.talk.janis, meeting.path)
    await field_of(anna).click()
    keyboard = await anna.context.new_cdp_session(anna)
    for composed, letter, so_far in (
        ("´", "é", "é"),
        ("˝", "ő", "éő"),
        ("ņ", "ņ", "éőņ"),
        ("и", "и́", "éőņи́"),
    ):
        await keyboard.send(
            "Input.imeSetComposition", {"text": composed, "selectionStart": 1, "selectionEnd": 1}
        )
        before = await field_of(janis).input_value()
        await field_of(janis).press("Control+End")
        await janis.keyboard.type("!")
        await is_saved(janis)
        await anna.wait_for_timeout(200)
        assert "!" * (before.count("!") + 1) not in await field_of(anna).input_value()
        await keyboard.send("Input.insertText", {"text": letter})
        await is_saved(anna)
        value = await field_of(anna).input_value()
        assert value.replace("!", "") == so_far
        await expect(field_of(janis)).to_have_value(value)
    assert (await field_of(anna).input_value()).count("!") == 4


async def test_offline_two_people_write_and_both_are_kept(visit):
    meeting = await make_meeting()
    anna = await visit(meeting.talk.elzbieta, meeting.path)
    janis = await visit(meeting.talk.janis, meeting.path)
    await field_of(anna).press_sequentially("Together.\n")
    await expect(field_of(janis)).to_have_value("Together.\n")
    await is_saved(anna)
    for page in (anna, janis):
        page.expected_errors.append("ERR_INTERNET_DISCONNECTED|WebSocket|Failed to fetch|Failed to load")
        await page.context.set_offline(True)
    await field_of(anna).press("Control+End")
    await field_of(anna).press_sequentially("Anna on the train.\n")
    await field_of(janis).press("Control+End")
    await field_of(janis).press_sequentially("Jānis without Wi-Fi.\n")
    for page in (anna, janis):
        await expect(page.get_by_text("Kept on this computer.")).to_be_visible(timeout=60_000)
    for page in (anna, janis):
        await page.context.set_offline(False)
    for page in (anna, janis):
        await expect(field_of(page)).to_have_value(
            re.compile(r"(?=[\s\S]*Anna on the train)(?=[\s\S]*Jānis without)"), timeout=60_000
        )
        await is_saved(page)
    text = await meeting.text()
    assert sorted(text.splitlines()) == ["Anna on the train.", "Jānis without Wi-Fi.", "Together."]
    for page in (anna, janis):
        await expect(field_of(page)).to_have_value(text)


async def test_a_reload_in_the_middle_of_a_word(visit):
    meeting = await make_meeting()
    anna = await visit(meeting.talk.elzbieta, meeting.path)
    await field_of(anna).press_sequentially("Half a wo")
    await anna.reload()
    await expect(field_of(anna)).to_have_value("Half a wo")
    await is_saved(anna)
    await field_of(anna).press("Control+End")
    await anna.keyboard.type("rd")
    await meeting.saved("Half a word")


async def test_taking_back_is_of_ones_own_words(visit):
    meeting = await make_meeting()
    anna = await visit(meeting.talk.elzbieta, meeting.path)
    janis = await visit(meeting.talk.janis, meeting.path)
    await field_of(anna).press_sequentially("Mine")
    await expect(field_of(janis)).to_have_value("Mine")
    await field_of(janis).press("Control+Home")
    await janis.keyboard.type("Theirs ")
    await expect(field_of(anna)).to_have_value("Theirs Mine")
    await field_of(anna).press("Control+z")
    await expect(field_of(anna)).to_have_value("Theirs ")
    await field_of(anna).press("Control+Shift+z")
    await expect(field_of(anna)).to_have_value("Theirs Mine")
    await anna.get_by_role("button", name="Undo what I typed").click()
    await expect(field_of(anna)).to_have_value("Theirs ")
    await field_of(anna).press("Control+y")
    await meeting.saved("Theirs Mine")


async def test_a_long_text_is_pasted(visit):
    meeting = await make_meeting()
    anna = await visit(meeting.talk.elzbieta, meeting.path)
    long = "Zażółć gęślą jaźń. 😀\n" * 2_500
    await field_of(anna).evaluate(
        "(field, text) => { field.focus(); document.execCommand('insertText', false, text) }", long
    )
    await is_saved(anna)
    await meeting.saved(long)


async def test_a_room_that_is_closed(visit):
    meeting = await make_meeting()
    anna = await visit(meeting.talk.elzbieta, meeting.path)
    await field_of(anna).press_sequentially("Before")
    await is_saved(anna)
    await meeting.set_room("read_only")
    await expect(anna.get_by_text("This room is read-only at the moment.")).to_be_visible(timeout=40_000)
    await expect(field_of(anna)).not_to_be_editable()
    await meeting.set_room("open")
    await expect(field_of(anna)).to_be_editable(timeout=40_000)
    agota = await visit(meeting.talk.agota, meeting.path)
    await expect(agota.get_by_text("You are an observer here")).to_be_visible()
    await expect(field_of(agota)).not_to_be_editable()
    await expect(field_of(agota)).to_have_value("Before")


async def test_without_scripts_the_text_can_be_read(visit):
    meeting = await make_meeting()
    await meeting.written("<b>Line one</b>\nLine two")
    page = await visit(meeting.talk.janis, meeting.path, java_script_enabled=False)
    assert await page.locator(".notes-text").inner_text() == "<b>Line one</b>\nLine two"
    await page.goto(f"{meeting.talk.path}notes/")
    await page.get_by_role("link", name="What makes a head share bad news early?").click()
    assert page.url.endswith(meeting.path)


async def test_everybody_can_use_it(visit):
    meeting = await make_meeting()
    await meeting.written("One line")
    for scheme in ("light", "dark"):
        for person in (meeting.talk.elzbieta, meeting.talk.agota):
            page = await visit(person, meeting.path, color_scheme=scheme)
            await expect(field_of(page)).to_have_value("One line")
            assert await faults_of(page) == []
            await page.goto(f"{meeting.talk.path}notes/")
            assert await faults_of(page) == []
    page = await visit(meeting.talk.elzbieta, meeting.path, viewport={"width": 360, "height": 640})
    await expect(field_of(page)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_the_text_is_copied(visit):
    meeting = await make_meeting()
    await meeting.written("To be copied")
    page = await visit(meeting.talk.elzbieta, meeting.path, permissions=["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy as text").click()
    await expect(page.get_by_text("Copied")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == "To be copied"
