"""The book of proceedings in a browser: nothing for axe to find, and a tagged PDF with an outline when printed."""

from io import BytesIO

import pytest
from asgiref.sync import sync_to_async
from playwright.async_api import expect
from pypdf import PdfReader

from tests.factories.proceedings import make_book
from tests.support.browser import LOOKS, SIZES, faults_of


@pytest.mark.parametrize(("size", "theme"), LOOKS)
async def test_the_page(visit, size, theme):
    made = await sync_to_async(make_book)()
    path = f"/gatherings/{made.gathering.pk}/proceedings/"
    page = await visit(made.boros, path, viewport=SIZES[size], color_scheme=theme)
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "What did we see on our visits? What will we do at home?"
    )
    await expect(page.get_by_role("button", name="Print or save as PDF")).to_be_visible()
    assert await faults_of(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == SIZES[size]["width"]


async def test_without_scripts_it_is_all_there(visit):
    made = await sync_to_async(make_book)()
    path = f"/gatherings/{made.gathering.pk}/proceedings/"
    page = await visit(made.ilze, path, java_script_enabled=False)
    await expect(page.get_by_role("article")).to_have_count(3)
    await expect(page.get_by_role("button", name="Print")).to_have_count(0)


def tags_below(element):
    """The structure types of the PDF's tag tree, from the top down."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        node = kid.get_object()
        if isinstance(node, dict) and "/S" in node:
            yield str(node["/S"])
            yield from tags_below(node)


def titles_of(outline):
    for each in outline:
        if isinstance(each, list):
            yield from titles_of(each)
        else:
            yield each.title


FIRST_WORDS = [
    "Book of proceedings",
    "Topics in the order",
    "Times are shown in",
    "Draft, not confirmed",
    "Recommendations",
    "First step",
    "Mesto",
]
"""One for each page of the book, but for the one that names the missing report."""


async def test_printed_it_is_a_tagged_pdf_with_an_outline(visit):
    made = await sync_to_async(make_book)()
    page = await visit(made.ilze, f"/gatherings/{made.gathering.pk}/proceedings/")
    pdf = PdfReader(BytesIO(await page.pdf(tagged=True, outline=True, prefer_css_page_size=True)))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    tags = list(tags_below(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/TD", "/Link"} <= set(tags)
    assert tags.count("/H1") == 1
    titles = [" ".join(title.split()) for title in titles_of(pdf.outline)]
    assert titles[0] == "What did we see on our visits? What will we do at home?"
    assert {"The wall", "Who took part", "Joint duty rota for small offices"} <= set(titles)
    pages = [each.extract_text() for each in pdf.pages]
    assert "Print or save" not in "".join(pages)
    starts = [[at for at, text in enumerate(pages) if words in text] for words in FIRST_WORDS]
    assert starts == [[0], [1], [2], [4], [5], [6], [7]]
    assert [round(float(pdf.pages[0].mediabox.width) / 72 * 25.4)] == [210]
