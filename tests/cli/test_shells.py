"""What `docs/shells.md` says: completion, and a man page."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from attain_engine.cli.application import COMMANDS
from tests.cli.conftest import Attain


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(attain: Attain, shell: str) -> None:
    done = attain(_ATTAIN_COMPLETE=f"{shell}_source")
    # click asks bash for its version, and says so where there is none.
    assert "_ATTAIN_COMPLETE" in done.out or shutil.which(shell) is None


def test_a_command_is_completed(attain: Attain) -> None:
    done = attain(_ATTAIN_COMPLETE="bash_complete", COMP_WORDS="attain ass", COMP_CWORD="1")
    assert done.out.split() == ["plain,assess"]


def test_the_man_page_has_every_command_and_option(attain: Attain) -> None:
    page = attain("man").out
    assert [name for name in COMMANDS if ".SS attain " + name.replace("-", "\\-") not in page] == []
    assert "\\-\\-minimize" in page
    if shutil.which("groff"):
        read = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww"], input=page, capture_output=True, text=True, check=True
        )
        assert read.stderr == ""
