"""Challenges in a browser: written by two at once, submitted, returned, accepted; by keyboard, without scripts, axe."""

import pytest
from asgiref.sync import sync_to_async
from playwright.async_api import expect

from challenges.actions import return_challenge
from challenges.models import Challenge, State
from tests.factories import NOON
from tests.factories.challenges import make_case
from tests.support.browser import LOOKS, SIZES, faults_of


async def made(state=State.SUBMITTED, **fields):
    case = await sync_to_async(make_case)(state, **fields)
    case.path = f"/challenges/{case.challenge.pk}/"
    case.form = f"{case.path}edit/"
    return case


def field(page, question):
    return page.get_by_role("textbox", name=question)


async def is_ready(page):
    await expect(page.get_by_role("button", name="Submit the challenge")).to_be_visible()
    await expect(page.get_by_text("Saved. Every change is saved at once.")).to_be_visible()


@pytest.mark.parametrize(("size", "theme"), LOOKS)
async def test_nothing_for_axe_to_find(visit, size, theme):
    case = await made(language="pl", summary="Letters wait.")
    options = {"viewport": SIZES[size], "color_scheme": theme}
    page = await visit(case.facilitator, "/challenges/", **options)
    await expect(page.get_by_text("Waits for you: accept it")).to_be_visible()
    assert await faults_of(page) == []
    await page.goto(case.path)
    await page.get_by_text("Return with questions").first.click()
    await expect(field(page, "What do you want to know?")).to_be_visible()
    assert await faults_of(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
    challenge = await sync_to_async(case.seen_by)(case.facilitator)
    ask = sync_to_async(return_challenge)
    await ask(person=case.facilitator, challenge=challenge, why="Who decides?", now=NOON)
    await Challenge.objects.filter(pk=challenge.pk).aupdate(title="")
    page = await visit(case.author, case.form, **options)
    await is_ready(page)
    await expect(page.get_by_role("link", name="Give it a title.")).to_be_visible()
    assert await faults_of(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]


async def test_two_authors_see_each_other_and_nothing_is_lost(visit):
    case = await made(State.DRAFT)
    anna, jan = await visit(case.author, case.form), await visit(case.colleague, case.form)
    await is_ready(anna)
    await is_ready(jan)
    await expect(anna.get_by_role("list", name="Also here now:")).to_contain_text("Jan Zieliński")
    await field(anna, "What have you tried?").fill("A mailbox")
    await expect(field(jan, "What have you tried?")).to_have_value("A mailbox")
    await expect(anna.locator(".writing-strip")).to_contain_text("Saved")
    await jan.context.set_offline(offline=True)
    jan.expected_errors.append("ERR_INTERNET_DISCONNECTED|WebSocket")
    await field(jan, "What have you tried?").fill("A meeting")
    await field(anna, "What have you tried?").fill("A shared mailbox")
    await expect(anna.locator(".writing-strip")).to_contain_text("Saved")
    await jan.context.set_offline(offline=False)
    clash = jan.get_by_role("group", name="Two versions")
    await expect(clash).to_contain_text("A shared mailbox")
    await clash.get_by_role("button", name="Keep yours").click()
    await expect(field(anna, "What have you tried?")).to_have_value("A meeting")


async def test_from_the_last_missing_word_to_accepted(visit):
    case = await made(State.DRAFT, key_question="", language="en")
    author = await visit(case.author, case.form)
    await is_ready(author)
    await author.get_by_role("button", name="Submit the challenge").click()
    question = field(author, "Which one question do you ask your peers?")
    await expect(question).to_be_focused()
    await expect(question).to_have_attribute("aria-invalid", "true")
    await expect(author.get_by_role("alert")).to_contain_text("It is not submitted yet.")
    await author.keyboard.type("Who answers")
    await expect(author.get_by_text("Nothing is missing.")).to_be_visible()
    hint = author.get_by_text("The key question has no question mark.")
    await expect(hint).to_be_visible()
    await author.keyboard.type("?")
    await expect(hint).to_be_hidden()
    await expect(question).not_to_have_attribute("aria-invalid", "true")
    await author.get_by_role("button", name="Submit the challenge").click()
    await expect(
        author.get_by_text("Nothing to do for you. Waits for a facilitator to read it.")
    ).to_be_visible()
    facilitator, organiser = [await visit(each, case.path) for each in (case.facilitator, case.organiser)]
    await facilitator.get_by_text("Return with questions").first.click()
    await field(facilitator, "What do you want to know?").fill("Who decides?")
    await field(facilitator, "What do you want to know?").blur()
    await organiser.get_by_role("button", name="Accept the challenge").click()
    await expect(organiser.get_by_role("button", name="Accept the challenge")).to_have_count(0)
    # What somebody has begun to write stays when the page around it is fetched anew.
    await expect(facilitator.locator(".challenge-head")).to_contain_text("Accepted")
    await expect(field(facilitator, "What do you want to know?")).to_have_value("Who decides?")
    # The author's page follows by itself.
    await expect(author.get_by_text("Nothing to do for you. Waits for a task group.")).to_be_visible()


async def test_the_page_of_a_colleague_says_that_it_was_submitted(visit):
    case = await made(State.DRAFT)
    anna, jan = await visit(case.author, case.form), await visit(case.colleague, case.form)
    await is_ready(anna)
    await is_ready(jan)
    await expect(jan.get_by_text("Attach a file")).to_be_visible()
    await anna.get_by_role("button", name="Submit the challenge").click()
    await expect(jan.get_by_text("has submitted it, so it cannot be changed now")).to_be_visible()
    for words in ("Attach a file", "Only your institution sees it until you submit it"):
        await expect(jan.get_by_text(words)).to_be_hidden()


async def test_an_answer_to_questions_is_kept_until_it_is_sent(visit):
    case = await made(State.RETURNED)
    page = await visit(case.author, case.form)
    await is_ready(page)
    await field(page, "Your answer to the questions").fill("The minister, alone.")
    await page.reload()
    await is_ready(page)
    await expect(field(page, "Your answer to the questions")).to_have_value("The minister, alone.")
    assert await faults_of(page) == []
    await page.get_by_role("button", name="Submit the challenge").click()
    await expect(page.get_by_text("Nothing to do for you.")).to_be_visible()
    await expect(page.get_by_text("The minister, alone.")).to_be_visible()
    assert await page.evaluate("Object.keys(localStorage).filter((key) => key.includes('answer'))") == []


async def test_by_keyboard_alone(visit):
    case = await made(State.DRAFT, title="")
    page = await visit(case.author, case.form)
    await is_ready(page)
    await page.get_by_role("link", name="Give it a title.").focus()
    await page.keyboard.press("Enter")
    await expect(field(page, "What do you call it?")).to_be_focused()
    await page.keyboard.type("Letters")
    await page.keyboard.press("Tab")
    await expect(field(page, "Which one question do you ask your peers?")).to_be_focused()
    await page.get_by_role("radio", name="Only its task group").focus()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("radio", name="Everybody of the cohort")).to_be_checked()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Submit the challenge")).to_be_focused()
    await expect(page.locator(".writing-strip")).to_contain_text("Saved ")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Letters")


async def test_without_scripts(visit):
    case = await made(State.DRAFT, title="")
    page = await visit(case.author, case.form, java_script_enabled=False)
    await field(page, "What do you call it?").fill("Letters")
    await page.get_by_role("button", name="Save and submit").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Letters")
    await page.get_by_role("button", name="Take it back to a draft").click()
    await page.get_by_role("link", name="Write and submit").click()
    await expect(field(page, "What do you call it?")).to_have_value("Letters")
