"""Runs one command: opens the profile, does it, and turns whatever goes wrong into one sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from editor.cli.output import Output
from editor.cli.parser import build_parser
from editor.newsroom import Newsroom
from editor.paths import profile
from editor.problems import Refused, Unavailable
from editor.ui.messages import sentence_with_place


def run_command(words: Sequence[str]) -> int:
    """Runs a command line's words and returns the exit code. Raises ``SystemExit`` (2) for words it does not know."""
    arguments = build_parser().parse_args(words)
    chosen = profile(arguments.profile)
    if arguments.run is None:
        from editor.app import run_window

        return run_window(chosen)
    out = Output(as_json=arguments.json)
    try:
        if arguments.without_store:
            return int(arguments.run(chosen, arguments, out) or 0)
        with Newsroom(chosen) as newsroom:
            return int(arguments.run(newsroom, arguments, out) or 0)
    except Refused as refused:
        out.problem(*(sentence_with_place(problem) for problem in refused.problems))
        return 1
    except Unavailable as unavailable:
        out.problem(sentence_with_place(unavailable.problem))
        return 1
    except BrokenPipeError:
        # Whoever read our output has left; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as bug:
        from editor.clock import SystemClock
        from editor.crashes.guard import Guard
        from editor.log import start_log

        start_log(chosen.log)
        Guard(chosen.crashes, SystemClock().now).note(bug)
        out.problem(f"Dateline has a bug here. A report of it is in {chosen.crashes}.")
        return 1
