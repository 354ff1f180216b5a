"""Reports in a browser: two write at once, the school approves, the other voice differs, and it is printed."""

import pytest
from asgiref.sync import sync_to_async
from playwright.async_api import expect

from challenges.plans.models import Audience, Period, Report
from tests.factories.plans import make_plan_case
from tests.support.browser import faults_of
from tests.support.plans import agree
from tests.support.reports import report_made, reporting_made, written

NARROW = {"width": 360, "height": 740}


def _begin():
    case = agree(make_plan_case(audience=Audience.COHORT))
    reporting_made(case, "facilitator", "period.add", name="Q2 2026", starts="2026-04-01", ends="2026-06-30")
    case.period = Period.objects.get()
    return case


async def is_sound(page):
    assert await faults_of(page) == []
    width = page.viewport_size["width"]
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("theme", ["light"])
async def test_from_the_first_word_to_approval(visit, theme):
    case = await sync_to_async(_begin)()
    address = f"/plans/{case.plan.pk}/reports/"
    one = await visit(case.member, address, color_scheme=theme)
    await one.get_by_role("button", name="Begin the report").click()
    await expect(one.get_by_role("heading", level=1)).to_have_text("Report on Q2 2026")
    other = await visit(case.coordinator, one.url, viewport=NARROW, color_scheme="dark")
    await expect(one.get_by_text("Also here now:")).to_be_visible()
    await one.get_by_label("How is the plan?").fill("Two departments use it every day.")
    await expect(other.get_by_label("How is the plan?")).to_have_value("Two departments use it every day.")
    await other.get_by_label("Will the plan be reached?").select_option("probable")
    await expect(one.get_by_label("Will the plan be reached?")).to_have_value("probable")
    await other.locator(f"#entry-{case.first.pk} > summary").click()
    entry = other.locator(f"#entry-{case.first.pk}")
    await entry.get_by_label("How far is it?").select_option("substantial")
    await expect(one.locator(f"#entry-{case.first.pk} > summary")).to_contain_text("Substantial")
    await is_sound(one)
    await is_sound(other)
    await other.get_by_role("button", name="Submit the report").click()
    await expect(other.get_by_text("Waits for the school to approve it.")).to_be_visible()
    await expect(one.get_by_text("It cannot be changed now: its state has changed.")).to_be_visible()

    school = await visit(case.facilitator, address)
    await school.get_by_role("link", name="Report of the institution").first.click()
    await is_sound(school)
    await school.get_by_role("button", name="Approve the report").click()
    await expect(school.get_by_text("Approved. It stays as it is.")).to_be_visible()
    await expect(other.get_by_text("Approved. It stays as it is.")).to_be_visible()


def _both():
    case = _begin()
    own, shadow = written(case, "coordinator", "own"), written(case, "consultant", "shadow")
    for who, report, progress in (("member", own, "substantial"), ("consultant", shadow, "limited")):
        words = {"item": case.first.pk, "field": "progress", "value": progress, "base": 0}
        report_made(case, who, report, "entry.change", **words)
    report_made(case, "coordinator", own, "report.submit")
    report_made(case, "consultant", shadow, "report.submit")
    reporting_made(
        case, "facilitator", "stocktake.hold", note="Two views", decisions=[{"text": "Talk to Finance"}]
    )
    return case


async def test_both_voices_a_decision_and_paper(visit):
    case = await sync_to_async(_both)()
    plan = f"/plans/{case.plan.pk}/"
    page = await visit(case.coordinator, plan, viewport=NARROW, color_scheme="dark")
    await expect(page.get_by_text("“Substantial” and “Limited”")).to_be_visible()
    await is_sound(page)
    await page.get_by_role("button", name="Done").click()
    await expect(page.get_by_role("button", name="Open again")).to_be_visible()
    await is_sound(page)
    own = await sync_to_async(Report.objects.get)(voice="own")
    for path in (f"reports/{own.pk}/", "report/"):
        await page.goto(plan + path)
        await is_sound(page)
    assert (await page.pdf(prefer_css_page_size=True)).startswith(b"%PDF")
    await page.emulate_media(media="print")
    await expect(page.get_by_role("heading", name="What was agreed")).to_be_visible()
    await expect(page.get_by_role("link", name="Back to the plan")).to_be_hidden()
    await page.goto(f"/editions/{case.cohort.edition_id}/report/")
    await page.emulate_media(media="screen")
    await expect(page.get_by_role("heading", name="At a glance")).to_be_visible()
    await is_sound(page)
