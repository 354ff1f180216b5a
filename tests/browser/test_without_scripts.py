"""A browser that runs no scripts: one reads, writes, and goes through the history by links."""

from playwright.async_api import expect

from tests.support.talk import make_talk

NO_SCRIPTS = {"java_script_enabled": False}


async def test_one_reads_and_writes(visit):
    talk = await make_talk()
    await talk.said(talk.janis, "Who speaks **first**?")
    anna = await visit(talk.elzbieta, talk.path, **NO_SCRIPTS)
    await expect(anna.locator(".msg-t b")).to_have_text("first")
    await expect(anna.locator(".fence.new")).to_have_text("New")
    await anna.get_by_role("textbox").fill("I do")
    await anna.get_by_role("button", name="Send").click()
    await expect(anna.locator(".msg-t").last).to_have_text("I do")
    await expect(anna.get_by_role("textbox")).to_have_value("")
    await anna.get_by_role("button", name="Mark as read").click()
    await expect(anna.locator(".room-card", has_text="Amber")).not_to_contain_text("new message")


async def test_the_newest_message_is_in_view_and_links_lead_to_older_ones(visit):
    talk = await make_talk()
    await talk.said(talk.janis, *[f"Line {n}." for n in range(120)])
    anna = await visit(talk.elzbieta, talk.path, **NO_SCRIPTS)
    await expect(anna.get_by_text("Line 119.")).to_be_in_viewport()
    await anna.get_by_role("link", name="Earlier messages").click()
    await expect(anna.get_by_text("Line 69.")).to_be_visible()
    await anna.get_by_role("link", name="Later messages").click()
    await expect(anna.get_by_text("Line 119.")).to_be_visible()


async def test_the_reason_stands_where_one_would_write(visit):
    talk = await make_talk()
    await talk.set(state="archived")
    anna = await visit(talk.elzbieta, talk.path, **NO_SCRIPTS)
    await expect(anna.locator(".composer")).to_contain_text("This room is archived.")
