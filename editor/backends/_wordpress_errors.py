"""What WordPress's refusals mean. Its statuses say less than its codes: a file that is not taken answers 500.

The codes are those of the REST controllers, tried on WordPress 6.1 and 6.5; what is not here is judged as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from editor.backends._wordpress_shapes import Failure
from editor.problems import Problem
from editor.sync.backend import NotApplied, Rejected, Unanswered
from editor.web.reply import data_in
from editor.web.verdict import Asked, is_html, verdict

_FORBIDDEN = {
    "rest_cannot_publish": "wordpress-cannot-publish",
    "rest_cannot_edit": "wordpress-cannot-edit",
    "rest_cannot_edit_others": "wordpress-cannot-edit",
    "rest_cannot_delete": "wordpress-cannot-withdraw",
    "rest_cannot_assign_sticky": "wordpress-cannot-pin",
    "rest_cannot_create": "wordpress-cannot-write",
}
_PHOTO = {
    "rest_upload_sideload_error": "wordpress-photo-refused",
    "rest_upload_unknown_error": "wordpress-photo-refused",
    "rest_upload_file_too_big": "wordpress-photo-too-large",
    "rest_upload_limited_space": "wordpress-no-space",
    "rest_upload_user_quota_exceeded": "wordpress-no-space",
}
_NAMELESS = frozenset(("empty_term_name", "db_insert_error"))
"""Answered with 500 to a name that is too long, or of which WordPress leaves nothing."""
UNREADABLE = frozenset(("rest_forbidden_context", "rest_forbidden", "rest_cannot_read"))
"""What stands in the way of looking at a post that is no longer this user's to change."""
_NOT_TAKEN = frozenset(
    ("", "rest_not_logged_in", "invalid_username", "invalid_email", "incorrect_password")
)
"""What WordPress says to credentials that it does not take. A plug-in that bars the API has words of its own."""
LONGEST = 200


class Exists(Rejected):
    """A tag of this name is there already: ``term`` is its number."""

    def __init__(self, problem: Problem, term: int) -> None:
        super().__init__(problem)
        self.term = term


class Nameless(Rejected):
    """No tag can be called that."""


class Hidden(Rejected):
    """The post may not be looked at by this user, or not all of it."""


def judge(asked: Asked, status: int, headers: Mapping[str, str], body: bytes) -> Exception | None:
    """What is to be raised for an answer of WordPress's, or None where it says success."""
    failure = failure_in(body) if status >= 400 else Failure()
    if (own := _own(asked, status, failure)) is not None:
        return own
    if status == 403 and is_html(headers, body):
        return Rejected(asked.problem("wordpress-guarded"))
    found = verdict(asked, status, headers, body)
    if asked.writes and status < 300 and isinstance(found, NotApplied):
        # without a certificate this may be a hotel's page, or a plug-in's that came after the effect
        return Unanswered(found.problem)
    return found


def failure_in(body: bytes) -> Failure:
    """The refusal that an answer tells of, without more than can be shown."""
    try:
        found = msgspec.json.decode(data_in(body) or b"{}", type=Failure)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Failure()
    return found


def _own(asked: Asked, status: int, failure: Failure) -> Exception | None:
    code = failure.code
    barred = _barred(failure)
    if 401 in (status, barred):
        shut = not barred and code not in _NOT_TAKEN and _is_about(asked, "users/me")
        told = "wordpress-shut" if shut else "wordpress-password"
        return NotApplied(asked.problem(told), sign_in=True)
    if barred == 403:
        return NotApplied(asked.problem("wordpress-only-reads"), sign_in=True)
    if code == "rest_no_route":
        return NotApplied(asked.problem("wordpress-no-rest"))
    if code == "rest_upload_hash_mismatch":
        return NotApplied(asked.problem("wordpress-damaged"))
    if code == "term_exists" and isinstance(failure.data, dict):
        term = failure.data.get("term_id")
        if isinstance(term, int):
            return Exists(asked.problem("web-refused", status=status), term)
    if code in _NAMELESS and _is_about(asked, "tags"):
        return Nameless(asked.problem("web-refused", status=status))
    if code in _PHOTO:
        return Rejected(asked.problem(_PHOTO[code], reason=_said(failure)))
    if status != 403:
        return None
    if code in UNREADABLE:
        return Hidden(asked.problem("wordpress-cannot-edit"))
    if code == "rest_cannot_create" and _is_about(asked, "media"):
        return Rejected(asked.problem("wordpress-no-photos"))
    return Rejected(asked.problem(_FORBIDDEN[code])) if code in _FORBIDDEN else None


def _barred(failure: Failure) -> int:
    """The status for which a parameter was refused: WordPress looks at those before it says who is not let in."""
    details = failure.data.get("details") if isinstance(failure.data, dict) else None
    refused = details.values() if isinstance(details, dict) else ()
    found = (each.get("data") for each in refused if isinstance(each, dict))
    told = (each.get("status") for each in found if isinstance(each, dict))
    return next((each for each in told if each in (401, 403)), 0)


def _is_about(asked: Asked, things: str) -> bool:
    parts = urlsplit(asked.url)
    return f"/wp/v2/{things}" in parts.path or f"/wp/v2/{things}" in parts.query


def _said(failure: Failure) -> str:
    words = failure.message.replace("<", "‹").replace(">", "›")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())[
        :LONGEST
    ]
