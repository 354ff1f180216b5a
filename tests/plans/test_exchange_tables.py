"""Files that people upload, as rows: what is in them, what is odd, and what is refused."""

import random
import time
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from io import BytesIO

import msgspec
import pytest
from django.utils import translation
from openpyxl import Workbook

from challenges.plans.exchange import tables, workbooks
from challenges.plans.exchange.choices import Choices, read_file
from challenges.plans.exchange.headings import COLUMNS, recognised
from challenges.plans.exchange.said import day_or_words, said
from challenges.plans.exchange.tables import Cell, letters
from challenges.plans.exchange.template import template
from challenges.plans.exchange.values import NotRead, check_day, column_mark, read_amount, read_choice
from challenges.plans.models import Kind, Progress
from challenges.plans.moments import read_moment
from synergy.live.refusals import Refused

pytestmark = pytest.mark.once


def book(rows, title="Items"):
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    return written(made)


def written(made):
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def read(content, name="plan.xlsx", team=None, **choices):
    with translation.override("en"):
        return read_file(name, content, Choices(**choices), team or {})


def told(row):
    return [(finding.cell, finding.is_error, finding.text) for finding in row.findings]


@pytest.mark.parametrize(
    ("heads", "meanings"),
    [
        (["Number", "Title", "Owner", "Due date"], ["number", "title", "owner", "due"]),
        (["Lp.", "Zadanie", "Osoba odpowiedzialna", "Termin"], ["number", "title", "owner", "due"]),
        (["№", "Дейност", "Отговорник", "Краен срок"], ["number", "title", "owner", "due"]),
        (["Nr.", "Pasākums", "Atbildīgais", "Termiņš"], ["number", "title", "owner", "due"]),
        (["Sorszám", "Feladat", "Felelős", "Határidő"], ["number", "title", "owner", "due"]),
        (["Číslo", "ÚLOHA:", "Zodpovední", "Termín (do)"], ["number", "title", "owner", "due"]),
        (["Title", "Date"], ["title", "due"]),
        (["Date", "Title", "Due"], ["extra", "title", "due"]),
        (
            [
                "What is it?",
                "Under",
                "What is meant",
                "Responsible",
                "With whom else",
                "Dátum",
                "Expected path",
            ],
            ["kind", "parent", "description", "owner", "contributors", "due", "trajectory"],
        ),
        (["Title", "Title", "Budget", ""], ["title", "extra", "extra", "leave_out"]),
    ],
)
def test_columns_are_recognised_by_their_headings_in_six_languages(heads, meanings):
    assert recognised(heads) == meanings


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("4.083,00", "4083", ""),
        ("4,083.50", "4083.5", ""),
        ("4 083,5", "4083.5", ""),
        ("17,5 days", "17.5", "days"),
        ("−3.25", "-3.25", ""),
        ("1.234.567", "1234567", ""),
        ("85 %", "85", "%"),
        (12.5, "12.5", ""),
    ],
)
def test_numbers_are_read_as_people_write_them(text, value, unit):
    amount = read_amount(Cell(text))
    assert (amount.value, amount.unit, amount.is_unsure) == (Decimal(value), unit, False)


def test_a_number_that_may_mean_two_things_follows_its_column_or_is_asked_about():
    assert read_amount(Cell("4.083")).is_unsure
    assert column_mark([Cell("4.083"), Cell("17,5"), Cell("Letters")]) == ","
    assert read_amount(Cell("4.083"), ",") == (Decimal(4083), "", False)
    assert read_amount(Cell("4.083"), ".") == (Decimal("4.083"), "", False)


@pytest.mark.parametrize("text", ["abc", "1,2,3", "999999999999999999", float("inf")])
def test_what_is_no_number_says_so(text):
    with pytest.raises(NotRead):
        read_amount(Cell(text))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31.02.2025", "February 2025 has 28 days"),
        ("2024-02-30", "February 2024 has 29 days"),
        ("12/31/2025", "no month 31"),
        ("1.1.0025", "year is not likely"),
    ],
)
def test_a_day_that_does_not_exist_says_why(text, says):
    with translation.override("en"), pytest.raises(NotRead, match=says):
        check_day(text)


def test_words_are_understood_in_each_language():
    assert read_choice(Kind, "Kamień milowy") == read_choice(Kind, "mérföldkő") == "milestone"
    assert read_choice(Progress, "SPLNENÉ") == read_choice(Progress, "complete") == "complete"
    with pytest.raises(NotRead, match="Write one of"):
        read_choice(Kind, "wish")


def test_a_row_with_faults_says_where_and_what():
    rows = read(
        book(
            [
                ["Our plan"],
                ["Number", "Title", "Due", "Progress", "Kind", "Target"],
                [1, "Letters are counted", "31.02.2025", "done", "", ""],
                [2, "", "by autumn 2027", "", "milestone", ""],
                [3, "Days until an answer", "some day", "", "", "17,5"],
                [4, "=SUM(A1:A3)", None, "", "", ""],
                [5, "The guide", "=TODAY()", "", "", ""],
            ]
        )
    ).rows
    assert [row.row for row in rows] == [3, 4, 5, 6, 7]
    assert told(rows[0])[0] == ("C3", True, "“31.02.2025”: February 2025 has 28 days. Choose another day.")
    assert [each[:2] for each in told(rows[1])] == [("B4", True)]
    assert rows[1].item.due.precision == "season"
    assert told(rows[2]) == [
        ("C5", False, "No date is understood here. The words are kept; nothing reminds of it.")
    ]
    assert (rows[2].item.kind, rows[2].item.target) == ("indicator", "17.5")
    assert told(rows[3])[0][:2] == ("B6", True)
    assert "formula" in told(rows[3])[0][2]
    assert [each[:2] for each in told(rows[4])] == [("C7", True)]


def test_what_one_does_not_know_is_said_beside_its_row_and_why():
    text = "Title;Owner;Due\nA;Ana B <ana@x.example>;1/2/2027\nB;somebody;30.6.2027\nC;;\n"
    found = read(text.encode(), "plan.csv", team={"ana@x.example": "person-1"})
    assert [row.item.owner for row in found.rows] == ["person-1", None, None]
    assert [[each[2] for each in told(row)] for row in found.rows] == [
        ["“1/2/2027”: is it the day first, or the month? Write it as 31.12.2027 or 2027-12-31."],
        ["Nobody of your institution here is called so. The words are kept."],
        [],
    ]


def test_the_words_that_stand_alone_above_the_headings_are_the_title():
    above = read(book([["Letters in time"], ["made by", "us"], ["Number", "Title"], [1, "One list"]]))
    assert (above.cover.title, above.cover.left) == ("Letters in time", [])
    assert read(book([["Number", "Title"], [1, "One list"]])).cover.title == ""


def test_what_is_part_of_what_is_told_by_column_or_by_number():
    dotted = read(
        book([["Number", "Title"], ["1", "All letters"], ["1.2", "One list"], ["1.2.1", "A clerk"]])
    ).rows
    assert [row.item.parent for row in dotted] == [None, "1", "1.2"]
    named = [["Key", "Part of", "Title"], ["a", "b", "A"], ["b", "a", "B"], ["c", "", "C"], ["d", "x", "D"]]
    rows = read(book(named)).rows
    assert [row.is_faulty for row in rows] == [True, True, False, True]
    assert "part of itself" in rows[0].findings[0].text
    assert "no row with the key" in rows[3].findings[0].text


def test_rows_that_say_the_same_are_told():
    rows = read(
        book(
            [
                ["Number", "Title", "Due date"],
                ["1", "Count the letters", "June 2027"],
                ["2", "COUNT  the letters", "June 2027"],
                ["3", "Count the letters", "July 2027"],
                ["4", "Answer the letters", "June 2027"],
                ["4.1", "Train the clerks", ""],
                ["3.1", "Train the clerks", ""],
                ["5", "", ""],
                ["6", "", ""],
            ]
        )
    ).rows
    said = ("", False, "Another row says the same. Both are imported.")
    assert [row.item.number for row in rows if said in told(row)] == ["1", "2"]


def test_columns_that_are_not_known_are_kept_beside_the_row():
    row = read(
        book([["Title", "Budget", "Evidence"], ["One list", 4083.5, "https://example.org/a\nsigned"]])
    ).rows[0]
    assert row.item.extra == {"Budget": "4083.5", "Evidence": "signed"}
    assert row.links == ["https://example.org/a"]
    left = read(book([["Title", "Budget"], ["One list", 1]]), meanings={"1": "leave_out"}).rows[0]
    assert left.item.extra == {}


TEXTS = {
    "utf-8": "Číslo;Názov;Termín\r\n1;Žiadosti občanov;30. jún 2027\r\n",
    "utf-8-sig": 'Number,Title,Due\n1,"Letters, all",2027-06-30\n',
    "utf-16": "Number\tTitle\tDue\n1\tListy żółte\t30.06.2027\n",
    "cp1250": "Číslo;Názov;Termín\n1;Žiadosti občanov š ť ž;30.6.2027\n",
    "cp1251": "№;Дейност;Срок\n1;Писмата се броят;30.06.2027\n",
    "cp1257": "Nr.;Nosaukums;Termiņš\n1;Vēstuļu uzskaite ķēdē;30.06.2027\n",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_text_files_are_read_in_the_letters_of_each_country(encoding):
    text = TEXTS[encoding]
    row = read(text.encode(encoding), "plan.csv").rows[0]
    assert row.item.number == "1"
    assert row.item.title in text
    assert row.item.due.until.isoformat() == "2027-06-30"
    assert not row.findings


def test_letters_and_separator_can_be_chosen():
    content = TEXTS["cp1251"].replace(";", ",").encode("cp1251")
    found = read(content, "plan.csv", encoding="cp1251", separator=",")
    assert found.rows[0].item.title == "Писмата се броят"
    with pytest.raises(Refused, match="not in UTF-8"):
        read(content, "plan.csv", encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0 old", "old or a protected"),
        (b"%PDF-1.7", "no table"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\x00\x01\x02a,b", "no text file"),
        (b"\n\n\n", "empty"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(content, says):
    with pytest.raises(Refused, match=says):
        read(content, "plan.csv")
    if not content.startswith((b"\xd0", b"%PDF", b"PK")):
        with pytest.raises(Refused, match="no Excel workbook"):
            read(content, "plan.xlsx")


def zipped(parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_sheet(sheet):
    """A sound workbook with another first sheet."""
    parts = zipfile.ZipFile(BytesIO(book([["Title"], ["One list"]])))
    return zipped(
        {name: sheet if name == "xl/worksheets/sheet1.xml" else parts.read(name) for name in parts.namelist()}
    )


SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<dimension ref="A1:C1048576"/><sheetData>%s</sheetData></worksheet>'
)
FIRST = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Title</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>One list</t></is></c></row>'


def test_a_million_empty_rows_are_not_read():
    begun = time.monotonic()
    rows = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (at, at) for at in range(3, 400_000))
    found = read(with_sheet(SHEET % (FIRST + rows)))
    assert [row.item.title for row in found.rows] == ["One list"]
    assert time.monotonic() - begun < 5
    with pytest.raises(Refused, match="very many rows"):
        read(with_sheet(SHEET.replace(b'<dimension ref="A1:C1048576"/>', b"") % (FIRST + rows * 2)))
    far = read(with_sheet(SHEET % (FIRST + b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')))
    assert len(far.rows) == 1


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch):
    with pytest.raises(Refused, match="too large"):
        read(with_sheet(SHEET % (b'<row r="1">' + b"<c/>" * 2_000_000 + b"</row>")))
    monkeypatch.setattr(workbooks, "UNPACKED_LIMIT", 100_000)
    with pytest.raises(Refused, match="unpacks to"):
        read(with_sheet(SHEET % (FIRST + b" " * 200_000)))
    monkeypatch.undo()
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + (SHEET % FIRST)[21:]
    )
    with pytest.raises(Refused, match="damaged"):
        read(with_sheet(laughs.replace(b"One list", b"&b;")))


def test_a_workbook_that_was_damaged_on_the_way_is_refused():
    """Wherever a byte is wrong: zipfile, zlib and openpyxl each raise something else."""
    whole, dice, said_of = (
        book([["Title"], *([f"Row {at}"] for at in range(50))]),
        random.Random(1),
        Counter(),
    )
    for _ in range(150):
        damaged = bytearray(whole)
        damaged[dice.randrange(len(whole))] ^= 0xFF
        try:
            read(bytes(damaged))
        except Refused as refusal:
            said_of[refusal.words.split(".")[0]] += 1
    assert said_of["This workbook is damaged"] > 100


def test_long_tables_are_cut_and_say_so(monkeypatch):
    monkeypatch.setattr(tables, "ROW_LIMIT", 3)
    found = read(book([["Title"], *([f"Row {at}"] for at in range(9))]))
    assert len(found.rows) == 3
    assert "first 3 rows" in found.table.cut


@pytest.mark.parametrize("language", ["en", "pl", "bg", "lv", "hu", "sk"])
def test_the_template_is_read_without_a_single_unknown_column(language):
    with translation.override(language):
        content = template()
        found = read_file("t.xlsx", content, Choices(), {})
    assert [name for name in found.headings.meanings if name == "extra"] == []
    with translation.override(language):
        example = read_file("t.xlsx", content, Choices(sheet=found.tables[-1].name), {})
    assert [row.item.kind for row in example.rows] == ["objective", "milestone", "indicator"]
    assert [told(row) for row in example.rows] == [[], [], []]


def test_columns_have_letters():
    assert [letters(at) for at in (0, 25, 26, 51, 701, 702)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)


@pytest.mark.parametrize(
    ("wording", "written"),
    [("1 March 2022", date(2022, 3, 1)), ("1 March 2022 – 30 June 2022", "1 March 2022 – 30 June 2022")],
)
def test_one_day_leaves_as_a_day_and_a_span_keeps_its_end(wording, written):
    moment = read_moment(wording)
    assert day_or_words(moment) == written
    assert said(msgspec.to_builtins(moment)) == written
