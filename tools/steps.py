"""Steps with a name and a time, done only when something changed."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ON_TERMINAL = sys.stdout.isatty()

_CAUSES = {
    r"No space left on device|ENOSPC": "The disk is full. Free some space and try again.",
    r"name resolution|Could not resolve|dns error|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT"
    r"|NewConnectionError|ConnectTimeout|error sending request|client error \(Connect\)"
    r"|Network is unreachable|No matching distribution found|Connection refused": (
        "No network: the packages cannot be fetched. Connect, or set the proxy, and try again."
    ),
    r"NOT MATCH THE HASHES|Hash mismatch|EINTEGRITY": (
        "A package that was fetched is not the one that is locked. Try again; if it stays, do not trust the source."
    ),
}


class Failed(Exception):
    """What the person in front of the terminal has to know, in one line."""


def say(text: str = "", end: str = "\n") -> None:
    print(text, end=end, flush=True)  # noqa: T201 - this is what the command says


def asks_for_help(arguments: Sequence[str]) -> bool:
    return not {"-h", "--help"}.isdisjoint(arguments)


class Step:
    """A line with a name, which ends in how long it was waited for; on a terminal the seconds run."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.started = time.monotonic()
        say(f"  {name:<28}", end="")

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def tick(self) -> None:
        if ON_TERMINAL:
            say(f"\r  {self.name:<28} {self.seconds:6.1f} s", end="")

    def end(self, word: str = "") -> None:
        self.tick()
        say(f"  {word}" if ON_TERMINAL else f" {self.seconds:6.1f} s  {word}".rstrip())

    def run(self, command: Sequence[str | Path], environment: Mapping[str, str] | None) -> tuple[int, str]:
        """Runs a program quietly; gives its exit code and all that it said."""
        with tempfile.TemporaryFile(mode="w+", errors="replace") as said:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
            while process.poll() is None:
                self.tick()
                try:
                    process.wait(0.2)
                except subprocess.TimeoutExpired:
                    continue
            said.seek(0)
            return process.returncode, said.read().strip()


def do(name: str, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> str:
    """A step of setting up. Gives what the program said; raises Failed with the likely cause."""
    step = Step(name)
    code, said = step.run(command, environment)
    if code == 0:
        step.end()
        return said
    step.end("failed")
    for pattern, cause in _CAUSES.items():
        if re.search(pattern, said):
            raise Failed(cause)
    say(said[-4000:])
    raise Failed(f"{name} failed, see above.")


def fingerprint(*inputs: str | Path) -> str:
    """A hash of texts and of files; of a folder, all its files count."""
    digest = hashlib.sha256()
    for item in inputs:
        if isinstance(item, str):
            digest.update(item.encode() + b"\0")
            continue
        for path in sorted(item.rglob("*")) if item.is_dir() else [item]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


class Stamp:
    """A note, kept inside the thing it vouches for, of what the thing was made from."""

    def __init__(self, path: Path, *inputs: str | Path) -> None:
        self._path = path
        self._mark = fingerprint(*inputs)

    def holds(self) -> bool:
        return self._path.is_file() and self._path.read_text() == self._mark

    def set(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(self._mark)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two commands in one folder set it up one after the other."""
    with (ROOT / "dev").open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Another ./dev is setting up this folder; waiting for it.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def cause_of(error: OSError) -> str | None:
    """One line about an error of the machine, or None for one that only its traceback explains."""
    if error.errno == errno.ENOSPC:
        return "The disk is full. Free some space and try again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Cannot write {error.filename}: {error.strerror}."
    return None
