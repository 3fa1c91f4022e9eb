"""What an answer without success says of a post."""

from __future__ import annotations

from editor.content.networks import Recognised
from editor.embeds.results import Answer, Denied, Gone, Look, Unread
from editor.problems import Problem


def no_success(answer: Answer, post: Recognised, host: str) -> Look | None:
    """None for success. Only a network's own "not there" says that a post is gone: trouble and shut doors do not."""
    match answer.status:
        case 200:
            return None
        case 404 | 410:
            return Gone(Problem(code="post-gone", detail={"network": post.label}))
        case 401 | 403:
            return Denied(Problem(code="post-needs-sign-in", detail={"host": host}))
        case 429:
            return Unread(Problem(code="post-busy", detail={"host": host}))
    return Unread(Problem(code="post-unwell", detail={"host": host, "status": answer.status}))
