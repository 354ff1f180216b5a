"""What happens to a challenge: one function for each thing that can be done."""

from challenges.actions.files import attach_file, detach_file
from challenges.actions.progress import challenge_is_answered, challenge_is_worked_on
from challenges.actions.steps import (
    accept_challenge,
    assign_challenge,
    close_challenge,
    return_challenge,
    submit_challenge,
    withdraw_challenge,
)
from challenges.actions.tags import tag_challenge
from challenges.actions.writing import begin_challenge, change_challenge

__all__ = [
    "accept_challenge",
    "assign_challenge",
    "attach_file",
    "begin_challenge",
    "challenge_is_answered",
    "challenge_is_worked_on",
    "change_challenge",
    "close_challenge",
    "detach_file",
    "return_challenge",
    "submit_challenge",
    "tag_challenge",
    "withdraw_challenge",
]
