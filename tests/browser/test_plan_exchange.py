"""A table of one's own becomes items of a plan, leaves as a workbook, and is taken back."""

import pytest
from asgiref.sync import sync_to_async
from playwright.async_api import expect

from tests.factories.plans import make_plan_case
from tests.support.browser import faults_of

TABLE = """Číslo;Druh;Názov;Zodpovedný;Termín
9;míľnik;Pravidlo je podpísané;ministri, predsedníčka;jeseň 2027
9.1;akcia;Zoznam listov;;31.02.2027
"""
SIZES = {"light": {"width": 1280, "height": 900}, "dark": {"width": 360, "height": 740}}


@pytest.mark.parametrize("theme", SIZES)
async def test_a_file_becomes_a_plan_and_can_be_undone(visit, theme):
    case = await sync_to_async(make_plan_case)()
    page = await visit(case.coordinator, "/plans/import/", viewport=SIZES[theme], color_scheme=theme)

    async def is_sound():
        assert await faults_of(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") == SIZES[theme]["width"]

    await is_sound()
    await page.get_by_label("The file").set_input_files(
        {"name": "plán.csv", "mimeType": "text/csv", "buffer": TABLE.encode("cp1250")}
    )
    await page.get_by_label("Where does it go?").select_option(str(case.plan))
    await page.get_by_role("button", name="Look at it").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("plán.csv")
    await expect(page.get_by_role("link", name="Row 3, column Termín (E3):")).to_be_visible()
    await expect(page.get_by_text("February 2027 has 28 days. Choose another day.").first).to_be_visible()
    await is_sound()
    await page.get_by_label("Leave out the row with an error").check()
    await page.get_by_role("button", name="Import 1 row").click()
    await expect(page.get_by_text("1 row was imported.")).to_be_visible()
    await is_sound()
    done = page.url
    await page.get_by_role("link", name="Open the plan").click()
    await expect(page.get_by_text("Pravidlo je podpísané").locator("visible=true").first).to_be_visible()
    await page.get_by_role("link", name="Export").click()
    await is_sound()
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download Excel workbook").click()
    assert (await download.value).suggested_filename.endswith(".xlsx")
    await page.goto(done)
    await page.get_by_role("button", name="Undo the import").click()
    await expect(page.get_by_text("The import was undone.")).to_be_visible()
    await is_sound()
