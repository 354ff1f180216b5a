"""When a mail may come: by the clock of the person's zone, over midnight, weekends and changes of the clock."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from synergy.notices.models import QuietHours
from synergy.notices.quiet import next_allowed

RIGA, WARSAW = ZoneInfo("Europe/Riga"), ZoneInfo("Europe/Warsaw")
NIGHT = QuietHours(at_weekends=False)
NOON_REST = QuietHours(starts=time(12), ends=time(13), at_weekends=False)
WEEK = QuietHours()
WEEKEND_ALONE = QuietHours(at_night=False)


@pytest.mark.parametrize(
    ("hours", "zone", "at", "allowed"),
    [
        # Tuesday 10 February 2026, Warsaw is an hour ahead of UTC, Riga two.
        pytest.param(NIGHT, WARSAW, "02-10 12:00", "02-10 12:00", id="by day"),
        pytest.param(NIGHT, WARSAW, "02-10 18:59", "02-10 18:59", id="just before"),
        pytest.param(NIGHT, WARSAW, "02-10 19:00", "02-11 06:00", id="at its beginning"),
        pytest.param(NIGHT, RIGA, "02-10 18:00", "02-11 05:00", id="by the other clock"),
        pytest.param(NIGHT, WARSAW, "02-10 23:30", "02-11 06:00", id="after midnight"),
        pytest.param(NIGHT, WARSAW, "02-11 05:59", "02-11 06:00", id="just before its end"),
        pytest.param(NIGHT, WARSAW, "02-11 06:00", "02-11 06:00", id="at its end"),
        pytest.param(NOON_REST, WARSAW, "02-10 11:30", "02-10 12:00", id="within one day"),
        pytest.param(NOON_REST, WARSAW, "02-10 12:00", "02-10 12:00", id="after it, the same day"),
        pytest.param(QuietHours(starts=time(9), ends=time(9), at_weekends=False), WARSAW, "02-10 08:30", "02-10 08:30", id="no night"),
        pytest.param(QuietHours(at_night=False, at_weekends=False), WARSAW, "02-14 23:00", "02-14 23:00", id="never quiet"),
        pytest.param(WEEK, WARSAW, "02-13 20:00", "02-16 06:00", id="Friday night, to Monday morning"),
        pytest.param(WEEK, WARSAW, "02-14 12:00", "02-16 06:00", id="Saturday"),
        pytest.param(WEEKEND_ALONE, WARSAW, "02-15 12:00", "02-15 23:00", id="Sunday, to midnight"),
        pytest.param(NIGHT, WARSAW, "02-14 12:00", "02-14 12:00", id="Saturday, not quiet"),
        # The clock goes forward on 29 March 2026 at 01:00 UTC, and back on 25 October.
        pytest.param(NIGHT, WARSAW, "03-28 22:00", "03-29 05:00", id="the short night"),
        pytest.param(NIGHT, WARSAW, "10-24 20:00", "10-25 06:00", id="the long night"),
        pytest.param(QuietHours(ends=time(2, 30), at_weekends=False), WARSAW, "03-28 23:00", "03-29 01:30", id="an end that the clock leaps over"),
        pytest.param(QuietHours(ends=time(2, 30), at_weekends=False), WARSAW, "10-24 23:00", "10-25 00:30", id="an end that comes twice"),
    ],
)  # fmt: skip
def test_mail_waits_until_the_quiet_is_over(hours, zone, at, allowed):
    assert next_allowed(moment(at), hours, zone) == moment(allowed)


def moment(words):
    return datetime.strptime(f"2026-{words}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
