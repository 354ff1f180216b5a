"""Plans in a browser: the whole way from advice to something complete; axe, narrow, dark, by keyboard."""

from datetime import date, timedelta

import pytest
from asgiref.sync import sync_to_async
from django.utils import timezone
from playwright.async_api import expect

from challenges.consultations.models import Answer, Recommendation
from challenges.plans.actions import approve_plan, propose_plan
from challenges.plans.models import Item, Plan, PlanState, Reading
from tests.factories.consultations import make_consultation
from tests.factories.plans import make_plan_case
from tests.support.browser import LOOKS, SIZES, faults_of


def advised():
    """A challenge whose institution has taken up one of two recommendations."""
    run = make_consultation()
    fields = {"challenge": run.challenge, "consultation": run.consultation, "by": run.peer, "language": "en"}
    now = timezone.now()
    for number, text, state in ((1, "One list for all", Answer.ACCEPTED), (2, "More staff", Answer.OPEN)):
        answered = {"answered_by": run.case_giver, "answered_at": now} if state != Answer.OPEN else {}
        Recommendation.objects.create(**fields, number=number, text=text, state=state, at=now, **answered)
    run.case_giver.seats.update(is_coordinator=True)
    return run


def carried_out():
    """An approved plan with a late milestone, one that comes, and an indicator that was read."""
    case = make_plan_case(starts=date.today() - timedelta(120), ends=date.today() + timedelta(200))
    day = {"due_wording": "", "due_precision": "day"}
    for item, days in ((case.first, -9), (case.second, 39), (case.indicator, 150)):
        due = date.today() + timedelta(days)
        words = {**day, "due_wording": due.isoformat(), "due_since": due, "due_until": due}
        Item.objects.filter(pk=item.pk).update(**words)
    begun = date.today() - timedelta(100)
    Item.objects.filter(pk=case.indicator.pk).update(baseline=23, baseline_on=begun, target=10)
    now = timezone.now()
    propose_plan(person=case.coordinator, plan=case.seen_by(case.coordinator), now=now)
    approve_plan(person=case.facilitator, plan=case.seen_by(case.facilitator), now=now)
    for at, value in enumerate((22, 20, 17)):
        on = begun + timedelta(30 * (at + 1))
        Reading.objects.create(item=case.indicator, on=on, value=value, by=case.member, at=now)
    return case


def field(page, name):
    return page.get_by_role("textbox", name=name, exact=True)


@pytest.mark.parametrize(("size", "theme"), LOOKS)
async def test_nothing_for_axe_to_find(visit, size, theme):
    case = await sync_to_async(carried_out)()
    options = {"viewport": SIZES[size], "color_scheme": theme}
    page = await visit(case.coordinator, "/plans/", **options)
    plan, item = f"/plans/{case.plan.pk}/", f"/plans/{case.plan.pk}/items/{case.indicator.pk}/"
    late = f"/plans/{case.plan.pk}/items/{case.first.pk}/"
    for path in (
        "/plans/",
        plan,
        item,
        late,
        "/plans/due/",
        "/plans/new/",
        f"{plan}progress/",
        f"/editions/{case.cohort.edition_id}/plans/",
        f"/editions/{case.cohort.edition_id}/plans/from/submitted/",
        f"{plan}edit/",
    ):
        await page.goto(path)
        if path.endswith("edit/"):
            await expect(page.locator(".writing-strip")).to_contain_text("Saved.")
            await page.locator("summary", has_text="More fields").first.click()
        assert await faults_of(page) == [], path
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width == SIZES[size]["width"], path
    await page.goto(plan)
    is_wide = size == "wide"
    await expect(page.get_by_role("region", name="Timeline of milestones")).to_be_visible(visible=is_wide)
    await expect(page.locator(".timeline-narrow")).to_be_visible(visible=not is_wide)


async def test_from_advice_to_something_complete(visit):
    run = await sync_to_async(advised)()
    owner = await visit(run.case_giver, f"/plans/new/?challenge={run.challenge.pk}")
    owner.expected_errors.append("status of 4")  # refused without evidence, as it should be
    await owner.get_by_role("button", name="Make a plan from it").click()
    await expect(owner.locator(".writing-strip")).to_contain_text("Saved.")
    await expect(owner.get_by_role("heading", name="One list for all")).to_be_visible()
    await expect(owner.get_by_role("heading", name="More staff")).to_have_count(0)
    edit = owner.url
    colleague = await visit(run.colleague, edit)
    await expect(owner.get_by_role("list", name="Also here now:")).to_contain_text(run.colleague.name)

    # Two write the same field at once; nothing is lost.
    await colleague.context.set_offline(offline=True)
    colleague.expected_errors.append("ERR_INTERNET_DISCONNECTED|WebSocket")
    await field(colleague, "What is it about?").fill("A list on paper")
    await field(owner, "What is it about?").fill("A shared list")
    await expect(owner.locator(".writing-strip")).to_contain_text("Saved ")
    await colleague.context.set_offline(offline=False)
    clash = colleague.get_by_role("group", name="Two versions")
    await expect(clash).to_contain_text("A shared list")
    await clash.get_by_role("button", name="Take theirs").click()
    await expect(field(colleague, "What is it about?")).to_have_value("A shared list")

    # A milestone by a date in words, under the objective; the colleague sees it come.
    add = owner.get_by_role("form", name="Add to the plan")
    await add.get_by_label("What is it?").select_option("milestone")
    await add.get_by_label("Under").select_option(index=1)
    await add.get_by_role("textbox", name="Title").fill("Rule signed")
    await owner.keyboard.press("Enter")
    milestone = owner.locator(".item-edit[data-kind=milestone]")
    await expect(milestone).to_have_attribute("data-depth", "1")
    await expect(owner.get_by_role("link", name="Rule signed: give it a date.")).to_be_visible()
    await owner.get_by_role("button", name="Propose the plan").click()
    await expect(milestone.get_by_label("Date", exact=True)).to_be_focused()
    await owner.keyboard.type("by autumn next year")
    await expect(milestone).to_contain_text("Of which year?")
    await milestone.get_by_label("Date: pick a day").fill("2099-12-24")
    await expect(milestone.get_by_label("Date", exact=True)).to_have_value("2099-12-24")
    await milestone.get_by_label("Date", exact=True).fill("4th quarter 2099")
    await expect(milestone).to_contain_text("Read as:")
    await expect(
        colleague.locator(".item-edit[data-kind=milestone]").get_by_label("Date", exact=True)
    ).to_have_value("4th quarter 2099")
    await expect(owner.get_by_text("You can propose it.")).to_be_visible()

    # What is refused is found again, also among the fields that are folded away.
    more = milestone.locator("summary")
    await more.click()
    await milestone.get_by_label("Start", exact=True).fill("31 June 2098")
    await expect(milestone.get_by_label("Start", exact=True)).to_have_attribute("aria-invalid", "true")
    await more.click()
    await owner.get_by_role("button", name="Propose the plan").click()
    await expect(milestone.get_by_label("Start", exact=True)).to_be_focused()
    await owner.keyboard.press("Control+A")
    await owner.keyboard.type("30 June 2098")
    await expect(milestone.get_by_label("Start", exact=True)).to_have_attribute("aria-invalid", "false")

    await owner.get_by_role("button", name="Propose the plan").click()
    await expect(owner.get_by_text("Waits for the school to approve it since")).to_be_visible()
    await expect(colleague.get_by_text("It cannot be changed now")).to_be_visible()

    # Approved by the school; the owner's page follows by itself.
    plan = owner.url
    school = await visit(run.facilitator, plan)
    await school.get_by_role("button", name="Approve the plan").click()
    await expect(owner.locator(".plan-head")).to_contain_text("Approved")

    # Another date is asked for and agreed; both stay to be seen.
    await (
        owner.get_by_role("table")
        .get_by_role("link", name="Rule signed")
        .or_(owner.get_by_role("link", name="Rule signed").first)
        .first.click()
    )
    await owner.get_by_text("Ask for a change").click()
    await owner.get_by_label("To what?").fill("31 January 2100")
    await owner.get_by_label("Why?", exact=True).fill("Legal review takes longer")
    await owner.get_by_role("button", name="Ask for it").click()
    await expect(owner.get_by_text("Waits for an answer", exact=True)).to_be_visible()
    await school.goto(plan)
    await school.get_by_role("button", name="Agree").click()
    await expect(school.get_by_text("Legal review takes longer")).to_have_count(0)
    await expect(owner.get_by_text("31 January 2100").first).to_be_visible()
    await owner.reload()
    facts = owner.get_by_role("region", name="What was agreed, and now")
    await expect(facts).to_contain_text("at approval: 4th quarter 2099")

    # Complete needs evidence.
    await report_complete(owner)
    await expect(owner.get_by_role("alert")).to_be_visible()
    await owner.get_by_text("Add evidence").click()
    await owner.get_by_label("What is it?").fill("The rule")
    await owner.get_by_label("Address of a page").fill("https://example.org/rule")
    await owner.get_by_role("button", name="Add", exact=True).click()
    await expect(owner.get_by_role("link", name="The rule")).to_be_visible()
    await report_complete(owner)
    await expect(owner.get_by_role("region", name="What was reported")).to_contain_text("It is signed")
    await school.goto(plan)
    await expect(school.get_by_text("1 of 1 milestone")).to_be_visible()
    assert (await Plan.objects.aget()).state == PlanState.APPROVED


async def report_complete(page):
    await page.get_by_role("radio", name="Complete").check()
    await page.get_by_role("textbox", name="Why do you judge it so?").fill("It is signed")
    await page.get_by_role("button", name="Save the report").click()
