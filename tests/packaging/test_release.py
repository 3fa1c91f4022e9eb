"""A release is a number in one place, a day in the changelog, a commit and a tag."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest

import product
import release

CHANGELOG = """# Changelog

## [Unreleased]

### Added

- Something.

## [0.0.9] - 2026-01-02

- The first.
"""


def git(root: Path, *words: str) -> str:
    ran = subprocess.run(["git", *words], cwd=root, capture_output=True, check=True, text=True)
    return ran.stdout.strip()


@pytest.fixture
def tree(tmp_path: Path, home: Path) -> Path:
    root = tmp_path / "tree"
    (root / "editor").mkdir(parents=True)
    (root / "editor" / "__init__.py").write_text('"""It."""\n\n__version__ = "0.1.0"\n')
    (root / "CHANGELOG.md").write_text(CHANGELOG)
    git(root, "init", "--quiet")
    git(root, "config", "user.name", "Somebody")
    git(root, "config", "user.email", "somebody@example.org")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", "All of it")
    return root


def test_a_release_is_written_committed_and_tagged(tree: Path) -> None:
    assert release.main(["0.2.0", "--date", "2026-11-27"], tree) == 0
    assert product.version(tree / "editor" / "__init__.py") == "0.2.0"
    text = (tree / "CHANGELOG.md").read_text()
    assert "## [Unreleased]\n\n## [0.2.0] - 2026-11-27\n\n### Added\n" in text
    assert product.releases(tree / "CHANGELOG.md") == [
        ("0.2.0", "2026-11-27"),
        ("0.0.9", "2026-01-02"),
    ]
    assert git(tree, "tag", "--list") == "v0.2.0"
    assert git(tree, "cat-file", "-t", "v0.2.0") == "tag"
    assert git(tree, "status", "--porcelain") == ""
    assert git(tree, "rev-parse", "v0.2.0^{commit}") == git(tree, "rev-parse", "HEAD")


def test_the_first_release_may_have_the_number_that_is_there(tree: Path) -> None:
    assert release.main(["0.1.0"], tree) == 0
    assert git(tree, "tag", "--list") == "v0.1.0"


@pytest.mark.parametrize("number", ["", "1", "1.2", "v1.2.3", "1.2.3-rc1", "01.2.3", "0.0.9"])
def test_a_number_that_is_none_or_older_changes_nothing(tree: Path, number: str) -> None:
    assert release.main([number], tree) == 1
    assert git(tree, "status", "--porcelain") == ""
    assert git(tree, "tag", "--list") == ""


def test_nothing_is_released_that_is_not_committed(tree: Path) -> None:
    (tree / "editor" / "__init__.py").write_text('__version__ = "0.1.0"\n# more\n')
    assert release.main(["0.2.0"], tree) == 1


def test_nothing_is_released_twice_or_without_news(tree: Path) -> None:
    assert release.main(["0.2.0"], tree) == 0
    assert release.main(["0.2.0"], tree) == 1
    assert release.main(["0.3.0"], tree) == 1  # nothing was gathered since
    assert git(tree, "tag", "--list") == "v0.2.0"


def test_the_version_stands_in_one_place() -> None:
    from editor import __version__

    project = tomllib.loads((product.ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in project["project"]
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "editor.__version__"}
    assert product.version() == __version__


def test_the_second_in_what_is_built_is_the_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795754407")
    assert product.epoch() == 1795754407
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert product.epoch() > 315532800
