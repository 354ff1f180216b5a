"""The book of proceedings: what stands in it, in which order and language, and who may read it."""

import json
import re
from datetime import timedelta
from html import unescape
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from rooms.richtext import plain_words
from sessions.openspace.models import Stage, TopicReport, VotingState
from sessions.openspace.proceedings import as_docx, as_json, as_markdown, book_of
from sessions.openspace.proceedings.book import Fate, Standing
from tests.factories.proceedings import make_book, many_topics

pytestmark = pytest.mark.django_db
WARSAW = ZoneInfo("Europe/Warsaw")
FORMATS = ["proceedings/", "proceedings.docx", "proceedings.md", "proceedings.json"]


def bound(made, language="en", zone=WARSAW):
    made.gathering.refresh_from_db()
    return book_of(made.gathering, language, zone)


def address(made, end="proceedings/"):
    return f"/gatherings/{made.gathering.pk}/{end}"


def test_reports_stand_in_the_order_of_the_wall():
    made = make_book()
    book = bound(made)
    assert [(report.number, report.standing) for report in book.reports] == [
        (made.rota.number, Standing.MISSING),
        (made.decisions.number, Standing.DRAFT),
        (made.bad_news.number, Standing.CONFIRMED),
    ]
    assert [report.number for report in book.missing] == [made.rota.number]
    assert book.missing[0].convener.name == "Boros Péterné"


def test_topics_without_a_report_say_why():
    made = make_book()
    assert [(topic.number, topic.fate, topic.into) for topic in bound(made).other_topics] == [
        (4, Fate.NOT_PLACED, None),
        (5, Fate.MERGED, 3),
        (6, Fate.DID_NOT_HAPPEN, None),
    ]
    assert [line.number for line in bound(made).reports[0].merged] == [5]


def test_the_wall_has_every_placed_topic_in_its_cell():
    wall = bound(make_book()).wall
    assert wall.spaces == ["Amber", "Linden"]
    cells = [[[topic.number for topic in cell] for cell in row.cells] for row in wall.rows]
    assert cells == [[[3], [2]], [], [[1], [6]]]
    assert [row.time.number for row in wall.rows] == [1, None, 2]


def test_a_round_has_the_time_when_it_was_held():
    made = make_book()
    planned = [row.time for row in bound(made).wall.rows]
    first = made.gathering.slots.filter(kind="round").earliest("starts_at")
    first.started_at = first.starts_at + timedelta(minutes=7)
    first.ended_at = first.ends_at + timedelta(minutes=12)
    first.save()
    held = [row.time for row in bound(made).wall.rows]
    assert (held[0].starts_at, held[0].ends_at) == (first.started_at, first.ended_at)
    assert held[1:] == planned[1:]


def test_numbers_count_who_left_a_trace():
    numbers = bound(make_book()).numbers
    assert (numbers.people, numbers.topics, numbers.reports, numbers.missing) == (5, 3, 2, 1)


def test_participants_stand_by_country_in_the_order_of_the_ring():
    groups = bound(make_book()).participants
    assert [(group.country, group.size) for group in groups] == [
        ("LV", 1),
        ("BG", 1),
        ("HU", 1),
        ("SK", 1),
        ("PL", 1),
    ]
    assert groups[1].institutions[0].name == "Община Пловдив"


def test_votes_are_hidden_until_the_vote_is_closed():
    made = make_book()
    votes = bound(made).votes
    assert (votes.voters, [(line.topic.number, line.points) for line in votes.lines]) == (2, [(1, 5)])
    made.gathering.voting = VotingState.OPEN
    made.gathering.save()
    assert bound(made).votes is None


@pytest.mark.parametrize(("language", "found"), [("pl", "pl"), ("bg", "bg"), ("hu", "en")])
def test_the_theme_is_in_the_language_of_the_reader_or_in_english(language, found):
    assert bound(make_book(), language).theme.language == found


def test_before_closing_a_round_that_is_not_over_misses_no_report():
    made = make_book(stage=Stage.ROUNDS)
    TopicReport.objects.all().delete()
    book = bound(made)
    assert not book.is_final
    assert {report.number: report.standing for report in book.reports} == {
        3: Standing.MISSING,  # the first round has ended
        2: Standing.MISSING,
        1: Standing.TO_COME,
    }
    assert Fate.WAITING in {topic.fate for topic in book.other_topics}


def test_a_topic_of_a_round_that_was_left_out_did_not_take_place():
    made = make_book()
    TopicReport.objects.all().delete()
    book = bound(made)
    assert {report.number for report in book.missing} == {2, 3}
    assert {topic.number: topic.fate for topic in book.other_topics}[1] == Fate.DID_NOT_HAPPEN
    made.gathering.slots.update(started_at=None, ended_at=None)
    assert {report.number for report in bound(made).missing} == {1, 2, 3}  # nobody knows what was held


def test_a_report_with_nothing_in_it_is_missing():
    made = make_book()
    TopicReport.objects.filter(topic=made.decisions).update(summary=" \n", next_steps=[])
    assert {report.number for report in bound(made).missing} == {2, 3}


def test_as_many_queries_for_thirty_topics_as_for_three(django_assert_num_queries):
    made = make_book()
    with django_assert_num_queries(17):
        bound(made)
    many_topics(made, 30)
    with django_assert_num_queries(17):
        assert len(bound(made).reports) == 33


@pytest.mark.parametrize("end", FORMATS)
def test_everybody_with_a_seat_reads_it_and_nobody_else(client, end):
    made = make_book()
    for person in (made.ilze, made.facilitator, made.observer):
        client.force_login(person)
        assert client.get(address(made, end)).status_code == 200
    client.force_login(made.outsider)
    assert client.get(address(made, end)).status_code == 404
    client.logout()
    assert client.get(address(made, end)).status_code == 302


def test_the_page_names_the_missing_and_asks_its_convener(client):
    made = make_book(stage=Stage.CONVERGING)
    client.force_login(made.boros)
    page = client.get(address(made)).content.decode()
    assert "Your report is missing in the book" in page
    assert f'<a href="/gatherings/{made.gathering.pk}/topics/3/">Write the report on topic 3' in page
    assert "Boros Péterné convened this topic" in page
    assert "1 report is missing." in page
    client.force_login(made.ilze)
    assert "Your report is missing in the book" not in client.get(address(made)).content.decode()


def test_a_closed_gathering_asks_nobody_to_write(client):
    made = make_book()
    for person in (made.boros, made.observer):
        client.force_login(person)
        assert "Write the report" not in client.get(address(made)).content.decode()


def test_the_page_says_that_an_open_gathering_has_no_final_book(client):
    made = make_book(stage=Stage.CONVERGING)
    client.force_login(made.ilze)
    assert "not final" in client.get(address(made)).content.decode()


def test_words_of_people_are_marked_with_their_language_and_stay_words(client):
    made = make_book()
    client.force_login(made.ilze)
    page = client.get(address(made)).content.decode()
    assert '<bdi lang="bg">Как да вземаме решения по-бързо?</bdi>' in page
    assert '<div class="msg-t" lang="bg">' in page
    assert "<b>first</b>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_another_language_can_be_asked_for(client):
    made = make_book()
    client.force_login(made.ilze)
    page = client.get(address(made), {"language": "pl"}).content.decode()
    assert '<html lang="pl"' in page
    assert "Co zrobimy u siebie?" in page
    assert '<html lang="en"' in client.get(address(made), {"language": "xx"}).content.decode()


def test_json_says_what_it_is():
    book = json.loads(as_json(bound(make_book())))
    assert (book["schema"], book["version"]) == ("synergy.proceedings", 1)
    assert book["book"]["reports"][1]["summary"] == {"text": "Решенията чакат подпис.", "language": "bg"}
    assert book["book"]["reports"][0]["standing"] == "missing"


def test_markdown_holds_the_same_tree_and_no_markup_of_others():
    text = as_markdown(bound(make_book())).decode()
    assert text.startswith("# What did we see on our visits?")
    assert "- the head names an *own* mistake first" in text
    assert "1. Heads of office" in text
    assert "\\<script\\>" in text
    assert "| Round 1 13:00–15:00 | 3 Joint duty rota" in text
    assert "There is no report yet. Boros Péterné convened this topic." in text


def heads_of(document):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]


def languages_of(document, text):
    return {
        run._r.rPr.find(qn("w:lang")).get(qn("w:val"))
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.text == text
    }


def test_docx_has_headings_table_heads_languages_and_properties():
    document = Document(BytesIO(as_docx(bound(make_book()))))
    assert heads_of(document)[:5] == [
        "Topics in the order of the wall",
        "The wall",
        "3 Joint duty rota for small offices",
        "2 Как да вземаме решения по-бързо?",
        "1 What makes a department head share bad news early?",
    ]
    assert languages_of(document, "Решенията чакат подпис.") == {"bg-BG"}
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)
    assert document.core_properties.title == "What did we see on our visits? What will we do at home?"
    assert document.core_properties.language == "en"
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.1)


def test_docx_links_lead_out_and_inside():
    document = Document(BytesIO(as_docx(bound(make_book()))))
    links = [link for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert {link.fragment for link in links if not link.address} == {"topic1", "topic2", "topic3"}
    assert {link.address for link in links if link.address} == {
        "https://example.org/review",
        "https://example.org/guide",
    }


def test_a_gathering_where_nothing_happened_yet_has_a_book_in_every_format():
    from tests.factories import make_person, make_seat
    from tests.factories.openspace import make_gathering

    gathering = make_gathering()
    make_seat(gathering.training_session.cohort, make_person("Anna Nowak"))
    book = book_of(gathering, "lv", WARSAW)
    assert book.wall.is_empty
    assert as_docx(book)
    assert as_json(book)
    assert as_markdown(book)


NASTY = [
    "3. August\nwas hot",
    "- 5 degrees",
    "a\n===\nb",
    "# no heading &lt;b&gt; <b>no tag</b>",
    "`code` and `` ` `` and \\server\\share",
    "[a](javascript:alert(1)) ![x](y)",
    "1 * 2 * 3 | 4 _ 5_",
    "~~~\nno fence",
]


@pytest.mark.parametrize("text", NASTY)
def test_markdown_of_nasty_texts_reads_as_the_same_words(text):
    made = make_book()
    TopicReport.objects.filter(topic=made.decisions).update(summary=text)
    report = bound(made).reports[1]
    html = MarkdownIt("commonmark").render(as_markdown(bound(made)).decode())
    words = plain_words([node for block in report.summary.doc for node in block[1:]])
    shown = unescape(re.sub(r"<[^>]+>", "", html))
    assert "".join(words.split()) in "".join(shown.split())
    assert html.count("<h1>") == 1
    assert "<b>no tag" not in html
    assert 'href="javascript' not in html


def test_what_xml_does_not_know_is_left_out_of_docx():
    made = make_book(theme={"en": "x" * 300})
    TopicReport.objects.filter(topic=made.decisions).update(summary="a\x0bb\x1fc\ufffe")
    document = Document(BytesIO(as_docx(bound(made))))
    assert any(paragraph.text == "abc" for paragraph in document.paragraphs)
