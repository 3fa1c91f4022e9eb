"""Fields as YAML, both ways, for the front matter and the fences of an entry file.

YAML 1.1 turns ``No`` into false and ``12:30`` into 750. Nobody means that in a headline, so every scalar is read as
the text that was typed and the field's own type decides; what is written is quoted so that other readers agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from editor.content.clean import check_text
from editor.problems import Refused, refuse

if TYPE_CHECKING:
    from yaml import Node, SafeDumper

Value = str | tuple[str, ...]

_NULL = ("~", "null", "Null", "NULL")


class Field(msgspec.Struct, frozen=True):
    """A field as it was typed, and its line in the file."""

    value: Value
    line: int


def load(source: str, first_line: int) -> dict[str, Field]:
    """The fields of a YAML mapping whose text starts on ``first_line`` of its file.

    Raises ``Refused`` with the line and the reason for broken YAML, anything deeper than lists of text, a key given
    twice, and characters that may not be stored.
    """
    import yaml

    try:
        node = yaml.compose(source, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise refuse("file-yaml", line=line, reason=error.problem or "") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise refuse("file-yaml", line=first_line, reason=type(error).__name__) from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise refuse("file-yaml", line=first_line, reason="expected 'name: value' lines")
    fields: dict[str, Field] = {}
    for name, value in node.value:
        line = first_line + name.start_mark.line
        key = name.value if isinstance(name, yaml.ScalarNode) else ""
        if key in fields:
            raise refuse("file-key-twice", line=line, key=key)
        fields[key] = Field(_value(value, key, first_line), line)
    return fields


def dump(fields: Mapping[str, Any]) -> str:
    """YAML that ``load`` reads back as the same texts; pretty where that is safe, quoted where it is not."""
    if not fields:
        return ""
    wanted = {name: _typed(value) for name, value in fields.items()}
    for style, all_signs in (("|", True), ('"', True)):
        text = _dump(fields, style, all_signs)
        if _read_back(text) == wanted:
            return text
    return _dump(fields, '"', False)


def _value(node: Node, key: str, first_line: int) -> Value:
    import yaml

    line = first_line + node.start_mark.line
    if isinstance(node, yaml.SequenceNode):
        if not all(isinstance(item, yaml.ScalarNode) for item in node.value):
            raise refuse("file-value", line=line, key=key, value="[…]")
        return tuple(_scalar(item, first_line) for item in node.value)
    if not isinstance(node, yaml.ScalarNode):
        raise refuse("file-value", line=line, key=key, value="{…}")
    return _scalar(node, first_line)


def _scalar(node: Any, first_line: int) -> str:
    if problem := check_text(node.value):
        line = first_line + node.start_mark.line
        raise refuse("file-character", line=line, character=problem.detail["character"])
    is_null = node.style is None and node.value in _NULL
    return "" if is_null else str(node.value)


def _read_back(text: str) -> dict[str, Value] | None:
    try:
        return {name: field.value for name, field in load(text, 1).items()}
    except Refused:
        return None


def _typed(value: Any) -> Value:
    """A value as somebody would type it."""
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.isoformat()
        case tuple() | list():
            return tuple(str(_typed(item)) for item in value)
        case _:
            return str(value)


def _dump(fields: Mapping[str, Any], style: str, all_signs: bool) -> str:
    import yaml

    class Dumper(yaml.SafeDumper):
        pass

    def represent_text(dumper: SafeDumper, text: str) -> Node:
        chosen = style if style == '"' or "\n" in text else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, chosen)

    def represent_list(dumper: SafeDumper, items: Any) -> Node:
        return dumper.represent_sequence("tag:yaml.org,2002:seq", list(items), flow_style=True)

    def represent_time(dumper: SafeDumper, time: datetime) -> Node:
        return dumper.represent_scalar("tag:yaml.org,2002:timestamp", time.isoformat())

    Dumper.add_representer(str, represent_text)
    Dumper.add_representer(tuple, represent_list)
    Dumper.add_representer(datetime, represent_time)
    text: str = yaml.dump(
        dict(fields),
        Dumper=Dumper,
        allow_unicode=all_signs,
        default_flow_style=False,
        sort_keys=False,
        width=1 << 30,
    )
    return text
