"""All that is fetched or built: Python packages into .venv, npm packages, the client's bundle."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from tools.steps import ROOT, Failed, Stamp, alone, do

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_NODE = 20
MEGABYTES = 700
_NAMES = {"requirements-node": "Node", "requirements-dev": "Python packages for tests"}


@cache
def uv() -> str | None:
    """The fast installer, where there is one that runs."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True).returncode == 0:
        return found
    return None


def keep_bytecode() -> None:
    """Where Python is told to leave no bytecode beside the sources, it goes to .venv: compiling all modules
    anew takes two thirds of a server's start."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(VENV / "bytecode")


def make_venv() -> None:
    # pip comes last: without it the making was interrupted.
    if PYTHON.exists() and any(VENV.glob("lib/python*/site-packages/pip")):
        return
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise Failed("Python's venv module is missing. On Debian: apt-get install python3-venv")
    _require_disk()
    do("Python environment", [sys.executable, "-m", "venv", "--clear", VENV])


def _require_disk() -> None:
    if shutil.disk_usage(ROOT).free < MEGABYTES * 1024 * 1024:
        raise Failed(f"Too little disk space: the packages need {MEGABYTES} MB in {ROOT}.")


def install_python(name: str) -> None:
    """Installs what `name`.txt locks, each package with its version and hash, into .venv."""
    make_venv()
    locked = ROOT / f"{name}.txt"
    stamp = Stamp(VENV / f"{name}.installed", locked)
    if stamp.holds():
        return
    _require_disk()
    if found := uv():
        program: list[str | Path] = [found, "pip", "install", "--python", PYTHON]
    else:
        program = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check"]
    do(_NAMES.get(name, "Python packages"), [*program, "--require-hashes", "--requirement", locked])
    stamp.set()


def install_everything() -> None:
    """What developing needs, which holds what running needs."""
    with alone():
        install_python("requirements-dev")
        Stamp(VENV / "requirements.installed", ROOT / "requirements.txt").set()
        install_client()
        build_client()


@cache
def node() -> Path:
    """The folder with `node` and `npm`: the machine's, or those that come as a Python package."""
    found = shutil.which("node")
    if found and shutil.which("npm") and _major_version(found) >= OLDEST_NODE:
        return Path(found).parent
    install_python("requirements-node")
    return VENV / "bin"


def _major_version(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)", said)
    return int(found[1]) if found else 0


def with_node() -> dict[str, str]:
    """The environment in which `node` and `npm` are found."""
    return {**os.environ, "PATH": f"{node()}{os.pathsep}{os.environ.get('PATH', '')}"}


def install_client() -> None:
    stamp = Stamp(ROOT / "node_modules" / ".installed", ROOT / "package-lock.json")
    if not stamp.holds():
        do("Client packages", ["npm", "ci", "--no-audit", "--no-fund"], with_node())
        stamp.set()


def build_client() -> None:
    """Bundles the client, if its source has changed."""
    sources = [ROOT / "static" / "src", ROOT / "build.mjs", ROOT / "package-lock.json"]
    stamp = Stamp(ROOT / "static" / "dist" / ".built", *sources)
    if stamp.holds():
        return
    install_client()
    do("Client bundle", ["node", "build.mjs"], with_node())
    stamp.set()


def manage(*words: str) -> list[str | Path]:
    return [PYTHON, ROOT / "manage.py", *words]
