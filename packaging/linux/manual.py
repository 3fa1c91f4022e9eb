"""The manual page, made from the command line's own grammar."""

from __future__ import annotations

from datetime import UTC, datetime

from linux.commands import Command, Option, all_commands
from product import NAME, TITLE, epoch, version

HEAD = """\
.TH {upper} 1 "{day}" "{title} {version}" "User Commands"
.SH NAME
{name} \\- compose live blogs offline and publish them
.SH SYNOPSIS
.B {name}
[\\fB\\-\\-profile\\fR \\fIDIR\\fR] [\\fB\\-\\-json\\fR] [\\fICOMMAND\\fR ...]
.SH DESCRIPTION
Without a command,
.B {name}
opens its window. Entries are written without a network; everything is kept as it is typed, and nothing leaves the
machine that was not released. The commands do the same as the window, and may run while it is open.
.SH OPTIONS
"""

TAIL = """\
.SH EXIT STATUS
.TP
0
Done.
.TP
1
A problem, told in one sentence on standard error.
.TP
2
Wrong usage.
.TP
3
After
.BR sync :
some deliveries still wait.
.TP
4
After
.BR sync :
something was refused or is in conflict.
.SH ENVIRONMENT
.TP
.B DATELINE_PROFILE
The profile's folder, where
.B \\-\\-profile
does not name it.
.SH FILES
.TP
.I ~/.local/share/dateline
The profile: everything that was written, photos, the pages, and copies of the store. It stays when the program is removed.
.TP
.I /usr/lib/dateline/licences
Whose work is in the program, and on what terms.
.SH EXAMPLES
Make the sample live blog and publish it:
.PP
.nf
    dateline sample
    dateline sync
.fi
"""


def manual() -> str:
    """The page, in the language of man(7)."""
    day = datetime.fromtimestamp(epoch(), UTC).date().isoformat()
    names = {"name": NAME, "upper": NAME.upper(), "title": TITLE, "version": version(), "day": day}
    program, *commands = all_commands()
    parts = [HEAD.format(**names), *(_option(option) for option in program.options)]
    parts.append(".SH COMMANDS\n")
    for command in commands:
        if not command.names:
            parts.append(_command(command))
    return "".join(parts) + TAIL


def _command(command: Command) -> str:
    words = " ".join(_plain(word) for word in command.words)
    arguments = "".join(f" \\fI{_plain(o.value)}\\fR" for o in command.options if not o.names)
    lines = [f".TP\n.B {words}\\fR{arguments}\n{_sentence(command.help)}\n"]
    own = [option for option in command.options if option.names and not _is_common(option)]
    if own:
        lines += [".RS\n", *(_option(option) for option in own), ".RE\n"]
    return "".join(lines)


def _option(option: Option) -> str:
    names = ", ".join(f"\\fB{_plain(name)}\\fR" for name in option.names)
    value = f" \\fI{_plain(option.value)}\\fR" if option.value else ""
    return f".TP\n{names}{value}\n{_sentence(option.help)}\n"


def _is_common(option: Option) -> bool:
    """Whether every command takes it; the page tells of these once."""
    return option.names in (("--profile",), ("--json",))


def _plain(text: str) -> str:
    """A text with nothing in it that man(7) would take for its own."""
    return text.replace("\\", "\\e").replace("-", "\\-")


def _sentence(text: str) -> str:
    """A help text as a sentence; a line must not begin with a mark of man(7)'s."""
    sentence = text[:1].upper() + text[1:]
    if sentence and not sentence.endswith("."):
        sentence += "."
    plain = sentence.replace("\\", "\\e").replace("--", "\\-\\-")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
