"""A whole consultation by three persons in a browser: silence, advice, verdicts, recommendation, answer; axe."""

import pytest
from asgiref.sync import sync_to_async
from playwright.async_api import expect

from tests.factories.consultations import make_consultation
from tests.support.browser import SIZES, faults_of

HYPOTHESES, SOLUTIONS, TAKEN = 4, 6, 7


async def made(**options):
    run = await sync_to_async(make_consultation)(**options)
    run.path = f"/consultations/{run.pk}/"
    return run


def button(page, name):
    return page.get_by_role("button", name=name)


def field(page, name):
    return page.get_by_role("textbox", name=name)


def mine(page):
    """What the page says that this person can do now."""
    return page.locator("[data-mine]")


async def go_on(page, to):
    """The facilitator goes to the step with this number, counted from 1."""
    for step in range(to - 1):
        await button(page, "Next step").click()
        await expect(page.locator(".run .kicker")).to_contain_text(f"Step {step + 2} of 8")


async def test_a_whole_consultation(visit):
    run = await made(start=False)
    leads, giver, peer = [await visit(each, run.path) for each in (run.facilitator, run.case_giver, run.peer)]
    await expect(mine(giver)).to_contain_text("You give the case.")
    await button(leads, "Start the consultation").click()
    await expect(peer.locator(".run .kicker")).to_contain_text("Step 1 of 8")
    await expect(button(leads, "Next step")).to_be_focused()
    await go_on(leads, HYPOTHESES)
    await field(giver, "Your question").fill("Half a question")
    await button(leads, "Next step").click()

    # The silent round: closed to the case giver with the reason, hidden from the others until it is shown.
    await expect(giver.locator("[data-closed]")).to_contain_text("You listen in this step.")
    await expect(giver.locator("[data-closed]")).to_contain_text("You can write again in “Response”")
    await expect(field(giver, "Your hypothesis")).to_have_count(0)
    await expect(field(giver, "What you wrote is kept")).to_have_value("Half a question")
    assert await giver.evaluate("document.activeElement.contains(document.querySelector('[data-closed]'))")
    await giver.get_by_role("button", name="Delete").click()
    assert await faults_of(giver) == []
    await field(peer, "Your hypothesis").fill("Nobody owns the letter.")
    await button(peer, "Add").click()
    await expect(peer.locator(".sug")).to_contain_text("hidden from the others")
    await expect(leads.locator("[data-hidden]")).to_contain_text("1 entry from 1 person")
    await expect(leads.locator(".sug")).to_have_count(0)
    assert await faults_of(peer) == []
    await button(leads, "Show what was written").click()
    for page in (leads, giver, peer):
        await expect(page.locator(".sug")).to_contain_text("Nobody owns the letter.")

    # Advice, and the case giver's verdict.
    await button(leads, "Next step").click()
    await expect(leads.locator(".run .kicker")).to_contain_text("Step 6 of 8")
    await button(leads, "Next step").click()
    await field(peer, "Your suggestion").fill("Name one person per letter.")
    await peer.keyboard.press("Control+Enter")
    await expect(peer.get_by_text("1 entry from 1 person")).to_be_visible()
    await button(leads, "Next step").click()
    await giver.get_by_role("radio", name="Take").focus()
    await giver.keyboard.press("Space")
    await field(giver, "Your note").fill("From March")
    await field(giver, "Your note").blur()
    await expect(peer.get_by_text("From March")).to_be_visible()
    assert await faults_of(giver) == []

    # What comes of it.
    await field(giver, "What will you do?").fill("Ask two departments")
    await giver.get_by_label("By when?").fill("2031-03-01")
    await button(giver, "Add the commitment").click()
    await expect(peer.get_by_text("Ask two departments")).to_be_visible()
    await button(peer, "Make it a recommendation").click()
    await expect(field(peer, "What do you recommend")).to_be_focused()
    await button(peer, "Recommend it").click()
    await expect(leads.get_by_text("Recommendation 1").first).to_be_visible()
    await button(leads, "Finish").click()
    await expect(leads.get_by_role("dialog")).to_contain_text("gets 1 recommendation")
    assert await faults_of(leads) == []
    await leads.get_by_role("dialog").get_by_role("button", name="Finish the consultation").click()
    await expect(mine(giver)).to_contain_text("Your institution answers the recommendations")
    await giver.locator("summary", has_text="Answer").click()
    await giver.get_by_role("radio", name="We take it up in another way").check()
    await button(giver, "Send the answer").click()
    await expect(field(giver, "Why?")).to_be_focused()
    await giver.keyboard.type("Only two departments at first.")
    await button(giver, "Send the answer").click()
    await expect(peer.locator("[data-outcome]")).to_contain_text("Only two departments at first.")
    plan = giver.get_by_role("link", name="Turn into a plan")
    await expect(plan).to_have_attribute("href", f"/plans/new/?challenge={run.challenge.pk}")
    assert await faults_of(giver) == []
    await peer.goto(f"/challenges/{run.challenge.pk}/")
    await expect(peer.get_by_text("1 of 1 answered")).to_be_visible()


@pytest.mark.parametrize(("size", "theme"), [("narrow", "dark")])
async def test_narrow_and_by_keyboard_and_in_the_room(visit, size, theme):
    run = await made()
    options = {"viewport": SIZES[size], "color_scheme": theme, "reduced_motion": "reduce"}
    giver = await visit(run.case_giver, run.path, **options)
    leads = await visit(run.facilitator, run.path, **options)
    room = await visit(run.case_giver, f"/rooms/{run.group.room_id}/", **options)
    await expect(mine(leads)).to_be_visible()
    assert await leads.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
    assert await faults_of(leads) == []
    await expect(room.locator(".consult-strip")).to_contain_text("Roles")
    await leads.get_by_role("button", name="Next step").focus()
    for _step in range(2):
        await leads.keyboard.press("Enter")
        await leads.wait_for_timeout(300)
    await expect(room.locator(".consult-strip")).to_contain_text("First feelings")
    await expect(giver.locator("[data-spoken]")).to_contain_text("Step 3 of 8: First feelings")
    await expect(room.locator(".composer.closed")).to_contain_text("you listen")
    assert await faults_of(room) == []
    assert await room.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
    await giver.locator("summary", has_text="My private notes").focus()
    await giver.keyboard.press("Enter")
    await field(giver, "My private notes").fill("Ask Ģirts")
    await expect(giver.get_by_text("Saved.")).to_be_visible()
    plain = await visit(run.case_giver, run.path, java_script_enabled=False, **options)
    await expect(plain.get_by_text("Ask Ģirts")).to_be_visible()
    await expect(plain.locator("[aria-current=step]")).to_contain_text("First feelings")
