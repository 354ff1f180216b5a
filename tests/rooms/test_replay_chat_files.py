"""The two spellings of chat logs, on real files and on the lines that are easy to get wrong."""

from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from rooms.replay.chat import Joined, Left, NotAChatError, Said, parse_chat, read_chat

DATA = Path(__file__).parents[1] / "data"
MEETING = DATA / "chat_ubuntu-meeting_2.json"
BUSY = DATA / "chat_rust.0.ascii.txt"
UNDATED = DATA / "chat_ubuntu_2012-12-15.raw.txt"


def at(*when):
    return datetime(*when, tzinfo=UTC)


@pytest.mark.parametrize(
    ("path", "said", "people", "first", "last"),
    [
        (MEETING, 1026, 87, at(2006, 4, 30), at(2006, 5, 1, 16, 18)),
        (BUSY, 1200, 122, at(2018, 5, 29, 21, 20, 37), at(2018, 5, 31, 8, 21, 55)),
        (UNDATED, 1123, 133, at(2012, 12, 15, 19, 41), at(2012, 12, 16, 2, 59)),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else None,
)
def test_real_file_is_read_whole(path, said, people, first, last):
    chat = read_chat(path)

    assert chat.unread == ()
    assert (len(chat.said), len(chat.people)) == (said, people)
    assert (chat.lines[0].at, chat.lines[-1].at) == (first, last)
    assert all(one.at <= other.at for one, other in pairwise(chat.lines))


def test_meeting_has_joins_leaves_and_answers():
    chat = read_chat(MEETING)

    assert sum(isinstance(line, Joined) for line in chat.lines) == 152
    assert sum(isinstance(line, Left) for line in chat.lines) == 14
    answers = {line.number: line.answers for line in chat.said if line.answers is not None}
    assert len(answers) == 190
    assert answers[1001] == 1000


def test_letters_of_every_alphabet_survive():
    text = "".join(line.text for line in read_chat(UNDATED).said)

    assert sum(not letter.isascii() for letter in text) > 800
    assert "\N{REPLACEMENT CHARACTER}" not in text


def test_kinds_of_lines():
    chat = parse_chat(
        [
            "rust 2018-05-29 [22:26:03] <kennytm> eval: 1 ",
            "rust 2018-05-29 [22:26:06] -eval- [] ",
            "rust 2018-05-29 [23:14:44] * Kingsquee pines ",
            "rust 2018-05-29 === ball [n=ball@example]  has joined #rust ",
            'rust 2018-05-29 === ball [n=ball@example]  has left #rust ["Bye"] ',
            "rust 2018-05-29 === ball waves ",
            "rust 2018-05-29 === ..[topic/#rust:bot] : Calendar ",
        ]
    )

    when = at(2018, 5, 29, 23, 14, 44)
    assert chat.lines == (
        Said(0, at(2018, 5, 29, 22, 26, 3), "kennytm", "eval: 1"),
        Said(1, at(2018, 5, 29, 22, 26, 6), "eval", "[]"),
        Said(2, when, "Kingsquee", "Kingsquee pines"),
        Joined(3, when, "ball"),
        Left(4, when, "ball"),
        Said(5, when, "ball", "ball waves"),
    )


def test_new_nick_is_the_same_person():
    chat = parse_chat(
        [
            "[19:51] <carlos> hello",
            "=== carlos is now known as Guest3810",
            "=== Guest3810 is now known as Ripper",
            "[19:52] <Ripper> still here",
        ]
    )

    assert [line.who for line in chat.said] == ["carlos", "carlos"]


def test_midnight_without_dates_begins_the_next_day():
    chat = parse_chat(["[23:59] <a> late", "[00:01] <b> early"], first_day=date(2012, 12, 15))

    assert [line.at for line in chat.lines] == [at(2012, 12, 15, 23, 59), at(2012, 12, 16, 0, 1)]


def test_clock_with_twelve_hours_goes_on_past_noon():
    chat = parse_chat(["x 2006-04-30 [11:29] <a> before", "x 2006-04-30 [09:36] <b> after"])

    assert [line.at for line in chat.lines] == [at(2006, 4, 30, 11, 29), at(2006, 4, 30, 21, 36)]


def test_clock_that_was_set_back_stands_still():
    chat = parse_chat(["[19:52] <a> one", "[19:51] <b> two"])

    assert chat.lines[0].at == chat.lines[1].at


def test_answer_to_a_later_or_the_same_line_is_no_answer():
    lines = [f"[19:5{n}] <a> {n}" for n in range(4)]

    chat = parse_chat(lines, links=[(0, 1), (2, 2), (3, 2)])

    assert [line.answers for line in chat.said] == [None, 0, None, None]


def test_line_that_is_no_chat_is_kept_apart():
    assert parse_chat(["[19:52] <a> one", "??", ""]).unread == ("??",)


def test_file_without_chat(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no chat here\n")

    with pytest.raises(NotAChatError):
        read_chat(path)
