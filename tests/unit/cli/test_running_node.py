"""Where a command sends the token: to the node of this user that runs on the data folder, and to nobody else."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from atesto.cli.running_node import RunningNode

if TYPE_CHECKING:
    from pathlib import Path

NODE = RunningNode("http://127.0.0.1:8080", None, os.getpid(), ("key-1", "key-2"))


def test_it_is_written_for_this_user_alone_and_found_again(tmp_path: Path) -> None:
    assert RunningNode.find(tmp_path) is None
    NODE.announce(tmp_path)
    assert stat.S_IMODE((tmp_path / "running.json").stat().st_mode) == 0o600
    assert RunningNode.find(tmp_path) == NODE
    RunningNode.withdraw(tmp_path)
    RunningNode.withdraw(tmp_path)
    assert RunningNode.find(tmp_path) is None


def test_a_link_in_its_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("precious", encoding="utf-8")
    (tmp_path / "running.json").symlink_to(target)
    assert RunningNode.find(tmp_path) is None
    NODE.announce(tmp_path)
    assert target.read_text(encoding="utf-8") == "precious"
    assert RunningNode.find(tmp_path) == NODE


def test_an_announcement_without_keys_is_one_of_an_older_node(tmp_path: Path) -> None:
    NODE.announce(tmp_path)
    said = json.loads((tmp_path / "running.json").read_bytes())
    del said["keys"]
    (tmp_path / "running.json").write_text(json.dumps(said), encoding="utf-8")
    assert RunningNode.find(tmp_path) == RunningNode(NODE.url, None, os.getpid())


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o602])
def test_a_file_that_others_can_reach_is_not_believed(tmp_path: Path, mode: int) -> None:
    NODE.announce(tmp_path)
    (tmp_path / "running.json").chmod(mode)
    assert RunningNode.find(tmp_path) is None


def test_a_node_that_has_ended_is_not_found(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    RunningNode(NODE.url, None, ended.pid).announce(tmp_path)
    assert RunningNode.find(tmp_path) is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"url": "x"}', '{"url": "http://x", "certificate": null, "pid": "y"}'])
def test_what_is_no_announcement_is_not_believed(tmp_path: Path, content: str) -> None:
    (tmp_path / "running.json").write_text(content, encoding="utf-8")
    (tmp_path / "running.json").chmod(0o600)
    assert RunningNode.find(tmp_path) is None


def test_another_user_s_process_is_not_our_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    NODE.announce(tmp_path)

    def foreign(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", foreign)
    assert RunningNode.find(tmp_path) is None
    assert json.loads((tmp_path / "running.json").read_bytes())["url"] == NODE.url
