"""A mail box that counts how often it was called, and the queue that fills it."""

from typing import ClassVar

import time_machine
from django.core.mail.backends.locmem import EmailBackend

from synergy.queue.worker import work_off
from tests.factories import NOON


class Counted(EmailBackend):
    opened: ClassVar[list[object]] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._is_open = False

    def open(self):
        if not self._is_open:
            self.opened.append(self)
            self._is_open = True
        return True

    def send_messages(self, messages):
        self.open()
        return super().send_messages(messages)

    def close(self):
        self._is_open = False


def post_goes_out(at=NOON):
    """Does what the queue holds, as at that moment. How many tasks that were."""
    with time_machine.travel(at, tick=False):
        return work_off()
