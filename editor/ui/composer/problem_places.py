"""Where a problem is on the screen: its block and field, the headline, or a field of the drawer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from editor.content.blocks.text import Text
from editor.problems import Problem
from editor.ui.blocks.base import BlockWidget

if TYPE_CHECKING:
    from editor.ui.composer.column import Column


def number_of(problem: Problem) -> int | None:
    """Which block of the content it is about; None for one that is about the entry."""
    first, _, rest = problem.field.partition(".")
    number = rest.partition(".")[0]
    return int(number) if first == "body" and number.isdecimal() else None


def part_of(problem: Problem) -> str:
    """The field's own name, within its block or of the entry."""
    return problem.field.split(".", 2)[-1] if number_of(problem) is not None else problem.field


def counted(column: Column) -> list[BlockWidget]:
    """The widgets whose values are the content's blocks, in their order: a place to write is none."""
    found = []
    for widget in column.blocks:
        value = widget.value()
        if value is not None and not (isinstance(value, Text) and not value.text.strip()):
            found.append(widget)
    return found


def block_of(column: Column, problem: Problem) -> BlockWidget | None:
    """The block that a problem is about."""
    number, blocks = number_of(problem), counted(column)
    return blocks[number] if number is not None and number < len(blocks) else None


def show_problems(column: Column, problems: Sequence[Problem]) -> None:
    """Shows each problem at its block."""
    at: dict[int, list[Problem]] = {}
    for problem in problems:
        number = number_of(problem)
        if number is not None:
            at.setdefault(number, []).append(problem)
    numbers = {widget: number for number, widget in enumerate(counted(column))}
    for widget in column.blocks:
        widget.show_problems(at.get(numbers.get(widget, -1), []))
