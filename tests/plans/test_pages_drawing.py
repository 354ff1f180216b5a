"""The pictures of a plan: no two names overlap, all stays inside, values stand where they belong."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

import pytest

from challenges.plans.drawing.chart import NARROW, WIDTH, Series, draw_chart
from challenges.plans.drawing.path import expected_on, expected_path, verdict_on
from challenges.plans.drawing.scale import TimeScale, round_values, shortened, wrapped
from challenges.plans.drawing.timeline import Lane, Mark, draw_timeline

pytestmark = pytest.mark.once

MARCH = date(2027, 3, 1)
NAMES = {kind: (lambda value, kind=kind: f"{kind} {value}") for kind in ("baseline", "now", "target")}


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def days(*numbers):
    return [MARCH + timedelta(each) for each in numbers]


@pytest.mark.parametrize(
    "dates",
    [
        days(0, 90, 180, 300),
        days(0, 1, 2, 3, 4, 5, 6, 7),
        days(*([100] * 12)),
        days(0, *range(350, 366)),
        days(*range(0, 3650, 50)),
        [date(1, 1, 1), date(9999, 12, 31)],
    ],
)
def test_names_on_the_timeline_never_overlap(dates):
    marks = [Mark(at, f"Milestone {at}: everything signed", on, "planned") for at, on in enumerate(dates)]
    timeline = draw_timeline([Lane("One", marks), Lane("Two", marks[:5])], MARCH)
    boxes = [drawn.box for lane in timeline.lanes for drawn in lane.marks]
    assert len(boxes) == len(dates) + min(len(dates), 5)
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert right <= timeline.width
        assert top >= 30
        assert bottom <= timeline.height


def test_a_mark_stands_on_its_day_and_shows_the_agreed_one():
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    lane = Lane("All", [Mark(1, "First", first, "done"), Mark(2, "Last", last, "planned", agreed=first)])
    timeline = draw_timeline([lane], date(2027, 7, 2))
    one, other = timeline.lanes[0].marks
    assert one.x == timeline.left
    assert other.agreed_x == one.x
    assert timeline.right - 5 < other.x <= timeline.right
    assert abs(timeline.now_x - (timeline.left + timeline.right) / 2) < 3
    assert draw_timeline([lane], date(2026, 7, 2)).now_x is None
    assert draw_timeline([Lane("None", [])], MARCH) is None


def test_ticks_have_room_and_say_the_year_once():
    for length in (20, 200, 900, 4000, 40000):
        scale = TimeScale(date(2026, 11, 1), date(2026, 11, 1) + timedelta(length), 250, 988)
        ticks = scale.ticks(40)
        assert 1 <= len(ticks) < 20
        assert all(other.x - one.x > 35 for one, other in pairwise(ticks))
        years = [tick.on.year for tick in ticks if tick.shows_year]
        assert years == sorted(set(years))


def test_text_is_cut_by_its_room():
    assert shortened("Open to all", 14, 500) == "Open to all"
    assert shortened("Open to all eight departments", 14, 80) == "Open to a…"
    assert wrapped("One list of all letters", 15, 100, 3) == ["One list of", "all letters"]
    assert wrapped("One list of all letters of all", 15, 100, 2) == ["One list of", "all letters…"]
    assert wrapped("", 15, 100, 3) == []


def test_round_values_hold_all_between_them():
    assert round_values(Decimal(0), Decimal(23)) == [0, 10, 20, 30]
    for low, high in ((0, 0), (5, 5), (-3, 8), (0, Decimal("0.004")), (1_000_000, 1_000_001), (-9, -9)):
        values = round_values(Decimal(low), Decimal(high))
        assert 2 <= len(values) <= 7
        assert values[0] <= low <= high <= values[-1]


@pytest.mark.parametrize("width", [WIDTH, NARROW])
def test_labels_of_a_chart_never_overlap_and_values_stand_in_order(width):
    cases = [
        ((23, 10), [22, 20, 17]),
        ((10, 10), [10, 10, 10]),
        ((0, 100), []),
        ((-5, 5), [0, 0]),
        ((1_000_000, 1_000_001), [1_000_000]),
        ((0, 0), [0]),
    ]
    for (begins, ends), read in cases:
        baseline, target = (MARCH, Decimal(begins)), (date(2028, 2, 28), Decimal(ends))
        readings = [(MARCH + timedelta(30 * (at + 1)), Decimal(value)) for at, value in enumerate(read)]
        series = Series(baseline, target, expected_path([], baseline, target), readings)
        chart = draw_chart(series, NAMES, str, width)
        assert {label.kind for label in chart.labels} == {"baseline", "target", *(["now"] if read else [])}
        boxes = [label.box for label in chart.labels]
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
        assert all(box[0] >= 0 and box[2] <= width for box in boxes)
        assert len(chart.points) == (len(read) + 1 if read else 0)
        for line, higher in zip(chart.lines, chart.lines[1:], strict=False):
            assert line.y > higher.y


def test_a_chart_of_nothing_is_none_and_of_one_value_is_drawn():
    assert draw_chart(Series(None, None, (), []), NAMES, str) is None
    chart = draw_chart(Series(None, None, (), [(MARCH, Decimal(4))]), NAMES, str)
    assert len(chart.points) == 1
    assert chart.path == ""


def test_what_was_expected_on_a_day():
    baseline, target = (MARCH, Decimal(23)), (MARCH + timedelta(100), Decimal(13))
    straight = expected_path([], baseline, target)
    assert expected_on(straight, MARCH + timedelta(50)) == 18
    assert expected_on(straight, MARCH - timedelta(1)) == 23
    assert expected_on(straight, MARCH + timedelta(500)) == 13
    bent = expected_path([(MARCH + timedelta(50), Decimal(22))], baseline, target)
    assert expected_on(bent, MARCH + timedelta(75)) == Decimal("17.5")
    assert expected_on((), MARCH) is None


@pytest.mark.parametrize(
    ("direction", "value", "verdict"),
    [
        ("down", 18, "on_path"),
        ("down", 19, "behind"),
        ("down", 13, "reached"),
        ("up", 18, "reached"),
        ("keep", 18, "on_path"),
        ("keep", 10, "behind"),
    ],
)
def test_what_the_last_reading_says(direction, value, verdict):
    target = (MARCH + timedelta(100), Decimal(13))
    path = expected_path([], (MARCH, Decimal(23)), target)
    last = (MARCH + timedelta(50), Decimal(value))
    assert verdict_on(path, target[1], direction, last) == verdict
    assert verdict_on(path, target[1], direction, None) == "unread"
    assert verdict_on((), None, direction, last) == "unknown"
