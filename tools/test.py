"""`./dev test`: the checks, then every test, on each stack that it says something about, and in a browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tools.checks import clean_environment, run_checks
from tools.environment import PYTHON, install_everything
from tools.steps import ON_TERMINAL, ROOT, Failed, asks_for_help, do, say

NEEDED: Mapping[str, Callable[[], object]] = {
    "redis-server": lambda: shutil.which("redis-server"),
    "postgresql": lambda: shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
    "chromium-headless-shell": lambda: shutil.which("chromium-headless-shell"),
    "fonts-noto-color-emoji": lambda: any(Path("/usr/share/fonts").rglob("NotoColorEmoji*")),
    "gettext": lambda: shutil.which("msgfmt"),
}
NOTHING_COLLECTED = 5
# Real processes and browsers share the machine with other tests. A few that fail are run once more by
# themselves; both results are shown, and the second one counts.
ONCE_MORE = 5
BY_ITSELF = ["--last-failed", "--last-failed-no-failures=none", "-n", "0"]
HELP = """usage: ./dev test [OPTIONS] [PATHS]

Checks and tests everything, on every stack and in a real browser. Options and paths go to pytest:
  ./dev test -k room             tests with "room" in their name
  ./dev test tests/rooms -x      one folder, until the first failure
All options: .venv/bin/python -m pytest --help"""


def test(options: Sequence[str]) -> None:
    if asks_for_help(options):
        say(HELP)
        return
    started = time.monotonic()
    say("Checks")
    _install_servers()
    install_everything()
    failed = run_checks()
    closing_lines = []
    selected = False
    for name, command, extra in [*_python_runs(options), _client_run()]:
        say(f"\n{name}")
        code, closing = _follow(command, {**clean_environment(), **extra})
        if 1 <= _failures(closing) <= ONCE_MORE and "pytest" in command:
            say(f"\n{name}: what failed, by itself")
            code, again = _follow([*command, *BY_ITSELF], {**clean_environment(), **extra})
            closing = f"{closing}; by itself: {again}"
        closing_lines.append(f"{name:<24} ===== {closing} =====")
        # With options, one run may have nothing to do, but not all of them.
        if code and not (code == NOTHING_COLLECTED and options):
            failed.append(name)
        selected = selected or (code != NOTHING_COLLECTED and "pytest" in command)
    if not selected:
        failed.append("no test was selected")
    verdict = f"FAILED: {', '.join(failed)}" if failed else "All passed"
    say(f"\n{verdict} after {time.monotonic() - started:.0f} s")
    say("\n".join(closing_lines))
    sys.exit(1 if failed else 0)


def _install_servers() -> None:
    """What the tests need of the machine: installs it, or says what to install."""
    missing = [name for name, is_there in NEEDED.items() if not is_there()]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Failed(f"The tests need {', '.join(missing)}. As root on Debian: {' '.join(command)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    do("List of Debian packages", ["apt-get", "update"], environment)
    do(f"apt: {' '.join(missing)}", command, environment)


Run = tuple[str, list[str | Path], dict[str, str]]


def _python_runs(options: Sequence[str]) -> list[Run]:
    """Name, command and environment of each run of pytest. Paths among the options choose the runs."""
    paths = [word for word in options if (ROOT / word.split("::")[0]).is_relative_to(ROOT / "tests")]
    rest = [word for word in options if word not in paths]
    color = ["--color=yes"] if ON_TERMINAL else []
    # One worker more than two cores: browsers, real servers and commits also wait.
    pytest: list[str | Path] = [PYTHON, "-m", "pytest", "-q", "-n", "3", "--dist", "loadgroup", *color, *rest]
    browser = [path for path in paths if path.startswith("tests/browser")]
    faults = [path for path in paths if path.startswith("tests/faults")]
    plain = [path for path in paths if path not in browser + faults]
    runs: list[Run] = []
    if plain or not paths:
        runs.append(("SQLite, one process", [*pytest, *plain], {}))
        runs.append(("PostgreSQL and Redis", [*pytest, *plain], {"SYNERGY_TEST_STACK": "large"}))
    if browser or not paths:
        # The migrations have made the tables of the tests before; here they are made from the models at once.
        runs.append(
            ("Chromium", [*pytest, *(browser or ["tests/browser"])], {"SYNERGY_TEST_TABLES": "models"})
        )
    if faults or not paths:
        runs.append(("Faults", [*pytest, *(faults or ["tests/faults"])], {}))
    return runs


def _client_run() -> Run:
    return "Client", ["npm", "run", "--silent", "test"], {}


def _follow(command: Sequence[str | Path], environment: Mapping[str, str]) -> tuple[int, str]:
    """Runs tests in full view; gives the exit code and the closing line."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    closing = "ended without a summary"
    counts: dict[str, float] = {}
    for line in process.stdout:
        say(line, end="")
        plain = re.sub(r"\x1b\[[0-9;]*m", "", line).strip("= \n")
        if re.match(r"(\d+ \w+|no tests ran).* in [\d.]+s", plain):
            closing = plain
        elif found := re.match(r"ℹ (pass|fail|duration_ms) ([\d.]+)$", plain):
            counts[found[1]] = float(found[2])
    return process.wait(), _as_pytest_would(counts) if counts else closing


def _failures(closing: str) -> int:
    """How many tests failed or had errors, as pytest's closing line says."""
    return sum(int(count) for count in re.findall(r"(\d+) (?:failed|error)", closing))


def _as_pytest_would(counts: Mapping[str, float]) -> str:
    failed = f"{counts['fail']:.0f} failed, " if counts["fail"] else ""
    return f"{failed}{counts['pass']:.0f} passed in {counts['duration_ms'] / 1000:.2f}s"
