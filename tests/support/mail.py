"""A mail box that counts how often it was called."""

from typing import ClassVar

from django.core.mail.backends.locmem import EmailBackend


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
