"""A phone: 360 pixels, a finger, a keyboard that takes half of the window."""

import re

from playwright.async_api import expect

from tests.support.talk import field_of, is_live, log_of, make_talk, message

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


async def test_the_parts_of_a_room_are_shown_one_at_a_time(visit):
    talk = await make_talk()
    await talk.said(talk.janis, "Who speaks first?")
    anna = await visit(talk.elzbieta, talk.path, **PHONE)
    await is_live(anna)
    assert await anna.evaluate("document.documentElement.scrollWidth") == 360
    await anna.get_by_role("button", name="People 1").tap()
    await expect(anna.locator(".people").first).to_contain_text("Elżbieta Nowicka")
    await expect(field_of(anna)).to_be_hidden()
    await anna.get_by_role("button", name="Talk").tap()
    await message(anna, "Who speaks first?").get_by_role("button", name="More actions").tap()
    await anna.get_by_role("menuitem", name="Reply in thread").tap()
    await expect(anna.get_by_role("textbox", name="Your reply")).to_be_in_viewport()
    await expect(field_of(anna)).to_be_hidden()
    await anna.get_by_role("button", name="Close").tap()
    await expect(field_of(anna)).to_be_in_viewport()


async def test_the_way_back_of_the_browser_closes_a_thread(visit):
    talk = await make_talk()
    await talk.said(talk.janis, "Who speaks first?")
    anna = await visit(talk.elzbieta, "/rooms/", **PHONE)
    await anna.goto(talk.path)
    await is_live(anna)
    reply = anna.get_by_role("textbox", name="Your reply")
    for _ in range(2):
        await message(anna, "Who speaks first?").get_by_role("button", name="More actions").tap()
        await anna.get_by_role("menuitem", name="Reply in thread").tap()
        await expect(reply).to_be_in_viewport()
        await anna.evaluate("history.back()")
        await expect(reply).to_have_count(0)
        await expect(field_of(anna)).to_be_in_viewport()
    # Closed by its button, it leaves nothing behind in the history.
    await message(anna, "Who speaks first?").get_by_role("button", name="More actions").tap()
    await anna.get_by_role("menuitem", name="Reply in thread").tap()
    await anna.get_by_role("button", name="Close").tap()
    await expect(field_of(anna)).to_be_in_viewport()
    await anna.evaluate("history.back()")
    await expect(anna).to_have_url(re.compile("/rooms/$"))


async def test_the_field_is_seen_while_the_keyboard_is_open(visit):
    talk = await make_talk()
    await talk.said(talk.janis, *[f"Line {n}." for n in range(30)])
    anna = await visit(talk.elzbieta, talk.path, **PHONE)
    await is_live(anna)
    await anna.locator(".to-newest").tap()
    await field_of(anna).tap()
    await anna.set_viewport_size({"width": 360, "height": 360})
    await expect(field_of(anna)).to_be_in_viewport(ratio=1)
    await expect(anna.get_by_role("button", name="Send")).to_be_in_viewport(ratio=1)
    await expect(log_of(anna).last).to_be_in_viewport()
    # Enter starts a new line: a touch keyboard has no Shift+Enter.
    await field_of(anna).press_sequentially("One")
    await anna.keyboard.press("Enter")
    await field_of(anna).press_sequentially("Two")
    await expect(field_of(anna)).to_have_value("One\nTwo")
    await anna.get_by_role("button", name="Send").tap()
    await expect(log_of(anna).last).to_contain_text("Sent")
