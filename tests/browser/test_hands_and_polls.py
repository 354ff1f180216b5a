"""Hands and quick polls between people in a room."""

import pytest
from playwright.async_api import expect

from tests.support.browser import LOOKS, SIZES, faults_of
from tests.support.talk import is_live, log_of, make_talk, write


async def test_hands_stand_in_a_queue(visit):
    talk = await make_talk()
    elzbieta = await visit(talk.elzbieta, talk.path)
    janis = await visit(talk.janis, talk.path)
    agnieszka = await visit(talk.agnieszka, talk.path)
    await is_live(agnieszka)
    await janis.get_by_role("button", name="Raise your hand").click()
    await expect(janis.get_by_role("button", name="Lower your hand")).to_have_attribute(
        "aria-pressed", "true"
    )
    queue = agnieszka.locator(".hands li")
    await expect(queue).to_have_count(1)
    await elzbieta.get_by_role("button", name="Raise your hand").click()
    await expect(queue).to_contain_text(["Jānis Krūmiņš LVis next", "Elżbieta Nowicka PLwaits"])
    await expect(agnieszka.get_by_role("log")).to_contain_text("Jānis Krūmiņš has raised a hand")
    await expect(elzbieta.get_by_role("button", name="Next")).to_have_count(0)
    await agnieszka.get_by_role("button", name="Next").click()
    await expect(queue).to_have_count(1)
    await expect(queue).to_contain_text("Elżbieta Nowicka")
    await expect(janis.get_by_role("button", name="Raise your hand")).to_be_visible()
    await elzbieta.get_by_role("button", name="Lower your hand").click()
    await expect(queue).to_have_count(0)


@pytest.mark.parametrize(("size", "theme"), LOOKS)
async def test_a_poll_from_question_to_result(visit, tmp_path, size, theme):
    talk = await make_talk()
    options = {"viewport": SIZES[size], "color_scheme": theme}
    elzbieta = await visit(talk.elzbieta, talk.path, **options)
    janis = await visit(talk.janis, talk.path, **options)
    agota = await visit(talk.agota, talk.path)
    await write(elzbieta, "Shall we vote?")
    await expect(log_of(janis).last).to_contain_text("Shall we vote?")
    if size == "narrow":
        await janis.locator(".composer").get_by_role("button", name="Raise your hand").click()

    await elzbieta.get_by_role("button", name="Quick poll").click()
    await elzbieta.get_by_label("Your question").fill("When shall we begin the report?")
    await elzbieta.get_by_label("Answer 1").fill("Now")
    assert await faults_of(elzbieta) == []
    await elzbieta.get_by_label("Answer 2").fill("now")
    await elzbieta.get_by_role("button", name="Ask everybody here").click()
    await expect(elzbieta.get_by_role("alert")).to_contain_text("Two answers are the same")
    await elzbieta.get_by_label("Answer 2").fill("Later, when everybody has spoken")
    await elzbieta.get_by_role("button", name="Ask everybody here").click()

    poll = janis.get_by_role("region", name="Quick poll")
    await expect(poll).to_contain_text("When shall we begin the report?")
    await janis.get_by_role("button", name="Quick poll").click(force=True)
    await expect(janis.get_by_text("One poll at a time: close the open one first.")).to_be_visible()
    fold = poll.get_by_role("button", name="Answers to choose from")
    await fold.click()
    await expect(poll.get_by_role("radio")).to_have_count(0)
    await fold.click()
    await expect(poll.get_by_role("button", name="Close the poll")).to_have_count(0)
    await poll.get_by_role("radio", name="Now").check()
    own = elzbieta.get_by_role("region", name="Quick poll")
    await expect(own).to_contain_text("1 person has answered")
    await own.get_by_role("radio", name="Later").focus()
    await elzbieta.keyboard.press("Space")
    await expect(poll).to_contain_text("2 people have answered")
    await expect(agota.get_by_role("region", name="Quick poll").get_by_role("radio").first).to_be_disabled()
    await poll.get_by_role("radio", name="Later").check()
    await expect(own.locator(".num")).to_have_text(["0 votes", "2 votes"])
    assert await faults_of(janis) == []
    assert await janis.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]
    await janis.screenshot(path=tmp_path / f"poll-{size}-{theme}.png")
    # Who comes back finds the choice again.
    await janis.reload()
    await expect(poll.get_by_role("radio", name="Later")).to_be_checked()

    await own.get_by_role("button", name="Close the poll").click()
    closed = log_of(janis).last.get_by_role("region", name="Poll, closed")
    await expect(closed).to_contain_text("2 people have answered")
    await expect(poll).to_have_count(0)
    await write(janis, "Good, later.")
    await expect(log_of(elzbieta).last).to_contain_text("Good, later.")
    await expect(log_of(elzbieta).nth(-2)).to_contain_text("Poll, closed")
    assert await faults_of(janis) == []
    await janis.screenshot(path=tmp_path / f"closed-{size}-{theme}.png")
