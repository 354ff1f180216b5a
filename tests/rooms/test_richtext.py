import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.links import safe_href
from rooms.richtext import BLOCK_DEPTH, INLINE_DEPTH, NODE_LIMIT, parse_rich_text, plain_words
from rooms.text import TEXT_LIMIT, clean_text

pytestmark = pytest.mark.once

PIECES = [
    *(
        "*",
        "**",
        "_",
        "`",
        "```",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "+ ",
        "1. ",
        "3) ",
        "# ",
        "---",
        "\\",
        "[",
        "](",
        ")",
        "![",
    ),
    *(
        "<b>",
        "</script>",
        "&amp;",
        "<https://a.example/>",
        "https://b.example/x_y_z",
        "javascript:alert(1)",
        "www.c.example",
    ),
    *(
        "me@d.example",
        "[x](https://e.example)",
        "[y](data:text/html,z)",
        '[t](https://f.example "title")',
        "@Anna",
        "@Jan",
    ),
    *("word", "two words", "żółć", "Щ", "1", " ", "    ", "\t"),
]
written = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=300)).map(
    clean_text
)
PEOPLE = {1: "Anna", 2: "Jan"}


def nodes_of(node, depth=0):
    """(node, depth) of all nodes below a doc, texts included."""
    yield node, depth
    if not isinstance(node, str):
        skip = {"a": 2, "at": 3}.get(node[0], 1)
        for child in node[skip:]:
            yield from nodes_of(child, depth + 1)


def words_of(node):
    return "".join(
        child
        if isinstance(child, str)
        else f" {child[1]} "
        if child[0] == "a"
        else f"@{child[2]}"
        if child[0] == "at"
        else " "
        for child, _depth in nodes_of(node)
    )


def check_shape(doc):
    for block in doc:
        check_block(block)


def check_block(block):
    kind, *inner = block
    if kind == "p":
        check_inline(inner)
    elif kind == "quote":
        check_shape(inner)
    elif kind == "pre":
        assert [type(text) for text in inner] == [str]
    else:
        assert kind in ("ul", "ol")
        check_items(inner)


def check_items(items):
    for kind, *inner in items:
        assert kind == "li"
        for node in inner:
            if not isinstance(node, str) and node[0] in ("ul", "ol"):
                check_items(node[1:])
            else:
                check_inline([node])


def check_inline(nodes, *, in_link=False):
    for node in nodes:
        if isinstance(node, str):
            assert node
            continue
        kind, *inner = node
        if kind in ("b", "i"):
            check_inline(inner, in_link=in_link)
        elif kind == "a":
            assert not in_link
            assert safe_href(inner[0]) == inner[0]
            check_inline(inner[1:], in_link=True)
        elif kind == "code":
            assert [type(text) for text in inner] == [str]
        elif kind == "at":
            assert PEOPLE[inner[0]] == inner[1]
        else:
            assert node == ["br"]


@given(written, st.sampled_from([{}, PEOPLE]))
def test_any_text_gives_only_allowed_nodes_and_keeps_its_words(text, people):
    doc, mentions = parse_rich_text(text, people)
    assert set(mentions) <= set(people)
    if doc is None:
        return
    check_shape(doc)
    sizes = [depth for _node, depth in nodes_of(["doc", *doc])]
    assert max(sizes) <= 2 * BLOCK_DEPTH + INLINE_DEPTH + 4
    assert sum(not isinstance(node, str) for node, _ in nodes_of(["doc", *doc])) <= NODE_LIMIT + 1
    shown = words_of(["doc", *doc])
    for word in re.findall(r"\w+", re.sub(r"&\w+;|%\w\w|_", " ", text)):
        assert word in shown or word in json.dumps(doc, ensure_ascii=False)


@given(st.text(max_size=300).map(clean_text))
def test_a_mention_is_kept_when_the_name_is_really_there(text):
    _doc, mentions = parse_rich_text(text, PEOPLE)
    assert all(f"@{PEOPLE[person]}" in text for person in mentions)


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        ("plain, with\nlines & <b>no</b> html — 2 * 3", None),
        ("*i* **b** `c*d*`", [["p", ["i", "i"], " ", ["b", "b"], " ", ["code", "c*d*"]]]),
        ("# Title\ntext", [["p", ["b", "Title"]], ["p", "text"]]),
        ("- a\n- b\n  1. c", [["ul", ["li", "a"], ["li", "b", ["ol", ["li", "c"]]]]]),
        ("- a\n\n  > q", [["ul", ["li", "a", ["br"], "q"]]]),
        ("> said\n\nanswered", [["quote", ["p", "said"]], ["p", "answered"]]),
        ("```\nx = 1\n```", [["pre", "x = 1"]]),
        ("```not closed", [["pre", "not closed"]]),
        ("3. August", None),
        ("3. *August*", [["p", "3. ", ["i", "August"]]]),
        ("+ 5", None),
        ("one\n---\ntwo", None),
        ("\\\\server\\share", None),
        ("![alt](https://a.example/x.png)", [["p", "!", ["a", "https://a.example/x.png", "alt"]]]),
        ('[a](https://a.example "why")', [["p", ["a", "https://a.example", "a"], " (why)"]]),
        ("[x](javascript:alert(1))", None),
        ("[x](JaVaScRiPt:alert(1)) <data:text/html,x> [y](//evil.example) [z](/local)", None),
        ("https://bank.example@evil.example/", None),
        (
            "See https://a.example/b_(c), or (www.d.example).",
            [
                [
                    "p",
                    "See ",
                    ["a", "https://a.example/b_(c)", "https://a.example/b_(c)"],
                    ", or (",
                    ["a", "https://www.d.example", "www.d.example"],
                    ").",
                ]
            ],
        ),
        (
            "**https://a.example/__init__.py**",
            [["p", ["b", ["a", "https://a.example/__init__.py", "https://a.example/__init__.py"]]]],
        ),
        ("ask me@a.example", [["p", "ask ", ["a", "mailto:me@a.example", "me@a.example"]]]),
        (
            "https://łódź.example/ż",
            [["p", ["a", "https://xn--d-uga0v4h.example/%C5%BC", "https://łódź.example/ż"]]],
        ),
        ("> " * 50 + "deep", None),
        ("*a* " * 700, None),
    ],
)
def test_documents(text, doc):
    assert parse_rich_text(text).doc == doc


def test_mentions():
    people = {1: "Anna", 2: "Anna Nowak", 3: "Jan"}
    doc, mentions = parse_rich_text("@Anna Nowak, @Anna's idea; not @Jana, a@Jan or `@Jan`", people)
    assert doc == [
        [
            "p",
            ["at", 2, "Anna Nowak"],
            ", ",
            ["at", 1, "Anna"],
            "'s idea; not @Jana, a@Jan or ",
            ["code", "@Jan"],
        ]
    ]
    assert mentions == [2, 1]


def test_plain_words():
    doc, _mentions = parse_rich_text("- *one*\n- two `x`\n\n> @Jan: https://a.example\nend", {2: "Jan"})
    assert plain_words(doc).split() == ["one", "two", "x", "@Jan:", "https://a.example", "end"]


def test_two_people_with_one_name_are_both_mentioned():
    doc, mentions = parse_rich_text("@Jan and @Jan", {4: "Jan", 5: "Jan"})
    assert doc == [["p", ["at", 4, "Jan"], " and ", ["at", 5, "Jan"]]]
    assert mentions == [4, 5]


def test_a_text_that_stays_plain_still_mentions():
    assert parse_rich_text("> " * 50 + "@Anna", PEOPLE) == (None, [1])


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "*a ",
        "**a_",
        "`",
        "<a",
        ">",
        "- ",
        "[a](",
        "[a]",
        "a@",
        "a@b.",
        "http://",
        "(",
        "- a\n",
        "_ ",
        "1. ",
        "*x*y",
    ],
)
@pytest.mark.timeout(20)
def test_hostile_texts_come_to_an_end(piece):
    """They take milliseconds; what grows with the square or worse would not end in time."""
    text = clean_text(piece * TEXT_LIMIT)[:TEXT_LIMIT]
    for _ in range(3):
        assert parse_rich_text(text).mentions == []
