from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editor.cli import main


class Ran:
    """What a command said and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def runs(*words: str) -> Ran:
        try:
            code = main(["--profile", str(tmp_path / "profile"), *words])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return runs


@pytest.fixture
def blog(run: Run) -> str:
    made = run("blog", "add", "--headline", "Flood in the delta", "--timezone", "Europe/Budapest")
    return made.lines[0]


@pytest.fixture
def entry_file(tmp_path: Path) -> Path:
    file = tmp_path / "entry.md"
    file.write_text(
        "---\nheadline: Water reaches the old bridge\ntime: 2026-11-22T14:32:00+01:00\n"
        "key_event: true\nlabels: [river]\n---\n\nThe gauge read **7.2 metres**. 水位 وصل الماء\n\n"
        "> We have three pumps and we need ten.\n>\n> — River engineer, city waterworks (by phone)\n\n"
        "https://social.example/@gauges/113456789012345678\n",
        "utf-8",
    )
    return file
