"""`./dev` says in one line what stands in the way."""

import ast
import os
import socket
import subprocess
import sys

import pytest

from synergy.conf import BASE_DIR
from tests.tour.pseudo import pseudo

pytestmark = pytest.mark.once

PROGRAM = BASE_DIR / "dev"


def dev(*words, **environment):
    """Exit code, and what was said on stderr."""
    result = subprocess.run(
        [sys.executable, PROGRAM, *words],
        env={**os.environ, **environment},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=30,
    )
    return result.returncode, result.stderr


def test_an_old_python_can_read_it_to_say_so():
    ast.parse(PROGRAM.read_text(), feature_version=(3, 6))


def test_without_a_command_it_lists_all():
    result = subprocess.run([sys.executable, PROGRAM], capture_output=True, text=True)

    assert result.returncode == 0
    assert "./dev run" in result.stdout
    assert "./dev test" in result.stdout


@pytest.mark.parametrize("command", ["run", "test", "lint", "build", "bench", "shell", "lock"])
def test_asked_for_help_a_command_does_nothing_else(command):
    result = subprocess.run([sys.executable, PROGRAM, command, "--help"], capture_output=True, text=True)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith(f"usage: ./dev {command}")
    assert "Python packages" not in result.stdout


def test_an_unknown_command_is_answered_with_those_there_are():
    code, said = dev("start")

    assert code == 1
    assert (
        said
        == "dev: There is no ./dev start. There are: run, test, lint, build, bench, tour, shell, manage, lock.\n"
    )


def test_a_busy_port_is_named_with_the_option():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, said = dev("run", "--port", str(port))

    assert code == 1
    assert said.startswith(f"dev: Port {port} is in use")
    assert said.endswith(f"./dev run --port {port + 1}\n")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "synergy.example"])
def test_the_demo_answers_on_this_machine_only(host):
    code, said = dev("run", "--host", host)

    assert code == 1
    assert said.startswith("dev: The demo lets anyone sign in, so it answers on this machine only.")
    assert said.count("\n") == 1


def test_a_wrong_setting_stops_it_before_anything_is_installed():
    code, said = dev("run", UPLOAD_LIMIT="10MB")

    assert (code, said) == (1, "dev: UPLOAD_LIMIT is '10MB': write a whole number above 0.\n")


def test_managing_stops_with_one_line_too():
    result = subprocess.run(
        [sys.executable, BASE_DIR / "manage.py", "check"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "synergy.settings",
            "DATABASE_URL": "mysql://a:geheim@b/c",
        },
        capture_output=True,
        text=True,
    )

    assert result.returncode == 1
    assert result.stderr == (
        "synergy: DATABASE_URL cannot be used: start with postgresql:// or postgres:// or sqlite://.\n"
    )


def test_missing_servers_are_named_with_the_command_that_installs_them(tmp_path):
    code, said = dev("test", PATH=str(tmp_path))

    assert code == 1
    assert said.startswith("dev: The tests need ")
    assert "As root on Debian: apt-get install -y --no-install-recommends " in said
    assert "redis-server" in said
    assert "chromium" in said
    assert said.count("\n") == 1


def test_bytecode_is_kept_even_where_none_is_wanted_beside_the_sources():
    """Without it each start of a server compiles a thousand modules."""
    ask = "import sys; print(sys.dont_write_bytecode, sys.pycache_prefix)"
    result = subprocess.run(
        [sys.executable, PROGRAM, "manage", "shell", "--no-imports", "-c", ask],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": ""},
        capture_output=True,
        text=True,
    )

    assert result.stdout.strip() == f"False {BASE_DIR / '.venv' / 'bytecode'}"


def test_the_pseudo_language_is_longer_and_keeps_what_is_filled_in():
    text = "%(number)s of {all} <b>rooms</b> are full.\n"
    longer = pseudo(text)
    for kept in ("%(number)s", "{all}", "<b>", "</b>"):
        assert kept in longer
    assert longer.startswith("⟦")
    assert longer.endswith("⟧\n")
    plain = "Whoever comes are the right people, and whatever happens is all that could have."
    assert 1.35 < len(pseudo(plain)) / len(plain) < 1.55
    assert max(len(word) for word in pseudo(plain).split()) < 16  # a line can break
