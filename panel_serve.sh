#!/bin/sh
# Digital Mayor's Office: makes its own environment, starts the city, ends what it started.
set -eu
cd "$(dirname "$0")"

# A portal whose variable is not set is played by the practice city (data/_portals.py).
KEYS="SEOUL_OPENAPI_KEY SEOUL_CITYDATA_KEY SEOUL_SUBWAY_KEY DATA_GO_KR_KEY ITS_KEY SAFETYDATA_KEY \
SEOUL_BUS_KEY SEOUL_MAP_KEY HRFCO_KEY YNA_URL MEDIAHUB_URL CITY_DROP_URL"

python=${CITY_PYTHON:-.venv/bin/python}
started=""

usage() {
    cat <<'END'
./panel_serve.sh [OPTION …]       serve the wall, the citizens' page and the kiosks
./panel_serve.sh backfill [7d]    fill the past from the practice city; then a start has one
./panel_serve.sh test [ARG …]     run every test, the browser's too; ARGs go to pytest
./panel_serve.sh pictures         take the pictures of the README from the running app
./panel_serve.sh lock             write requirements*.txt anew from pyproject.toml (needs uv)
./panel_serve.sh --help           this

Options when serving (and any other of python -m apps):
  --port 5006                           where to listen; 0 is any free port
  --address 127.0.0.1                   on which address
  --allow-websocket-origin HOST:PORT    a name viewers may use for this server; can be repeated

Settings come from the environment, then from .env (see .env.example): keys of the portals,
SIM_SEED, SIM_START, SIM_SPEED and SIM_FAULTS of the practice city. CITY_PYTHON=python uses
the Python of an environment you made yourself (conda, environment.yml) instead of .venv.
END
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# --- the environment: .venv with exactly what a lock file names ------------------------------

environment() {
    [ -z "${CITY_PYTHON:-}" ] || return 0
    ! cmp -s "$1" ".venv/$1" || return 0
    echo "Setting up .venv from $1 (once) …"
    with_uv "$1" || with_pip "$1"
    # This folder on the path, as an editable install would put it; notebooks need that.
    echo ../../../.. >"$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/city.pth"
    cp requirements.txt .venv/
    [ "$1" = requirements.txt ] || cp "$1" .venv/
}

with_uv() {
    command -v uv >/dev/null || return 1
    export UV_SYSTEM_CERTS=true UV_NATIVE_TLS=true # trust whom this machine trusts (new, old uv)
    usable || { rm -rf .venv && uv venv --quiet --python '>=3.11' .venv; } || return 1
    uv pip install --quiet --compile-bytecode --python "$python" --require-hashes -r "$1"
}

with_pip() {
    { usable && "$python" -m pip --version >/dev/null 2>&1; } || venv
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
}

usable() {
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

venv() {
    rm -rf .venv
    for made_by in python3 python3.14 python3.13 python3.12 python3.11; do
        "$made_by" -m venv .venv >/dev/null 2>&1 && usable && return
        rm -rf .venv
    done
    packages python3-venv && python3 -m venv .venv && usable && return
    fail "Python 3.11 or newer with venv is needed. Install it with: apt-get install python3-venv" \
        "(or install uv, https://docs.astral.sh/uv, which brings its own Python)."
}

packages() { # as root on Debian or Ubuntu only
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    echo "Installing $* …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

browser() {
    missing=""
    command -v chromium >/dev/null || missing=" chromium"
    fc-list :lang=ko 2>/dev/null | grep -q . || missing="$missing fontconfig fonts-noto-cjk"
    # shellcheck disable=SC2086  # a list of words
    [ -z "$missing" ] || packages $missing ||
        fail "The browser tests need Debian's$missing. Install them with: sudo apt-get install$missing"
}

# --- the city --------------------------------------------------------------------------------

settings() { # .env: NAME=value lines, read and never run; the environment wins
    [ -f .env ] || return 0
    while IFS= read -r line || [ -n "$line" ]; do
        name=${line%%=*}
        case $line in [A-Z]*=*) ;; *) continue ;; esac
        case $name in *[!A-Z0-9_]*) continue ;; esac
        value=$(printf '%s' "${line#*=}" | tr -d '\r' | sed 's/^\(["'\'']\)\(.*\)\1$/\2/')
        printenv "$name" >/dev/null || export "$name=$value"
    done <.env
}

practice_city() {
    [ -z "${PRACTICE_CITY:-}" ] || return 0 # one is running already
    real="" played=""
    for name in $KEYS; do
        if [ -n "$(printenv "$name")" ]; then real="$real $name"; else played="$played $name"; fi
    done
    [ -n "$played" ] || return 0
    if [ -n "$real" ]; then # beside real feeds it keeps real time
        export SIM_START=now SIM_SPEED=1
        echo "Real:$real. The practice city plays the rest."
    else
        echo "No keys of the portals are set: the practice city plays all of them."
    fi
    door=$(mktemp -d)
    mkfifo "$door/line"
    "$python" -u -m data.sim --port 0 >"$door/line" &
    started="$!"
    exec 3<"$door/line"
    rm -r "$door"
    read -r line <&3 || fail "The practice city did not start."
    export PRACTICE_CITY="http${line##*http}"
}

stop() {
    trap 'kill -KILL $started 2>/dev/null' INT TERM HUP # asked twice: at once
    # shellcheck disable=SC2086  # a list of process ids
    [ -z "$started" ] || { kill $started 2>/dev/null; wait $started; } || :
}

serve() {
    environment requirements.txt
    settings
    trap stop EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'exit 129' HUP
    practice_city
    "$python" -m apps "$@" &
    app=$!
    started="$app $started"
    wait "$app"
}

lock() {
    command -v uv >/dev/null || fail "uv writes the lock files: https://docs.astral.sh/uv"
    set -- uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-emit-index-url --custom-compile-command "./panel_serve.sh lock" \
        pyproject.toml
    "$@" --output-file requirements.txt
    "$@" --extra test --constraint requirements.txt --output-file requirements-test.txt
}

case ${1:-} in
-h | --help | help) usage ;;
lock) lock ;;
test)
    shift
    environment requirements-test.txt
    browser
    exec "$python" -m pytest "$@"
    ;;
backfill)
    shift
    environment requirements.txt
    settings
    exec "$python" -m data.sim._backfill "$@"
    ;;
pictures)
    environment requirements-test.txt
    browser
    exec "$python" -m tests.pictures
    ;;
"" | -*) serve "$@" ;;
*) fail "No verb $1. ./panel_serve.sh --help lists them." ;;
esac
