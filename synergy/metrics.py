"""What is counted while the process works, under the names that Prometheus reads at `/metrics/`.

How much there is at the moment (sockets, waiting tasks) is looked at when somebody asks:
`synergy.operations.gauges`.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry(auto_describe=True)

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

requests = Histogram(
    "synergy_http_request_seconds",
    "Time to answer a request, by page, method and kind of status (2xx).",
    ["page", "method", "status"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
commands = Counter(
    "synergy_commands",
    "Live commands, by name and what they were answered (done, or the code of the refusal).",
    ["command", "answer"],
    registry=REGISTRY,
)
command_seconds = Histogram(
    "synergy_command_seconds",
    "Time from taking a live command to its answer, with the waiting for its commit.",
    buckets=_SECONDS,
    registry=REGISTRY,
)
commit_commands = Histogram(
    "synergy_commit_commands",
    "How many live commands shared a commit.",
    buckets=(1, 2, 4, 8, 16, 32, 64),
    registry=REGISTRY,
)
events = Counter(
    "synergy_events", "Events written to the log, by kind of stream.", ["kind"], registry=REGISTRY
)
lagging = Counter(
    "synergy_lagging_readers", "Readers that were too slow and were sent to the log.", registry=REGISTRY
)
tasks = Counter(
    "synergy_tasks_done", "Tasks of the queue, by how they ended.", ["task", "ended"], registry=REGISTRY
)
