"""The command of the README, for real: it serves, it says where, it ends what it started."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from apps._page import pages
from tests.serving import ROOT, serving

SCRIPT = ROOT / "panel_serve.sh"


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("served")) as served:
        yield served


def ask(*arguments, **environment):
    given = {"env": os.environ | environment} if environment else {}
    return subprocess.run([SCRIPT, *arguments], capture_output=True, text=True, **given)


def test_health_answers(served):
    status, body = served.get("/health")

    assert status in {200, 503}
    assert json.loads(body)["status"]


@pytest.mark.parametrize("page", pages, ids=lambda p: p.__name__.lower())
def test_every_page_answers_in_both_languages(served, page):
    for language in ("ko", "en"):
        status, body = served.get(f"{page.url}?lang={language}")

        assert status == 200
        assert f'lang="{language}"' in body.decode()


def test_says_where_to_look(served):
    for page in pages:
        assert f"http://localhost:{served.address.rpartition(':')[2]}{page.url}" in served.printed
    for path in ("/health", "/metrics"):
        assert path in served.printed
    assert "practice city plays all" in served.printed


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_ends_everything_it_started(tmp_path, name, code):
    with serving(tmp_path) as served:
        started = psutil.Process(served.process.pid).children(recursive=True)
        assert len(started) >= 2, "a practice city and a server"

        served.process.send_signal(getattr(signal, name))

        assert served.process.wait(60) == code
        assert not [p for p in started if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def test_a_real_key_keeps_the_practice_city_in_real_time(tmp_path):
    with serving(tmp_path, ITS_KEY="not-a-key-of-anybody") as served:
        assert "Real: ITS_KEY." in served.printed
        assert "not-a-key-of-anybody" not in served.printed


def test_a_port_in_use_is_an_error_and_leaves_nothing(served):
    told = ask("--port", served.address.rpartition(":")[2], CITY_PYTHON="python3")

    assert told.returncode not in {0, 130}


def test_a_practice_city_that_cannot_start_is_said_and_ends_all():
    told = ask(
        "--port", "0", "--address", "127.0.0.1", CITY_PYTHON=sys.executable, SIM_FAULTS="cctv:dance"
    )  # fmt: skip

    assert told.returncode == 1
    assert "'dance' is none of" in told.stderr and "does not answer" in told.stderr


def test_help_lists_every_verb():
    told = ask("--help")

    assert told.returncode == 0
    for verb in ("test", "pictures", "lock", "--port", "--address", "--allow-websocket-origin"):
        assert verb in told.stdout


def test_an_unknown_verb_is_an_error():
    told = ask("dance")

    assert told.returncode == 1
    assert "--help" in told.stderr


MADE = """mkdir -p .venv/bin
echo 'echo "$@" >>asked' >.venv/bin/python
chmod +x .venv/bin/python"""  # what a venv is to these tests: a python that writes down its orders


@pytest.fixture
def bare(tmp_path):
    """A machine with a shell and little else; a function that starts the city on it."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "dirname", "cmp", "rm", "cp", "cat", "mkdir", "chmod", "touch"):
        there = next(p for d in ("/bin", "/usr/bin") if (p := Path(d, tool)).exists())
        (tools / tool).symlink_to(there)
    for name in ("panel_serve.sh", "requirements.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())

    def start(**commands):
        for name, lines in commands.items():
            path = tools / name.replace("_", "-")
            path.write_text(f"#!/bin/sh\n{lines}\n")
            path.chmod(0o755)
        script = [tools / "sh", "panel_serve.sh"]
        return subprocess.run(
            script, cwd=tmp_path, env={"PATH": str(tools)}, capture_output=True, text=True
        )

    return start


def test_says_what_to_install_where_there_is_no_python(bare, tmp_path):
    told = bare(id="echo 1000", apt_get="exit 9")

    assert told.returncode == 1
    assert "apt-get install python3-venv" in told.stderr
    assert not (tmp_path / ".venv").exists()


def test_as_root_installs_venv_where_python_lacks_it(bare, tmp_path):
    """Debian's minimal python3: -m venv fails until python3-venv is there."""
    bare(
        id="echo 0",
        apt_get='echo "$@" >>installed',
        python3=f"[ -f installed ] || {{ mkdir .venv; exit 1; }}\n{MADE}",
    )

    assert (
        "install -y -qq --no-install-recommends python3-venv"
        in (tmp_path / "installed").read_text()
    )
    assert "--require-hashes -r requirements.txt" in (tmp_path / "asked").read_text()


def test_where_uv_fails_pip_takes_over(bare, tmp_path):
    bare(id="echo 1000", uv="touch tried; exit 2", python3=MADE)

    assert (tmp_path / "tried").exists()
    assert "--require-hashes -r requirements.txt" in (tmp_path / "asked").read_text()


def test_settings_are_read_and_never_run(tmp_path):
    """.env gives keys; a line of it is never a command, and the environment wins."""
    lines = ["# comment", "", "ITS_KEY='a b$(touch ran)'", "SIM_SEED=`touch ran`", "rm -r x=1"]
    (tmp_path / ".env").write_text(
        "\n".join([*lines, "SIM_SPEED=7\r", "lower=1", "DATA_GO_KR_KEY=x"])
    )
    script = SCRIPT.read_text("utf-8").partition("\ncase ${1:-} in")[0]
    (tmp_path / "panel_serve.sh").write_text(f"{script}\nsettings\nenv\n")

    told = subprocess.run(
        ["sh", "./panel_serve.sh"], cwd=tmp_path, capture_output=True, text=True,
        env={"PATH": os.environ["PATH"], "DATA_GO_KR_KEY": "mine"},
    )  # fmt: skip

    read = dict(line.split("=", 1) for line in told.stdout.splitlines())
    assert read["ITS_KEY"] == "a b$(touch ran)"
    assert read["SIM_SEED"] == "`touch ran`"
    assert read["SIM_SPEED"] == "7"
    assert read["DATA_GO_KR_KEY"] == "mine"
    assert "lower" not in read
    assert not (tmp_path / "ran").exists()
