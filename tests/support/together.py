"""Two requests at once, of which the second looks before the first has committed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection, transaction


def second_of_two(act: Callable[[], object], wait: float = 0.5) -> object:
    """What the second of two calls gives, or the exception it raises."""
    done, heard = threading.Event(), []

    def first() -> None:
        with transaction.atomic():
            act()
            done.set()
            second.join(wait)
        connection.close()

    def later() -> None:
        done.wait(10)
        try:
            heard.append(act())
        except Exception as error:
            heard.append(error)
        connection.close()

    second, one = threading.Thread(target=later), threading.Thread(target=first)
    for thread in (second, one):
        thread.start()
    for thread in (second, one):
        thread.join(20)
    return heard[0]
