"""Errors that were caught at a border and written into the log: a pass of the worker, one delivery of it."""

from __future__ import annotations

import logging

from editor.crashes.guard import Guard


class FromLog(logging.Handler):
    """Has the guard write a report of each error that comes with a line of the log."""

    def __init__(self, guard: Guard) -> None:
        super().__init__(logging.ERROR)
        self._guard = guard

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self._guard.note(record.exc_info[1])


def watch_the_log(guard: Guard) -> logging.Handler:
    """Reports of what Dateline itself logs with an error, from now on."""
    handler = FromLog(guard)
    logging.getLogger("dateline").addHandler(handler)
    return handler
