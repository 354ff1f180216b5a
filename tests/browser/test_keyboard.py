"""Everything by keyboard: one stop of Tab per list of messages, menus, dialogs, panels, and back."""

from playwright.async_api import expect

from tests.support.talk import field_of, is_live, make_talk, message


async def test_a_room_is_used_by_keyboard_alone(visit):
    talk = await make_talk()
    await talk.said(talk.janis, "Line one", "Line two", "Line three")
    anna = await visit(talk.elzbieta, talk.path)
    await is_live(anna)
    press = anna.keyboard.press

    await press("Tab")
    await expect(anna.get_by_role("link", name="Skip to content")).to_be_focused()
    await press("Tab")
    await expect(anna.get_by_role("link", name="Skip to writing")).to_be_focused()
    await press("Enter")
    await expect(field_of(anna)).to_be_focused()
    await message(anna, "Line three").focus()
    await press("ArrowUp")
    await expect(message(anna, "Line two")).to_be_focused()
    await press("Home")
    await expect(message(anna, "Line one")).to_be_focused()

    await press("Enter")
    await expect(anna.get_by_role("menuitemcheckbox", name="Agree")).to_be_focused()
    await press("ArrowDown")
    await press("Enter")
    await expect(message(anna, "Line one").get_by_role("button", name="Useful 1")).to_be_visible()

    await message(anna, "Line one").focus()
    await press("Enter")
    await expect(anna.get_by_role("menuitemcheckbox", name="Agree")).to_be_focused()
    await press("Escape")
    await expect(anna.get_by_role("menu")).to_have_count(0)
    await expect(message(anna, "Line one").get_by_role("button", name="More actions")).to_be_focused()
    await press("Escape")
    await expect(message(anna, "Line one")).to_be_focused()

    await press("Enter")
    await expect(anna.get_by_role("menuitemcheckbox", name="Agree")).to_be_focused()
    await press("r")
    await press("Enter")
    await expect(anna.get_by_role("textbox", name="Your reply")).to_be_focused()
    await press("Escape")
    await expect(anna.get_by_role("heading", name="Thread")).to_have_count(0)


async def test_tab_leads_past_the_messages(visit):
    talk = await make_talk()
    await talk.said(talk.janis, *[f"Line {n}." for n in range(30)])
    anna = await visit(talk.elzbieta, talk.path)
    await is_live(anna)
    await anna.locator(".to-newest").click()
    await anna.get_by_role("heading", level=1).evaluate("node => { node.tabIndex = -1; node.focus(); }")
    for _ in range(30):
        await anna.keyboard.press("Tab")
        if await field_of(anna).evaluate("node => node === document.activeElement"):
            return
    raise AssertionError("Tab did not reach the text field")


async def test_what_one_types_before_the_page_lives_is_kept(visit):
    talk = await make_talk()
    anna = await visit(None, "/accounts/login/")
    await anna.close()
    anna = await visit(talk.elzbieta, "/rooms/")
    waiting = []
    await anna.route("**/room*.js", lambda route: waiting.append(route))
    await anna.goto(talk.path, wait_until="commit")
    await field_of(anna).fill("Already here")
    while not waiting:
        await anna.wait_for_timeout(50)
    await waiting[0].continue_()
    await is_live(anna)
    await expect(field_of(anna)).to_have_value("Already here")
    await expect(field_of(anna)).to_be_focused()


async def test_the_field_that_was_wrong_has_the_focus(visit):
    talk = await make_talk()
    page = await visit(talk.elzbieta, "/join/")
    page.expected_errors.append("422")
    field = page.get_by_label("Code on the screen")
    await field.fill("QQQQQQ")
    await field.press("Enter")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_be_focused()
