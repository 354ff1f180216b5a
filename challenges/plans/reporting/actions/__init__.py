"""What happens to periods, reports and stocktakes: one function for each thing that can be done."""

from challenges.plans.reporting.actions.judging import (
    approve_report,
    missing_in_report,
    return_report,
    submit_report,
    withdraw_report,
)
from challenges.plans.reporting.actions.periods import (
    add_period,
    close_period,
    make_periods,
    remove_period,
    reopen_period,
)
from challenges.plans.reporting.actions.stocktakes import add_decision, hold_stocktake, tick_decision
from challenges.plans.reporting.actions.writing import add_entries, begin_report, change_entry, change_report

__all__ = [
    "add_decision",
    "add_entries",
    "add_period",
    "approve_report",
    "begin_report",
    "change_entry",
    "change_report",
    "close_period",
    "hold_stocktake",
    "make_periods",
    "missing_in_report",
    "remove_period",
    "reopen_period",
    "return_report",
    "submit_report",
    "tick_decision",
    "withdraw_report",
]
