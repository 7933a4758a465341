"""scripts/environment.sh on machines that lack something: one clear sentence, or a repair, and never half an environment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "scripts"
REAL_TOOLS = ("bash", "dirname", "cat", "cmp", "grep", "rm", "mkdir")


class Machine:
    """A PATH with nothing on it but what a test puts there."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.root = folder / "check out"
        (self.root / "scripts").mkdir(parents=True)
        (self.root / "requirements").mkdir()
        (self.root / "src").mkdir()
        (self.root / "requirements" / "run.txt").write_text("")
        (self.root / "scripts" / "environment.sh").write_text((SCRIPTS / "environment.sh").read_text())
        self.bin.mkdir()
        for tool in REAL_TOOLS:
            self.command(tool, f'exec {self._where(tool)} "$@"')
        self.command("id", "echo 1000")

    @staticmethod
    def _where(tool: str) -> str:
        return subprocess.check_output(["/bin/sh", "-c", f"command -v {tool}"], text=True).strip()

    def command(self, name: str, body: str) -> None:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    def python(self, name: str, *, lacks: str = "") -> None:
        refuse = f'case "$*" in *"{lacks}"*) exit 1;; esac\n' if lacks else ""
        self.command(name, f'{refuse}exec "{sys.executable}" "$@"')

    def run(self, script: str) -> tuple[int, str]:
        whole = f'set -euo pipefail\n. "{self.root}/scripts/environment.sh"\n{script}'
        done = subprocess.run(
            ["/bin/bash", "-c", whole], env={"PATH": str(self.bin)}, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_no_python(machine: Machine) -> None:
    code, output = machine.run("require_python")
    assert code == 1
    assert "Python 3.11 or newer is needed and was not found." in output
    assert "apt-get install -y python3 python3-venv" in output


def test_a_python_that_is_too_old_or_broken_is_passed_over(machine: Machine) -> None:
    machine.python("python3", lacks="version_info")
    machine.command("python3.12", "exit 127")
    assert machine.run("require_python")[0] == 1
    machine.python("python3.11")
    code, output = machine.run('require_python; echo "found $python"')
    assert (code, output) == (0, "found python3.11\n")


def test_a_python_named_by_hand_comes_first(machine: Machine) -> None:
    machine.python("python3")
    machine.python("mine")
    assert machine.run('ATESTO_PYTHON=mine; require_python; echo "found $python"') == (0, "found mine\n")


def test_without_the_venv_package_the_one_command_is_printed(machine: Machine) -> None:
    machine.python("python3", lacks="ensurepip")
    machine.command("apt-get", "exit 9")
    code, output = machine.run("require_python")
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert code == 1
    assert f"    sudo apt-get install -y python{version}-venv\n" in output


def test_as_root_the_venv_package_is_installed(machine: Machine) -> None:
    machine.python("python3", lacks="ensurepip")
    machine.command("id", "echo 0")
    machine.python("repaired")
    machine.command("apt-get", f'case "$*" in *install*-venv) cat "{machine.bin}/repaired" > "{machine.bin}/python3";; esac')
    code, output = machine.run("require_python; echo ready")
    assert code == 0, output
    assert "ready\n" in output


@pytest.mark.slow
def test_an_environment_is_made_once_and_a_half_made_one_again(machine: Machine) -> None:
    machine.python("python3")
    # No package is wanted, so pip is asked for nothing that needs a network.
    code, output = machine.run('use_environment run .venv; "$venv/bin/python" -c "import sys; print(sys.path[-1])"')
    assert code == 0, output
    assert "Making .venv" in output
    assert str(machine.root / "src") in output
    code, output = machine.run("use_environment run .venv; echo ready")
    assert (code, output) == (0, "ready\n")
    (machine.root / ".venv" / "atesto-stamp").unlink()
    code, output = machine.run("use_environment run .venv")
    assert "Making .venv" in output
    (machine.root / "requirements" / "run.txt").write_text("# another list\n")
    code, output = machine.run("use_environment run .venv")
    assert code == 0, output
    assert "Making .venv" in output
