from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.domain.blog import Blog, Target
from editor.domain.ids import AccountId, BlogId, TargetId
from editor.problems import Refused
from editor.registry import Kinds, kind_names
from tests.backends.contract import BackendContract
from tests.backends.opening import OPENINGS, Opened
from tests.rooms import NOON as NOW

NEEDS_A_NETWORK = {"wordpress"}
"""Under contract on real servers, in ``tests.real``."""


class TestEveryBackend(BackendContract):
    @pytest.fixture(params=OPENINGS)
    def opened(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
        folder = tmp_path / "target"
        folder.mkdir()
        made = OPENINGS[request.param](folder)
        yield made
        for backend in made.backends:
            backend.close()


def test_every_registered_backend_is_under_contract() -> None:
    covered = {name.split()[0] for name in OPENINGS}
    assert set(kind_names()) == covered | NEEDS_A_NETWORK


@pytest.mark.parametrize("name", kind_names())
def test_a_kind_tells_its_name_and_its_fields(name: str) -> None:
    kind = Kinds().get(name)
    assert name == kind.KIND
    assert kind.LABEL
    names = [field.name for field in kind.FIELDS]
    assert len(names) == len(set(names))
    assert all(field.label for field in kind.FIELDS)


@pytest.mark.parametrize("name", kind_names())
def test_a_kind_is_known_once_it_was_asked_for_and_tells_what_it_can_do(name: str) -> None:
    kinds = Kinds()
    assert kinds.known(name) is None
    kind = kinds.get(name)
    assert kinds.known(name) is kind
    settings = {"folder": "/nowhere", "address": "https://newsroom.example"}
    blog = Blog(id=BlogId("b"), slug="b", headline="b", created=NOW, coverage_start=NOW)
    target = Target(id=TargetId("t"), blog=blog.id, account=AccountId("a"), name="t")
    backend = kind.open(blog, target, settings, "")
    assert kind.able(settings) == backend.capabilities
    backend.close()


def test_a_kind_is_made_once_so_that_its_memory_is_one() -> None:
    kinds = Kinds()
    assert kinds.get("memory") is kinds.get("memory")
    assert kinds.get("memory") is not Kinds().get("memory")


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Refused, match="no-such-backend"):
        Kinds().get("pigeon")


def test_the_list_of_kinds_imports_none_of_them() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from editor.registry import kind_names; names = kind_names();"
        "print([m for m in sys.modules if m.startswith('editor.backends.') or m == 'httpx'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_switch_is_on_or_off() -> None:
    kind = Kinds().get("memory")
    assert kind.problems({"drafts": "off"}) == ()
    (problem,) = kind.problems({"drafts": "maybe"})
    assert (problem.code, problem.field) == ("setting-not-a-switch", "drafts")
