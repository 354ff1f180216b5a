"""Does tasks in the database of an installation, as the one who asks writes them, a line of JSON for a line.

One process for all of them: each start of Django takes more than a second.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module

import django


def main() -> None:
    django.setup()
    from django.db import connection, connections

    for line in sys.stdin:
        module, task, number = json.loads(line)
        answer = import_module(f"tests.support.{module}").TASKS[task](number)
        # The servers beneath come and go, and a connection that rests in a pool does not notice.
        connections.close_all()
        if connection.vendor == "postgresql":
            connection.close_pool()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
