"""Texts that want to be more than text, sent through a real server."""

import asyncio
import json
from contextlib import ExitStack

import pytest

from tests.support import installation
from tests.support.doors import client, heard, request

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def site():
    with ExitStack() as stack:
        yield installation.small(stack)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x07c\x1b[31md", "abc[31md"),
        ("tab\tand\r\nline\rends", "tab\tand\nline\nends"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066left\u2067right\u2069", "leftright"),
        ("za\u0307z\u0300\u0301\u0302\u0303\u0304\u0305\u0306", None),
        ("e\u0301", "\u00e9"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ('<img src=x onerror="alert(1)">', '<img src=x onerror="alert(1)">'),
        ("'; DROP TABLE rooms_message; --", "'; DROP TABLE rooms_message; --"),
        ("{{ request.user }} {% debug %} ${7*7}", "{{ request.user }} {% debug %} ${7*7}"),
        ("😀👩\u200d👩\u200d👧", "😀👩\u200d👩\u200d👧"),
        ("x" * 4_000, "x" * 4_000),
        ("\u0416" * 4_000, "\u0416" * 4_000),
    ],
    ids=[
        *["control characters", "line ends", "turned around", "isolates", "a heap of marks", "composed"],
        *["script", "image", "SQL", "templates", "joined emoji", "one long word", "one long Cyrillic word"],
    ],
)
async def test_text_is_kept_as_text(site, text, kept):
    async with client(site) as one:
        event = await heard(one, text=text)

    if kept is None:
        assert len(event["text"]) < len(text)
    else:
        assert event["text"] == kept
    assert "<" not in json.dumps([node for node in event["doc"] or [] if not isinstance(node, list)])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, "invalid"),
        ({"text": ""}, "invalid"),
        ({"text": " \u200b\u2060\n"}, "invalid"),
        ({"text": "x" * 4_001}, "invalid"),
        ({"text": "x" * 60_000}, "invalid"),
        ({"text": None}, "invalid"),
        ({"text": ["a"]}, "invalid"),
        ({"text": "a", "html": "<b>"}, "invalid"),
        ({"text": "a", "lang": "xx"}, "invalid"),
        ({"text": "a", "root": -1}, "invalid"),
        ({"text": "a", "root": 2**63}, "invalid"),
        ({"text": "a", "root": 10**30}, "invalid"),
        ({"text": "a", "root": 9_000_000}, "not_found"),
        ({"text": "a", "mentions": list(range(1, 2_000))}, "invalid"),
        ({"text": "a", "mentions": [2**63]}, "invalid"),
        ({"text": "a", "files": [9_000_000]}, "invalid"),
        ([], "invalid"),
        ("text", "invalid"),
        (None, "invalid"),
    ],
)
async def test_data_of_a_message_is_refused(site, data, code):
    async with client(site) as one:
        answer = await one.command("message.post", data)

        assert (answer["op"], answer["code"]) == ("refused", code)
        assert answer["detail"]
        assert await one.is_answered()


async def test_link_with_script_is_no_link(site):
    async with client(site) as one:
        bad = await heard(
            one, text="[click](javascript:alert(1)) <javascript:alert(2)> [a](data:text/html,x)"
        )
        good = await heard(one, text="[click](https://example.org/)")

    assert '["a",' not in json.dumps(bad["doc"])
    assert '["a", "https://example.org/"' in json.dumps(good["doc"])


async def test_page_shows_script_as_text(site):
    async with client(site) as one:
        await one.post(text="</script><script>alert('page')</script><!-- <b>bold</b>")
    page = request(site, "GET", f"/rooms/{site.room}/").text

    assert "alert(" in page
    assert "<script>alert" not in page
    assert "<b>bold" not in page


@pytest.mark.parametrize(
    "text",
    [
        "*" * 4_000,
        "[" * 4_000,
        "> " * 2_000,
        "- " * 2_000,
        "`" * 3_999,
        "[a](" * 1_000,
        "**a " * 1_000,
        "@Person 1 " * 400,
        "https://a.b/" * 330,
    ],
    ids=["stars", "brackets", "quotes", "lists", "ticks", "links", "bold", "mentions", "addresses"],
)
async def test_markdown_that_is_hard_to_read_is_read_quickly(site, text):
    async with client(site) as one:
        start = asyncio.get_running_loop().time()
        answer = await one.post(text=text)

        assert answer["op"] == "done"
        assert asyncio.get_running_loop().time() - start < 1
