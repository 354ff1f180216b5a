"""Two people in a room: what one does, the other sees; and nothing is lost on the way."""

import re

from playwright.async_api import expect

from tests.support.talk import choose, field_of, is_live, log_of, make_talk, message, write


async def test_two_people_talk(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    janis = await visit(talk.janis, talk.path)
    await is_live(anna)
    await is_live(janis)
    await field_of(janis).press_sequentially("Who goes first")
    await expect(anna.locator(".typing")).to_have_text("Jānis Krūmiņš is writing")
    await write(janis, "Who goes first?")
    await expect(log_of(anna).last).to_contain_text("Who goes first?")
    await expect(anna.locator(".typing")).to_have_text("")
    await expect(log_of(janis).last).to_contain_text("Sent")
    # A screen reader is told what others say, and not what one has said oneself.
    await expect(anna.get_by_role("log")).to_have_text("Jānis Krūmiņš: Who goes first?")
    await expect(janis.get_by_role("log")).to_be_empty()
    people = anna.locator(".people").first
    await expect(people).to_contain_text("Elżbieta Nowicka PL (you)")
    await expect(people).to_contain_text("Jānis Krūmiņš LV")


async def test_somebody_goes_offline_and_has_lost_nothing(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    janis = await visit(talk.janis, talk.path)
    anna.expected_errors.append("ERR_INTERNET_DISCONNECTED")
    await is_live(anna)
    await is_live(janis)
    await write(anna, "Before")
    await expect(log_of(janis).last).to_contain_text("Before")

    await anna.context.set_offline(True)
    await expect(anna.locator(".conn")).to_contain_text("You can keep writing", timeout=40_000)
    await write(anna, "Written in the tunnel")
    await expect(log_of(anna).last).to_contain_text("Waits for the connection")
    await write(janis, "Are you there?")
    await expect(log_of(janis).last).to_contain_text("Sent")

    await anna.context.set_offline(False)
    await expect(log_of(anna).last).to_contain_text("Written in the tunnel", timeout=40_000)
    await expect(log_of(anna).last).to_contain_text("Sent")
    await expect(anna.locator(".conn")).to_have_count(0)
    texts = ["Before", "Are you there?", "Written in the tunnel"]
    for page in (anna, janis):
        await expect(page.locator(".room-c .msg-t")).to_have_text(texts)
    # The line stands above what came in the meantime.
    fence = anna.locator(".fence.new")
    await expect(fence).to_have_text(re.compile(r"^New since \d\d:\d\d$"))
    await expect(fence.locator("xpath=following-sibling::li[1]")).to_contain_text("Are you there?")


async def test_what_is_refused_stays_to_be_sent_again_or_deleted(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    anna.expected_errors.append("ERR_INTERNET_DISCONNECTED")
    await is_live(anna)
    await anna.context.set_offline(True)
    await expect(anna.locator(".conn")).to_contain_text("Connection lost", timeout=40_000)
    await write(anna, "One")
    await write(anna, "Two")
    await talk.set(state="read_only")
    await anna.context.set_offline(False)
    refused = anna.locator("article.failed")
    await expect(refused).to_have_count(2, timeout=40_000)
    await expect(refused.first).to_contain_text("Not sent. This room is read-only at the moment.")
    await talk.set(state="open")
    await refused.first.get_by_role("button", name="Send again").click()
    await expect(message(anna, "One")).to_contain_text("Sent")
    await refused.get_by_role("button", name="Delete").click()
    await expect(anna.locator(".room-c .msg-t")).to_have_text(["One"])


async def test_what_is_begun_or_waits_outlives_a_reload(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    await is_live(anna)
    await field_of(anna).fill("Half a sen")
    await anna.reload()
    await is_live(anna)
    await expect(field_of(anna)).to_have_value("Half a sen")
    await field_of(anna).press("Enter")
    await expect(log_of(anna).last).to_contain_text("Sent")
    await anna.reload()
    await is_live(anna)
    await expect(field_of(anna)).to_have_value("")


async def test_a_mention_is_completed_without_accents_or_mouse(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    janis = await visit(talk.janis, talk.path)
    await is_live(anna)
    await is_live(janis)
    await field_of(anna).press_sequentially("What do you think, @krumi")
    offers = anna.get_by_role("listbox", name="People")
    await expect(offers.get_by_role("option")).to_have_count(1)
    await expect(field_of(anna)).to_have_attribute("aria-activedescendant", re.compile("offer-0$"))
    await field_of(anna).press("Enter")
    await expect(field_of(anna)).to_have_value("What do you think, @Jānis Krūmiņš ")
    await field_of(anna).press("Enter")
    await expect(janis.locator(".at.me")).to_have_text("@Jānis Krūmiņš")
    await expect(anna.locator(".at")).to_have_text("@Jānis Krūmiņš")
    await expect(anna.locator(".at.me")).to_have_count(0)


async def test_an_edited_message_shows_what_it_said_before(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    janis = await visit(talk.janis, talk.path)
    await is_live(anna)
    await is_live(janis)
    await write(anna, "At ten o'clock")
    await expect(log_of(anna).last).to_contain_text("Sent")
    await field_of(anna).press("ArrowUp")
    await anna.get_by_label("Change your message").fill("At **eleven** o'clock")
    await anna.keyboard.press("Enter")
    await expect(message(janis, "At eleven o'clock")).to_contain_text("edited")
    await expect(field_of(anna)).to_be_focused()
    await choose(janis, "At eleven", "Earlier versions")
    await expect(janis.get_by_role("dialog")).to_contain_text("At ten o'clock")
    await janis.keyboard.press("Escape")
    await expect(janis.get_by_role("dialog")).to_have_count(0)


async def test_a_facilitator_pins_and_removes_with_a_reason(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    fac = await visit(talk.agnieszka, talk.path)
    await is_live(anna)
    await is_live(fac)
    await write(anna, "Our phone list")
    await expect(message(fac, "Our phone list")).to_be_visible()
    await choose(fac, "Our phone list", "Pin")
    await anna.get_by_role("button", name="1 pinned").click()
    await expect(anna.get_by_role("complementary", name="Pinned messages")).to_contain_text("Our phone list")
    await choose(fac, "Our phone list", "Remove")
    await fac.get_by_role("dialog").get_by_role("textbox").fill("It holds private numbers")
    await fac.get_by_role("button", name="Remove the message").click()
    words = "Removed by Agnieszka Rudnicka, who facilitates here. Reason: It holds private numbers"
    await expect(anna.locator(".room-c .tombstone")).to_contain_text(words)
    await expect(anna.get_by_role("complementary", name="Pinned messages")).to_contain_text(
        "Nothing is pinned"
    )
    await expect(anna.get_by_text("Our phone list")).to_have_count(0)


async def test_reactions_are_words(visit):
    talk = await make_talk()
    await talk.said(talk.janis, "Ten minutes, every Monday")
    anna = await visit(talk.elzbieta, talk.path)
    janis = await visit(talk.janis, talk.path)
    await is_live(anna)
    await is_live(janis)
    await choose(anna, "Ten minutes", "Useful")
    given = janis.get_by_role("button", name="Useful 1: Elżbieta Nowicka")
    await expect(given).to_have_attribute("aria-pressed", "false")
    await given.click()
    both = anna.get_by_role("button", name="Useful 2")
    await expect(both).to_have_attribute("aria-pressed", "true")
    await both.click()
    await expect(janis.get_by_role("button", name="Useful 1: Jānis Krūmiņš")).to_be_visible()


async def test_a_thread_stands_beside_the_talk(visit):
    talk = await make_talk()
    await talk.said(talk.janis, "Who speaks first?")
    anna = await visit(talk.elzbieta, talk.path)
    janis = await visit(talk.janis, talk.path)
    await is_live(anna)
    await is_live(janis)
    await message(anna, "Who speaks first?").hover()
    await message(anna, "Who speaks first?").get_by_role("button", name="Reply in thread").click()
    thread = anna.get_by_role("complementary", name="Thread")
    await thread.get_by_role("textbox", name="Your reply").fill("I do, always")
    await anna.keyboard.press("Enter")
    await expect(thread).to_contain_text("1 reply")
    await expect(thread.locator("article").last).to_contain_text("I do, always")
    reply = message(janis, "I do, always")
    await expect(reply.locator(".quote")).to_contain_text("Jānis Krūmiņš Who speaks first?")
    await reply.locator(".quote").click()
    await expect(janis.get_by_role("complementary", name="Thread").locator("article")).to_have_count(2)


async def test_a_room_becomes_read_only_for_everybody(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    fac = await visit(talk.agnieszka, talk.path)
    await is_live(anna)
    await is_live(fac)
    await field_of(anna).fill("I was about to say")
    await fac.get_by_title("Manage the room").click()
    await fac.get_by_role("button", name="Make it read-only").click()
    await expect(anna.locator(".composer")).to_contain_text("This room is read-only at the moment.")
    await expect(anna.locator(".room-h")).to_contain_text("Read-only")
    await fac.get_by_title("Manage the room").click()
    await fac.get_by_role("button", name="Open the room").click()
    await expect(field_of(anna)).to_have_value("I was about to say")


async def test_an_observer_reads_along(visit):
    talk = await make_talk()
    await talk.said(talk.janis, "Who speaks first?")
    agota = await visit(talk.agota, talk.path)
    await is_live(agota)
    await expect(agota.locator(".composer")).to_contain_text("You are an observer here")
    await expect(agota.get_by_role("button", name="Agree")).to_have_count(0)


async def test_unread_rooms_are_counted_where_one_is(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, f"/rooms/{talk.other.pk}/")
    janis = await visit(talk.janis, talk.path)
    await is_live(anna)
    await is_live(janis)
    await expect(anna).to_have_title("Linden · Synergy")
    await write(janis, "Anybody?")
    amber = anna.locator(".elsewhere li", has_text="Amber")
    await expect(amber.locator(".count")).to_have_text("1 unread message")
    await expect(amber.locator(".cnt")).to_have_text(re.compile("1$"))
    await expect(anna).to_have_title("(1) Linden · Synergy")
    await amber.get_by_role("link").click()
    await expect(anna.locator(".fence.new")).to_be_visible()
    await anna.wait_for_timeout(3_000)  # the read marker moves at most once a second
    await anna.goto("/rooms/")
    await expect(anna.locator(".room-card", has_text="Amber")).not_to_contain_text("new message")


async def test_what_is_begun_is_kept_when_the_room_is_closed_meanwhile(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    fac = await visit(talk.agnieszka, talk.path)
    await is_live(anna)
    await is_live(fac)
    await field_of(anna).fill("Half a sentence")
    await fac.locator(".room-h summary").click()
    await fac.get_by_role("button", name="Make it read-only").click()
    closed = anna.locator(".composer.closed")
    await expect(closed).to_contain_text("This room is read-only at the moment.")
    await expect(closed).to_contain_text("What you wrote is kept in this browser.")
    await expect(closed.locator("p")).to_be_focused()
    await expect(closed.get_by_role("textbox")).to_have_value("Half a sentence")
    await fac.locator(".room-h summary").click()
    await fac.get_by_role("button", name="Open the room").click()
    await expect(field_of(anna)).to_have_value("Half a sentence")


async def test_who_has_no_seat_any_more_keeps_the_text_and_is_shown_the_way_home(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    janis = await visit(talk.janis, talk.path)
    await is_live(anna)
    await is_live(janis)
    await expect(anna.locator(".elsewhere")).to_contain_text("Linden")
    await field_of(anna).fill("Half a sentence")
    await talk.end_seat(talk.elzbieta)
    banner = anna.locator(".room-c .conn")
    await expect(banner).to_contain_text("You have no seat here any more, or no access to this room.")
    await expect(banner.get_by_role("link", name="Go to the start page")).to_have_attribute("href", "/")
    await expect(anna.locator(".composer.closed").get_by_role("textbox")).to_have_value("Half a sentence")
    await expect(anna.locator(".elsewhere")).to_have_count(0)
    await expect(banner).to_be_focused()
    # Nobody can call them any more.
    await janis.reload()
    await is_live(janis)
    await field_of(janis).press_sequentially("@")
    offers = janis.get_by_role("listbox", name="People")
    await expect(offers).to_contain_text("Agnieszka Rudnicka")
    await expect(offers).not_to_contain_text("Elżbieta Nowicka")
    await expect(janis.locator(".away")).to_contain_text("Agnieszka Rudnicka")
    await expect(janis.locator(".away")).not_to_contain_text("Elżbieta Nowicka")
