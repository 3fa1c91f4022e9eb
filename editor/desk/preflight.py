"""Preflight: what stands against sending an entry, and what its writer should know before."""

from __future__ import annotations

from msgspec.structs import replace

from editor.content.entry import Content
from editor.problems import Problem

LONGEST_HEADLINE = 300


def preflight(content: Content) -> tuple[Problem, ...]:
    """Every problem of an entry, in reading order. Errors refuse submitting and publishing; warnings are shown."""
    found = list(_facts(content))
    for number, block in enumerate(content.blocks):
        found += [
            replace(problem, field=f"body.{number}.{problem.field}".rstrip("."))
            for problem in block.problems()
        ]
    return tuple(found)


def _facts(content: Content) -> list[Problem]:
    found = []
    if content.is_empty():
        found.append(Problem(code="entry-empty", field="body"))
    if len(content.headline) > LONGEST_HEADLINE:
        found.append(
            Problem(code="headline-too-long", field="headline", detail={"limit": LONGEST_HEADLINE})
        )
    return found
