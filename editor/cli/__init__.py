"""The command line: the same desk, store and engine as the window, for scripts, support and tests.

Exit codes: 0 done; 1 a problem, told in one sentence on standard error; 2 wrong usage; 3 (sync) some deliveries still
wait; 4 (sync) something was refused or is in conflict.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

from editor.cli.output import Output
from editor.cli.parser import build_parser
from editor.newsroom import Newsroom
from editor.paths import profile
from editor.problems import Refused, Unavailable
from editor.ui.messages import sentence

log = logging.getLogger("dateline")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command, or the window when there is none; returns the exit code."""
    arguments = build_parser().parse_args(argv)
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
        out.problem(*(sentence(problem) for problem in refused.problems))
        return 1
    except Unavailable as unavailable:
        out.problem(sentence(unavailable.problem))
        return 1
    except BrokenPipeError:
        # Whoever read our output has left; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception:
        log.exception("the command failed")
        out.problem(f"Dateline has a bug here. What happened is in {chosen.log}.")
        return 1
