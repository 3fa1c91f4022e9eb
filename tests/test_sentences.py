"""Every problem that the program can raise has a sentence, and every sentence a problem."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from editor.ui.words import SENTENCES

ROOT = Path(__file__).resolve().parent.parent

# Codes that are put together at run time, with where.
MADE_ELSEWHERE = {
    "sync-bug": "editor/sync/plan.py, as a constant",
}


def codes() -> Iterator[tuple[str, str]]:
    """Every code in the sources, with its place."""
    for folder in ("editor", "db"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and (code := _code(node)):
                    yield code, f"{path.relative_to(ROOT)}:{node.lineno}"


def _code(call: ast.Call) -> str:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    values: list[ast.expr] = []
    if name in ("refuse", "warn", "problem", "_problem"):
        values = call.args[:1]
    elif name == "Problem":
        values = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    return next(
        (v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)), ""
    )


def test_every_problem_has_a_sentence() -> None:
    missing = {code: place for code, place in codes() if code not in SENTENCES}
    assert missing == {}


def test_every_sentence_belongs_to_a_problem() -> None:
    raised = {code for code, _ in codes()} | set(MADE_ELSEWHERE)
    mentioned = "".join(
        path.read_text("utf-8")
        for folder in ("editor", "db")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "words.py"
    )
    idle = {code for code in set(SENTENCES) - raised if f'"{code}"' not in mentioned}
    assert idle == set()


def test_every_sentence_is_one_sentence_that_ends() -> None:
    for code, text in SENTENCES.items():
        assert text == text.strip(), code
        assert re.search(r"[.!?}]$", text), code
