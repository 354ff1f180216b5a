"""From the first sentence of a challenge to a half-done plan with a late milestone, by four persons in browsers."""

import re
from datetime import timedelta

from asgiref.sync import sync_to_async
from django.utils import timezone
from playwright.async_api import expect

from challenges.groups.models import TaskGroup
from tests.browser.test_consultation import button, field
from tests.factories.task_groups import make_day
from tests.support.browser import faults_of

TITLE = "Letters wait"
WORDS = {
    "What do you call it?": TITLE,
    "Which one question do you ask your peers?": "Who answers the letter?",
    "What is the situation?": "A letter goes through eight departments.",
    "What would be a good result?": "An answer within a fortnight.",
}
LAST_STEP = 5


def _stage():
    day = make_day(institutions=4, each=2, challenges=0)
    day.author = day.teams[0][0]
    day.author.seats.update(is_coordinator=True)
    return day


def _one_who_works_on_it(day):
    """Somebody of the group from another institution."""
    members = [row.person for row in TaskGroup.objects.get().memberships.select_related("person")]
    return next(person for person in members if person not in day.teams[0])


async def test_four_persons_go_the_whole_way(visit):
    day = await sync_to_async(_stage)()
    author = await visit(day.author, "/challenges/")
    school = await visit(day.facilitator, "/challenges/")
    organiser = await visit(day.organiser, "/challenges/")
    await write_and_accept(author, school)
    challenge = author.url
    peer = await visit(await make_groups(organiser, day), challenge)
    await consult(author, school, peer)
    await plan_and_approve(author, school)
    plan = author.url
    await half_done(author)

    # At a glance: what was agreed, where it is, what is late, and where it came from.
    await author.goto(plan)
    await expect(author.get_by_text("1 of 2 milestones").first).to_be_visible()
    await expect(author.get_by_text("Overdue").first).to_be_visible()
    assert await faults_of(author) == []
    await author.get_by_role("link", name=TITLE).first.click()
    await expect(author).to_have_url(challenge)
    await expect(author.get_by_role("heading", name="What comes out of it")).to_be_visible()
    edition = f"/editions/{day.cohort.edition_id}/plans/"
    await organiser.goto(edition)
    row = organiser.get_by_role("row").filter(has_text="Office 1")
    await expect(row).to_contain_text("Approved")
    await row.get_by_role("link", name=TITLE).click()
    await expect(organiser).to_have_url(plan)
    await organiser.get_by_text("Show as a table").click()
    table = organiser.get_by_role("region", name="Milestones as a table")
    await table.get_by_role("link", name="Rule signed").click()
    await expect(organiser.get_by_role("link", name="The rule")).to_be_visible()


async def write_and_accept(author, school):
    await button(author, "Write a challenge").click()
    await expect(author.get_by_text("Saved. Every change is saved at once.")).to_be_visible()
    for question, words in WORDS.items():
        await field(author, question).fill(words)
    await author.get_by_role("radio", name="Everybody of the cohort").check()
    await button(author, "Submit the challenge").click()
    await expect(author.get_by_text("Waits for a facilitator to read it.").first).to_be_visible()
    await school.goto("/")
    await school.get_by_role("link", name=TITLE).first.click()
    await button(school, "Accept the challenge").click()
    await expect(author.get_by_text("Waits for a task group.").first).to_be_visible()


async def make_groups(organiser, day):
    """Proposed and published by the organiser; gives a peer of the group that has the challenge."""
    await organiser.goto(f"/groups/{day.session.pk}/{day.on}/make/")
    await button(organiser, "Propose groups").click()
    await expect(organiser.get_by_text("Here is a proposal.")).to_be_visible()
    await organiser.get_by_text("Publish the groups").click()
    await button(organiser, "Publish now").click()
    await expect(organiser.get_by_text("The groups are published. Everybody sees them.")).to_be_visible()
    return await sync_to_async(_one_who_works_on_it)(day)


async def consult(author, school, peer):
    """Troika consulting: one suggestion, taken up as a recommendation that the institution accepts."""
    await peer.get_by_role("link", name="Start the consultation of task group 1").click()
    await peer.get_by_role("radio", name="Peer assist").check()
    await button(peer, "Plan the consultation").click()
    await expect(peer).to_have_url(re.compile(r"/consultations/\d+/$"))
    await school.goto(peer.url)
    await button(school, "Choose another way to work").click()
    await button(school, "Call it off").click()
    await school.get_by_role("radio", name="Troika consulting").check()
    await button(school, "Plan the consultation").click()
    await expect(school.get_by_text("Troika consulting").first).to_be_visible()
    await expect(school).to_have_url(re.compile(r"/consultations/\d+/$"))
    for page in (author, peer):
        await page.goto(school.url)
    await button(school, "Start the consultation").click()
    for step in range(2, LAST_STEP):
        await button(school, "Next step").click()
        await expect(school.locator(".run .kicker")).to_contain_text(f"Step {step} of {LAST_STEP}")
    await expect(author.locator("[data-closed]")).to_contain_text("You listen in this step.")
    await field(peer, "Your suggestion").fill("Name one person for each letter.")
    await button(peer, "Add").click()
    await button(school, "Next step").click()
    await button(peer, "Make it a recommendation").click()
    await button(peer, "Recommend it").click()
    await expect(school.get_by_text("Recommendation 1").first).to_be_visible()
    await button(school, "Finish").click()
    await school.get_by_role("dialog").get_by_role("button", name="Finish the consultation").click()
    await author.locator("summary", has_text="Answer").click()
    await author.get_by_role("radio", name="We take it up", exact=True).check()
    await button(author, "Send the answer").click()
    await author.get_by_role("link", name="Turn into a plan").click()


async def plan_and_approve(author, school):
    """Two milestones under what the peers advised: one was due last week, one is far ahead."""
    await button(author, "Make a plan from it").click()
    await expect(author.locator(".writing-strip")).to_contain_text("Saved.")
    add = author.get_by_role("form", name="Add to the plan")
    last_week = timezone.localdate() - timedelta(7)
    for title, due in (("Person named", last_week), ("Rule signed", last_week + timedelta(300))):
        await add.get_by_label("What is it?").select_option("milestone")
        await add.get_by_label("Under").select_option(index=1)
        await add.get_by_role("textbox", name="Title").fill(title)
        await author.keyboard.press("Enter")
        item = author.locator(".item-edit[data-kind=milestone]").filter(has_text=title)
        await item.get_by_label("Date", exact=True).fill(due.isoformat())
        await expect(item).to_contain_text("Read as:")
    await button(author, "Propose the plan").click()
    await expect(author.get_by_text("Waits for the school to approve it since")).to_be_visible()
    await school.goto("/")
    await school.get_by_role("link", name=TITLE).first.click()
    await button(school, "Approve the plan").click()
    await expect(author.locator(".plan-head")).to_contain_text("Approved")


async def half_done(author):
    """The milestone that is ahead is complete, with its proof."""
    await author.get_by_role("link", name="Rule signed").first.click()
    await author.get_by_text("Add evidence").click()
    await author.get_by_label("What is it?").fill("The rule")
    await author.get_by_label("Address of a page").fill("https://example.org/rule")
    await button(author, "Add").last.click()
    await expect(author.get_by_role("link", name="The rule")).to_be_visible()
    await author.get_by_role("radio", name="Complete").check()
    await field(author, "Why do you judge it so?").fill("It is signed")
    await button(author, "Save the report").click()
    await expect(author.get_by_role("region", name="What was reported")).to_contain_text("It is signed")
