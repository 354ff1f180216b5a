"""Phases that end by themselves, and days that end at midnight where the institution is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from challenges.consultations.clock import run_all_clocks, run_clocks
from challenges.consultations.models import CheckIn, Consultation, RunState
from challenges.consultations.queries import consultation_stream
from challenges.consultations.times import end_of_phase, later_by
from synergy.people.models import Person
from tests.factories import NOON
from tests.factories.consultations import MINUTE, make_consultation
from tests.support.consultations import do
from tests.support.told import told

DAY = timedelta(days=1)
RIGA = ZoneInfo("Europe/Riga")


@pytest.fixture
def in_writing(db):
    """Started at noon, UTC. The institution is in Latvia or where `make_day` has put it."""
    return make_consultation("in_writing")


def test_without_the_clock_there_is_overtime(run, django_assert_num_queries):
    with django_assert_num_queries(1):
        run_clocks([run.pk], NOON + 60 * MINUTE)
    assert run.row().phase == 0
    assert run.row().phase_ends_at == NOON + 2 * MINUTE


def test_by_the_clock_each_phase_has_its_whole_time(run):
    Consultation.objects.update(protocol={**run.row().protocol, "ends_by_clock": True})
    run_clocks([run.pk], NOON + MINUTE)
    assert run.row().phase == 0
    run_clocks([run.pk], NOON + 30 * MINUTE)
    row = run.row()
    assert (row.phase, row.phase_ends_at) == (1, NOON + 40 * MINUTE)


def test_a_pause_stops_the_clock(run):
    Consultation.objects.update(protocol={**run.row().protocol, "ends_by_clock": True})
    do(run, run.facilitator, "consultation.pause", NOON + MINUTE, phase=0)
    run_clocks([run.pk], NOON + 30 * MINUTE)
    assert (run.row().phase, run.row().state) == (0, RunState.PAUSED)


def test_in_writing_the_days_go_on_when_nobody_looks(in_writing):
    first = in_writing.row()
    assert first.phase_ends_at.astimezone(_zone(in_writing)).time() == datetime.min.time()
    run_all_clocks(first.phase_ends_at - MINUTE)
    assert in_writing.row().phase == 0
    run_all_clocks(first.phase_ends_at + 2 * DAY + MINUTE)
    row = in_writing.row()
    assert row.phase == 2
    assert row.phase_started_at == first.phase_ends_at + 2 * DAY
    run_all_clocks(NOON + 40 * DAY)
    assert (in_writing.row().phase, in_writing.row().state) == (7, RunState.RUNNING)
    facts = len(told(consultation_stream(in_writing.pk)))
    run_all_clocks(NOON + 41 * DAY)
    assert len(told(consultation_stream(in_writing.pk))) == facts


def _zone(run):
    from synergy.people.zones import zone_of_country

    return ZoneInfo(zone_of_country(run.challenge.institution.country))


def test_days_across_the_change_of_clocks(in_writing):
    """The night to 25 October 2026 has an hour more; midnight stays midnight."""
    consultation = Consultation.objects.select_related("challenge__institution").get(pk=in_writing.pk)
    consultation.challenge.institution.country = "LV"
    starts = datetime(2026, 10, 24, 9, tzinfo=UTC)
    ends = end_of_phase(consultation, starts)
    assert ends == datetime(2026, 10, 27, 0, tzinfo=RIGA)
    assert ends.utcoffset() == timedelta(0)
    assert end_of_phase(consultation, ends) == datetime(2026, 10, 29, 0, tzinfo=RIGA)
    assert later_by(consultation, datetime(2026, 10, 25, 0, tzinfo=RIGA), 1) == datetime(
        2026, 10, 26, tzinfo=RIGA
    )


@pytest.mark.parametrize(
    ("zone", "due", "answer"),
    [
        ("Europe/Riga", "2026-02-10", None),
        ("Europe/Riga", "2026-02-09", "invalid"),
        ("Europe/Warsaw", "2026-02-09", None),
        ("Europe/Warsaw", "2026-02-08", "invalid"),
        ("Europe/Warsaw", "2126-02-08", "invalid"),
    ],
)
def test_today_is_the_day_of_who_commits(run, zone, due, answer):
    """22:30 UTC is half past midnight in Riga, and half past eleven in Warsaw."""
    from tests.support.consultations import code

    run.at(7)
    Person.objects.filter(pk=run.peer.pk).update(time_zone=zone)
    peer = Person.objects.get(pk=run.peer.pk)
    late = datetime(2026, 2, 9, 22, 30, tzinfo=UTC)
    assert code(do(run, peer, "commitment.make", late, text="I call.", due=due)) == answer
    if answer is None:
        today = date(2026, 2, 10) if zone == "Europe/Riga" else date(2026, 2, 9)
        assert CheckIn.objects.get(asked="days_30").due == today + 30 * DAY
