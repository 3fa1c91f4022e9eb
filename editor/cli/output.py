"""What a command prints: lines for people, or one JSON document and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec


class Output:
    """Standard output in the form that was asked for, and one sentence a problem on standard error."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def result(self, document: Any, lines: Iterable[str]) -> None:
        """Prints the document as JSON, or the lines."""
        if self.as_json:
            data = msgspec.json.format(msgspec.json.encode(document), indent=2)
            sys.stdout.write(data.decode() + "\n")
        else:
            for line in lines:
                print(line)
        sys.stdout.flush()

    def text(self, text: str) -> None:
        """Prints text as it is."""
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()

    def problem(self, *sentences: str) -> None:
        """Tells what went wrong."""
        for line in sentences:
            print(f"dateline: {line}", file=sys.stderr)


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines with their columns aligned, the last one ragged."""
    if not rows:
        return []
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
