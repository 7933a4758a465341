# Sourced by the scripts beside it: finds Python, makes the virtual environments, says what is missing in one sentence.
# Written for bash 3.2 (macOS) and for a machine that has nothing but Python.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"

say() { printf '%s\n' "$*" >&2; }

fail() {
  say ""
  say "atesto: $*"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# Installs Debian packages when that needs no question; else says the one command and returns 1.
apt_install() {
  if ! have apt-get; then
    return 1
  fi
  if [ "$(id -u)" != 0 ]; then
    say "Missing: $*. This installs it:"
    say ""
    say "    sudo apt-get install -y $*"
    say ""
    return 1
  fi
  say "Installing $* (apt-get install -y $*) ..."
  apt-get update -qq </dev/null >/dev/null 2>&1 || say "apt-get update failed; trying with the package lists at hand."
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" </dev/null >/dev/null 2>&1 || {
    say "apt-get install -y $* failed."
    return 1
  }
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# Sets `python` to a Python of at least 3.11. ATESTO_PYTHON names one by hand.
find_python() {
  local candidate
  python=""
  for candidate in ${ATESTO_PYTHON:+"$ATESTO_PYTHON"} python3.13 python3.12 python3.11 python3; do
    if have "$candidate" && is_new_enough "$candidate"; then
      python="$candidate"
      return 0
    fi
  done
  return 1
}

require_python() {
  if ! find_python && ! { apt_install python3 python3-venv && find_python; }; then
    fail "Python 3.11 or newer is needed and was not found." \
      "Debian 12, Ubuntu 24.04 or newer: apt-get install -y python3 python3-venv. macOS: brew install python@3.13." \
      "Elsewhere name one: ATESTO_PYTHON=/path/to/python3.12 $0"
  fi
  # Debian ships the venv module without what it needs; it comes in a package of its own.
  if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    local version
    version="$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
    if ! apt_install "python$version-venv" || ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
      fail "Python's venv module is incomplete on this machine. Install it (Debian, Ubuntu: apt-get install -y python$version-venv) and start again."
    fi
  fi
}

# What an environment was made from: a change of any of it makes a new one.
stamp_of() {
  printf '%s\n' "$root"
  cat "$root/scripts/environment.sh" "$root/requirements/$1.txt"
}

is_current() {
  [ -f "$2/atesto-stamp" ] && stamp_of "$1" | cmp -s - "$2/atesto-stamp" && "$2/bin/python" -c '' >/dev/null 2>&1
}

# use_environment NAME FOLDER: FOLDER becomes a virtual environment with exactly requirements/NAME.txt and this checkout; sets `venv`.
# The stamp is written last: an environment without it was interrupted and is made anew.
use_environment() {
  venv="$root/$2"
  if is_current "$1" "$venv"; then
    return 0
  fi
  require_python
  say "Making $2 with $("$python" --version 2>&1) ..."
  rm -rf "$venv"
  "$python" -m venv "$venv" || fail "The virtual environment $2 could not be made."
  say "Installing $(grep -c '==' "$root/requirements/$1.txt") pinned packages from requirements/$1.txt (a minute or two the first time) ..."
  # Wheels only: no code of a package runs while it is being installed.
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes --only-binary :all: \
    -r "$root/requirements/$1.txt" </dev/null >&2 || fail "The packages of requirements/$1.txt could not be installed; pip's words stand above."
  "$venv/bin/python" - "$root" "$venv" <<'PYTHON' || fail "The checkout could not be linked into $2."
import pathlib
import sys
import sysconfig

root, venv = sys.argv[1:]
pathlib.Path(sysconfig.get_path("purelib"), "atesto-checkout.pth").write_text(f"{root}/src\n", encoding="utf-8")
command = pathlib.Path(venv, "bin", "atesto")
# A first line for the shell, since the path may be long or hold spaces; the guard is for worker processes, which read this file again.
command.write_text(
    f"""#!/bin/sh
'''exec' "{venv}/bin/python" "$0" "$@"
' '''
import sys

from atesto.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
""",
    encoding="utf-8",
)
command.chmod(0o755)
PYTHON
  stamp_of "$1" >"$venv/atesto-stamp"
}
