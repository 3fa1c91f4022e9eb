"""The release workflow: what starts it, what it may do, and that everything it calls is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from product import ROOT

FILE = ROOT / ".github" / "workflows" / "release.yml"
TEXT = FILE.read_text("utf-8")
WORKFLOW: dict[Any, Any] = yaml.safe_load(TEXT)
JOBS: dict[str, dict[str, Any]] = WORKFLOW["jobs"]


def steps() -> Iterator[tuple[str, dict[str, Any]]]:
    for job, told in JOBS.items():
        for step in told["steps"]:
            yield job, step


def commands() -> Iterator[str]:
    for _, step in steps():
        if "run" in step:
            yield step["run"]


def test_only_a_tag_of_a_version_starts_it() -> None:
    # YAML 1.1 reads "on" as true
    assert WORKFLOW[True] == {"push": {"tags": ["v*"]}}


def test_no_job_may_more_than_it_needs() -> None:
    assert WORKFLOW["permissions"] == {}
    writing = [job for job, told in JOBS.items() if "write" in told["permissions"].values()]
    assert writing == ["draft"]
    assert all(set(told["permissions"]) == {"contents"} for told in JOBS.values())


def test_every_job_ends_by_itself() -> None:
    assert all(told["timeout-minutes"] <= 120 for told in JOBS.values())


def test_actions_are_those_of_github_and_have_a_version() -> None:
    used = {step["uses"] for _, step in steps() if "uses" in step}
    assert used
    assert [
        each for each in used if not re.fullmatch(r"actions/[\w-]+@(v\d+|[0-9a-f]{40})", each)
    ] == []
    assert "pin them by digest" in TEXT


def test_a_checkout_leaves_no_credentials_behind() -> None:
    for _, step in steps():
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_no_host_is_named() -> None:
    assert "://" not in TEXT


def test_what_it_calls_is_there() -> None:
    called = {
        path for run in commands() for path in re.findall(r"\b(?:packaging|tests)/[\w./-]+", run)
    }
    assert "packaging/windows/package.py" in called
    assert [path for path in called if not (ROOT / path).exists()] == []
    targets = {name for run in commands() for name in re.findall(r"\bmake ([a-z]+)", run)}
    assert targets
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert [name for name in targets if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


def test_the_groups_of_system_packages_are_there() -> None:
    asked = [re.findall(r"system\.sh ([a-z -]+)", run) for run in commands()]
    groups = {group for run in asked for line in run for group in line.split()}
    listed = (ROOT / "packaging" / "debian-packages.txt").read_text("utf-8")
    assert {"run", "windows"} <= groups
    assert [group for group in groups if f"[{group}]" not in listed] == []


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_every_command_can_be_read_and_takes_nothing_from_outside_into_its_text() -> None:
    for run in commands():
        assert "${{" not in run
    whole = "\n".join(f"{{\n{run}\n}}" for run in commands())
    subprocess.run(["bash", "-n"], input=whole, text=True, check=True)


def test_what_one_job_leaves_is_what_another_takes() -> None:
    left = {
        step["with"]["name"]
        for _, step in steps()
        if step.get("uses", "").startswith("actions/upload-artifact@")
    }
    for _, step in steps():
        if step.get("uses", "").startswith("actions/download-artifact@"):
            told = step["with"]
            assert told.get("name", "") in left or told.get("pattern") == "packages-*"
    assert {job for told in JOBS.values() for job in _listed(told.get("needs", []))} <= set(JOBS)
    assert set(JOBS["draft"]["needs"]) == {"linux", "windows-trial", "macos"}


def test_every_package_comes_with_the_list_of_its_parts_and_checksums() -> None:
    for job in ("linux", "windows-setup", "macos"):
        assert any(".cdx.json" in step.get("run", "") for step in JOBS[job]["steps"])
    assert any("sha256sum" in step.get("run", "") for step in JOBS["draft"]["steps"])


def test_secrets_come_by_the_names_that_the_scripts_know() -> None:
    told = set(re.findall(r"\bDATELINE_[A-Z_]+", TEXT))
    known = set()
    for folder in ("windows", "macos"):
        for file in (ROOT / "packaging" / folder).iterdir():
            if file.suffix in (".py", ".sh"):
                known |= set(re.findall(r"\bDATELINE_[A-Z_]+", file.read_text("utf-8")))
    assert told
    assert told - known == set()


def test_a_secret_is_given_to_the_step_that_needs_it_and_to_no_other() -> None:
    for told in JOBS.values():
        for value in told.get("env", {}).values():
            # whether there is one is no secret
            assert "secrets." not in str(value) or "!= ''" in str(value)
    assert "secrets" not in str(WORKFLOW.get("env", {}))


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
