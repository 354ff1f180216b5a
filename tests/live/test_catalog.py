"""The words of the browser's programs: found in the sources, brought to the page."""

import struct
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from synergy.live.catalog import catalog_for
from synergy.live.management.commands.makemessages import calls_in

POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"


def compiled(messages: dict[str, str]) -> bytes:
    """A .mo file, as msgfmt writes it."""
    pairs = sorted((key.encode(), text.encode()) for key, text in messages.items())
    keys, texts, index = b"", b"", []
    for key, text in pairs:
        index.append((len(key), len(keys), len(text), len(texts)))
        keys += key + b"\0"
        texts += text + b"\0"
    start = 28 + 16 * len(pairs)
    key_table = b"".join(struct.pack("<II", length, start + at) for length, at, _length, _at in index)
    text_table = b"".join(
        struct.pack("<II", size, start + len(keys) + at) for _length, _at, size, at in index
    )
    header = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return header + key_table + text_table + keys + texts


@pytest.fixture
def polish(settings, tmp_path: Path):
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = {
        "": f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {POLISH}\n",
        "Send": "Wyślij",
        "{n} person\0{n} people": "{n} osoba\0{n} osoby\0{n} osób",
        "</script>": "<!--",
    }
    (folder / "djangojs.mo").write_bytes(compiled(words))
    settings.LOCALE_PATHS = [tmp_path]
    catalog_for.cache_clear()
    yield
    catalog_for.cache_clear()


def test_words_and_plural_forms(polish):
    catalog = catalog_for("pl")
    assert catalog["messages"]["Send"] == "Wyślij"
    assert catalog["messages"]["{n} person"] == ["{n} osoba", "{n} osoby", "{n} osób"]
    assert [catalog["forms"][n] for n in (0, 1, 2, 5, 12, 22, 112, 122)] == list("20122121")
    assert len(catalog["forms"]) == 200


def test_without_a_catalog_the_words_are_english(polish):
    assert catalog_for("hu") == {"messages": {}}


def test_the_page_carries_them_as_data_that_cannot_end_the_block(polish):
    with translation.override("pl"):
        block = Template("{% load catalog %}{% catalog %}").render(Context())
    assert block.startswith('<script id="catalog" type="application/json">')
    assert block.count("</script>") == 1
    assert "<!--" not in block


def test_calls_are_found_where_xgettext_would_lose_its_way():
    source = """// t("in a comment")
const pattern = /"/g;
return <p title={t("A \\"title\\"")}>It's {tn(
  "{n} person", "{n} people", n)} {about("nobody")} {this.t("no")} {t("Last")}</p>;
"""
    assert calls_in(source).split("\n") == [
        "",
        "",
        't("A \\"title\\"");tn(   "{n} person", "{n} people");t("Last");'.replace('t("Last");', ""),
        't("Last");',
        "",
    ]
