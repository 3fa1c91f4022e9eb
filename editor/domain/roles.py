"""What somebody may do: a correspondent writes and submits, the desk also returns, publishes and withdraws."""

from __future__ import annotations

from collections.abc import Iterable

from editor.domain.blog import Role
from editor.problems import refuse


def role_over(roles: Iterable[Role]) -> Role:
    """The role over a blog with these accounts: one account that only takes submissions makes a correspondent."""
    return Role.CORRESPONDENT if Role.CORRESPONDENT in set(roles) else Role.DESK


def must_be_desk(role: Role) -> None:
    """Refuses what only the desk may do."""
    if role is not Role.DESK:
        raise refuse("desk-only")
