"""The stream kinds `reporting` (a plan's periods, reports and stocktakes) and `report` (what one says)."""

from __future__ import annotations

from challenges.plans.reporting import events
from challenges.plans.reporting.commands import REPORT_COMMANDS, REPORTING_COMMANDS
from challenges.plans.reporting.queries import (
    report_for,
    report_readers,
    report_state,
    reporting_for,
    reporting_readers,
    reporting_state,
)
from synergy.live.kinds import StreamKind

REPORTING = StreamKind(
    name="reporting",
    find=reporting_for,
    state=reporting_state,
    readers=reporting_readers,
    events=(
        events.PeriodsAdded,
        events.PeriodSet,
        events.PeriodRemoved,
        events.ReportSet,
        events.StocktakeHeld,
        events.DecisionSet,
    ),
    commands=REPORTING_COMMANDS,
)
REPORT = StreamKind(
    name="report",
    find=report_for,
    state=report_state,
    readers=report_readers,
    events=(
        events.ReportChanged,
        events.EntryChanged,
        events.EntriesAdded,
        events.ReportMoved,
    ),
    commands=REPORT_COMMANDS,
    signals=frozenset({"typing"}),
)
