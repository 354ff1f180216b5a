"""What is done in a consultation: one function for each thing."""

from challenges.consultations.actions.advice import (
    answer_recommendation,
    change_recommendation,
    withdraw_recommendation,
    write_recommendation,
)
from challenges.consultations.actions.commitments import answer_check_in, make_commitment, remove_commitment
from challenges.consultations.actions.planning import plan_consultation, set_part
from challenges.consultations.actions.protocols import (
    Draft,
    change_protocol,
    copy_protocol,
    remove_protocol,
)
from challenges.consultations.actions.running import (
    extend_phase,
    finish_consultation,
    next_phase,
    pause_consultation,
    previous_phase,
    resume_consultation,
    reveal_entries,
    start_consultation,
)
from challenges.consultations.actions.writing import (
    add_entry,
    change_entry,
    judge_entry,
    remove_entry,
    write_note,
)

__all__ = [
    "Draft",
    "add_entry",
    "answer_check_in",
    "answer_recommendation",
    "change_entry",
    "change_protocol",
    "change_recommendation",
    "copy_protocol",
    "extend_phase",
    "finish_consultation",
    "judge_entry",
    "make_commitment",
    "next_phase",
    "pause_consultation",
    "plan_consultation",
    "previous_phase",
    "remove_commitment",
    "remove_entry",
    "remove_protocol",
    "resume_consultation",
    "reveal_entries",
    "set_part",
    "start_consultation",
    "withdraw_recommendation",
    "write_note",
    "write_recommendation",
]
