"""Bash's completion, made from the command line's own grammar: commands, options, choices, and files everywhere else."""

from __future__ import annotations

from collections.abc import Iterator

from linux.commands import Command, all_commands

HEAD = """\
# bash completion for dateline; made from its own grammar
_dateline() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local path=dateline word skip= n
    local -A words=() options=() values=()
"""

TAIL = """\
    # the command so far, without options and their values
    for ((n = 1; n < COMP_CWORD; n++)); do
        word=${COMP_WORDS[n]}
        if [[ $skip ]]; then
            skip=
        elif [[ $word == -* ]]; then
            [[ ${values[$path $word]+has one} ]] && skip=1
        elif [[ ${options[$path $word]+is known} ]]; then
            path="$path $word"
        fi
    done
    if [[ $skip ]]; then
        mapfile -t COMPREPLY < <(compgen -W "${values[$path $before]}" -- "$current")
    elif [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "${options[$path]}" -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -W "${words[$path]}" -- "$current")
    fi
    # where nothing is known: files
    [[ ${#COMPREPLY[@]} -gt 0 || ${words[$path]} ]] || compopt -o default 2>/dev/null
}
complete -F _dateline dateline
"""


def completion() -> str:
    """The script."""
    lines = [line for command in all_commands() for line in _lines(command)]
    return HEAD + "".join(f"    {line}\n" for line in lines) + TAIL


def _lines(command: Command) -> Iterator[str]:
    path = " ".join(("dateline", *command.words))
    options = [name for option in command.options for name in option.names]
    first = [choice for option in command.options if not option.names for choice in option.choices]
    yield f"words[{path}]={_quoted(' '.join([*command.names, *first]))}"
    yield f"options[{path}]={_quoted(' '.join([*options, '--help']))}"
    for option in command.options:
        if option.value:
            for name in option.names:
                yield f"values[{path} {name}]={_quoted(' '.join(option.choices))}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
