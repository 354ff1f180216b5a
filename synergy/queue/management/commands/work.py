from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from synergy.queue.process import LEAVE
from synergy.queue.worker import Worker, work_off


class Command(BaseCommand):
    help = (
        "Does the work that the servers leave for later, such as mail, until it is stopped. "
        "For installations with WORKER=outside; any number may run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            self.stdout.write(f"Did {work_off()} tasks.")
            return
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            # In a thread: the handler may run while this one holds what `leave` needs.
            signal.signal(number, lambda *_: threading.Thread(target=worker.leave).start())
        worker.run()
        worker.stop(LEAVE)
