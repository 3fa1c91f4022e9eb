"""The command line's grammar as values, so that the manual page and the completion never tell of another one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from editor.cli.parser import build_parser


@dataclass(frozen=True)
class Option:
    """An option or an argument. ``names`` is empty for an argument."""

    names: tuple[str, ...]
    value: str
    choices: tuple[str, ...]
    help: str


@dataclass(frozen=True)
class Command:
    """A command by its words, such as ``("entry", "add")``; the program itself has none."""

    words: tuple[str, ...]
    help: str
    options: tuple[Option, ...]
    names: tuple[str, ...]
    """Of the commands below it."""


def all_commands() -> list[Command]:
    """The program, its groups and its commands, in the order in which help lists them."""
    return list(_walk(build_parser(), (), ""))


def _walk(parser: argparse.ArgumentParser, words: tuple[str, ...], help: str) -> Iterator[Command]:
    below: dict[str, tuple[argparse.ArgumentParser, str]] = {}
    options = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {each.dest: each.help or "" for each in action._choices_actions}
            below = {name: (one, told.get(name, "")) for name, one in action.choices.items()}
        elif action.dest != "help":
            options.append(_option(action))
    yield Command(words, help, tuple(options), tuple(below))
    for name, (one, told_of_it) in below.items():
        yield from _walk(one, (*words, name), told_of_it)


def _option(action: argparse.Action) -> Option:
    choices = tuple(str(choice) for choice in action.choices or ())
    value = ""
    if action.nargs != 0:
        metavar = action.metavar if isinstance(action.metavar, str) else None
        value = metavar or ("|".join(choices) if choices else action.dest.upper())
        if not action.option_strings:
            value = {"+": f"{value}...", "?": f"[{value}]"}.get(str(action.nargs), value)
    return Option(tuple(action.option_strings), value, choices, action.help or "")
