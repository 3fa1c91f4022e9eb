"""The form is made from whatever settings a kind names."""

from __future__ import annotations

import pytest

from editor.problems import Problem
from editor.registry import Kinds
from editor.sync.backend import Field
from editor.ui.accounts.form import Form
from editor.ui.accounts.secret_edit import SecretEdit
from editor.ui.theme.theme import Theme
from tests.ui.conftest import theme

__all__ = ["theme"]


@pytest.mark.parametrize("name", ["wordpress", "wire", "site"])
def test_every_kind_has_a_form_with_names_and_its_secret_hidden(theme: Theme, name: str) -> None:
    kind = Kinds().get(name)
    form = Form(theme, kind.FIELDS, {})
    asked = {field.name for field in kind.FIELDS if not field.per_target} - {"plain"}
    assert set(form.names()) == asked == set(form.lines) | set(form.checks)
    for field in kind.FIELDS:
        if field.secret:
            assert isinstance(form.lines[field.name], SecretEdit)
    assert all(line.accessibleName() for line in form.lines.values())
    assert form.values() == {}


def test_what_may_be_left_out_is_folded_and_unfolds_where_something_is_wrong(theme: Theme) -> None:
    form = Form(theme, Kinds().get("wire").FIELDS, {})
    form.show()
    assert form.fields["user"].isVisible() and form.fields["token"].isVisible()
    assert not form.fields["settle"].isVisible()
    wrong = Problem(code="wire-seconds", field="settle", detail={"low": 1, "high": 9, "value": "x"})
    assert form.tell(wrong)
    assert form.fields["settle"].isVisible()
    form.close()


def test_options_that_were_changed_are_open_at_once(theme: Theme) -> None:
    form = Form(theme, Kinds().get("wire").FIELDS, {"address": "https://a.example", "settle": "9"})
    form.show()
    assert form.lines["settle"].isVisible()
    assert form.values() == {"address": "https://a.example", "settle": "9"}
    form.close()


def test_a_secret_never_is_among_the_values(theme: Theme) -> None:
    form = Form(theme, (Field(name="key", label="Key", secret=True, required=True),), {"key": "k"})
    assert form.lines["key"].text() == ""
    form.lines["key"].setText("open sesame")
    assert form.values() == {}
    assert form.secret() == "open sesame"


def test_a_secret_that_is_kept_need_not_be_typed(theme: Theme) -> None:
    fields = (Field(name="key", label="API key", secret=True, required=True),)
    assert Form(theme, fields, {}, secret_kept=True).missing() == ()
    form = Form(theme, fields, {})
    assert form.tell_missing()
    assert form.fields["key"].wrong() == "Type the API key."


def test_a_switch_is_a_tick_and_is_kept_where_it_is_not_the_usual(theme: Theme) -> None:
    form = Form(theme, Kinds().get("wire").FIELDS, {"drafts": "off"})
    assert not form.checks["drafts"].isChecked()
    assert form.checks["versions"].isChecked()
    assert form.values() == {"drafts": "off"}


def test_consent_to_plain_http_is_remembered_only_for_such_an_address(theme: Theme) -> None:
    fields = Kinds().get("wire").FIELDS
    form = Form(theme, fields, {"address": "http://a.example", "plain": "on"})
    assert form.values() == {"address": "http://a.example", "plain": "on"}
    assert form.plain is not None and form.plain.agreed
    other = Form(theme, fields, {"address": "https://a.example", "plain": "on"})
    assert other.values() == {"address": "https://a.example"}
