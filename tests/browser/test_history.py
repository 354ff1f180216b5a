"""A long room: scrolling back, a place in the past, and the way to the newest message."""

from datetime import timedelta

from playwright.async_api import expect

from tests.support.talk import MORNING, is_live, log_of, make_talk, message, write

TOP_ROW = """() => {
    const top = document.querySelector('.chat-scroll').getBoundingClientRect().top;
    const row = [...document.querySelectorAll('.chat > [data-seq]')].find((row) => row.getBoundingClientRect().bottom > top);
    return { text: row.querySelector('.msg-t').textContent, y: Math.round(row.getBoundingClientRect().top - top) };
}"""


async def test_history_comes_in_without_moving_what_one_reads(visit):
    talk = await make_talk()
    await talk.said(talk.elzbieta, *[f"Line {n} " + "and more words " * (n % 9) for n in range(180)])
    anna = await visit(talk.elzbieta, talk.path)
    await is_live(anna)
    rows = anna.locator(".chat > [data-seq]")
    await expect(rows).to_have_count(50)
    await anna.evaluate("document.querySelector('.chat-scroll').scrollTop = 500")
    before = await anna.evaluate(TOP_ROW)
    await expect(rows).not_to_have_count(50)
    assert await anna.evaluate(TOP_ROW) == before
    for _ in range(12):
        await anna.evaluate("document.querySelector('.chat-scroll').scrollTop = 0")
        await anna.wait_for_timeout(150)
    await expect(rows).to_have_count(180)
    assert await anna.get_by_role("log").inner_text() == ""


async def test_what_comes_while_one_reads_older_messages_is_counted(visit):
    talk = await make_talk()
    await talk.said(talk.elzbieta, *[f"Line {n} " + "and more words " * (n % 9) for n in range(60)])
    anna = await visit(talk.elzbieta, talk.path)
    janis = await visit(talk.janis, talk.path)
    await is_live(anna)
    await is_live(janis)
    await anna.evaluate("document.querySelector('.chat-scroll').scrollTop = 900")
    await expect(anna.locator(".to-newest")).to_have_text("To the newest")
    before = await anna.evaluate(TOP_ROW)
    await write(janis, "News")
    await expect(anna.locator(".to-newest")).to_have_text("1 new message")
    assert await anna.evaluate(TOP_ROW) == before
    await anna.locator(".to-newest").click()
    await expect(message(anna, "News")).to_be_in_viewport()
    await expect(anna.locator(".to-newest")).to_have_count(0)


async def test_one_goes_to_a_day_and_back(visit):
    talk = await make_talk()
    await talk.said(talk.janis, *[f"First day {n}" for n in range(120)])
    await talk.said(talk.janis, *[f"Second day {n}" for n in range(120)], start=MORNING + timedelta(days=1))
    anna = await visit(talk.elzbieta, talk.path)
    await is_live(anna)
    await anna.get_by_role("button", name="Go to a day").click()
    await anna.get_by_label("Day", exact=True).fill("2026-02-09")
    await anna.get_by_role("button", name="Go to this day").click()
    first = anna.locator("article", has_text="First day 0")
    await expect(first).to_be_in_viewport()
    await expect(first).to_be_focused()
    await anna.get_by_role("button", name="Go to a day").click()
    await anna.get_by_label("Day", exact=True).fill("2026-03-01")
    await anna.get_by_role("button", name="Go to this day").click()
    await expect(anna.get_by_role("dialog")).to_contain_text("There are no messages on that day or after it.")
    await anna.keyboard.press("Escape")
    await anna.get_by_role("button", name="To the newest").click()
    await expect(anna.locator("article", has_text="Second day 119")).to_be_in_viewport()


async def test_a_link_leads_to_its_message(visit):
    talk = await make_talk()
    numbers = await talk.said(talk.janis, *[f"Line {n}." for n in range(150)])
    anna = await visit(talk.elzbieta, f"{talk.path}#m{numbers[20]}")
    await expect(anna.locator("article", has_text="Line 20.")).to_be_focused()
    await expect(anna.locator("article", has_text="Line 20.")).to_be_in_viewport()


async def test_the_page_opens_at_what_is_new(visit):
    talk = await make_talk()
    await talk.said(talk.janis, *[f"Line {n}." for n in range(40)])
    anna = await visit(talk.elzbieta, talk.path)
    await is_live(anna)
    await expect(anna.locator(".fence.new")).to_be_in_viewport()
    await anna.locator(".to-newest").click()
    await expect(log_of(anna).last).to_be_in_viewport()
    await anna.wait_for_timeout(3_000)  # the read marker moves at most once a second
    await anna.reload()
    await is_live(anna)
    await expect(anna.locator(".fence.new")).to_have_count(0)
    await expect(log_of(anna).last).to_be_in_viewport()
