"""The house rules of CONTRIBUTING.md, each a test. An exception to a rule is a line in a list here."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Where `except Exception` may stand: the borders, each with its reason.
CATCHES_ALL = {
    "editor/__main__.py": "the top-level hook",
    "editor/app.py": "the top-level hook",
    "editor/cli.py": "the top-level hook",
    "editor/crashes/guard.py": "what tells of an error must not fail itself",
    "editor/keychain.py": "keyring backends raise errors of their own, outside KeyringError",
    "editor/sync/engine.py": "one delivery of a pass",
    "editor/sync/worker.py": "a pass of the worker",
    "editor/ui/bridge.py": "a task of the window, run in the pool",
}

# Who may ask for the time, an id or chance: the real clock and the composition roots.
ASKS_THE_WORLD = {
    "editor/app.py",
    "editor/cli.py",
    "editor/clock.py",
    "editor/newsroom.py",
}

PRINTS = {"editor/cli.py", "editor/__main__.py"}


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in sorted((ROOT / folder).rglob("*.py")) if path.is_file())


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def allowed(path: Path, exceptions: set[str] | dict[str, str]) -> bool:
    """Whether a path is in the list; `editor/cli.py` stands for a folder `editor/cli/` too."""
    own = name(path)
    return any(own == item or own.startswith(item.removesuffix(".py") + "/") for item in exceptions)


def places(matches: Callable[[ast.AST], bool], *folders: str) -> Iterator[tuple[Path, int]]:
    for path in python_files(*folders):
        for node in ast.walk(ast.parse(path.read_text("utf-8"), name(path))):
            if matches(node):
                yield path, getattr(node, "lineno", 0)


def tracked_files() -> list[Path]:
    """The files of a checkout; without git, everything outside dot folders."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = [name(p) for p in ROOT.rglob("*") if not name(p).startswith(".")]
    return [ROOT / line for line in listed if line and (ROOT / line).is_file()]


def test_the_top_level_folders_are_those_of_the_architecture() -> None:
    made = {"build", "dist", "__pycache__"}
    folders = {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir() and not path.name.startswith(".") and path.suffix != ".egg-info"
    }
    assert folders - made <= {"editor", "resources", "db", "tests", "packaging", "docs"}
    assert folders >= {"editor", "resources", "db", "tests", "packaging", "docs"}


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {
        name(path): len(path.read_text("utf-8").splitlines())
        for path in python_files("editor", "db", "packaging")
    }
    assert {path: lines for path, lines in lengths.items() if lines > 400} == {}


def test_packaging_is_no_package_because_it_would_shadow_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    import packaging

    assert "site-packages" in str(packaging.__file__)


def test_every_module_knows_only_the_storeys_below_it() -> None:
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_module_stands_beside_the_storeys() -> None:
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = " ".join(settings["contracts"][0]["layers"])
    modules = {f"editor.{p.stem}" for p in (ROOT / "editor").glob("*.py") if p.stem != "__init__"}
    modules |= {f"editor.{name(p).split('/')[1]}" for p in (ROOT / "editor").glob("*/__init__.py")}
    assert modules - set(re.findall(r"[\w.]+", layers)) == set()


def test_the_window_never_sees_the_store_the_engine_or_a_backend() -> None:
    behind = re.compile(r"(db|editor\.(backends|newsroom|sync\.(engine|worker)))(\.|$)")

    def looks_behind(node: ast.AST) -> bool:
        if isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = [module, *(f"{module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            return False
        return any(behind.match(text) for text in names)

    found = [f"{name(path)}:{line}" for path, line in places(looks_behind, "editor/ui")]
    assert found == []


def test_every_locked_package_has_a_version_and_hashes_and_no_host_is_named() -> None:
    text = (ROOT / "packaging" / "constraints.txt").read_text("utf-8")
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line[:1] not in ("", "#")]
    assert len(lines) > 20
    for line in lines:
        assert re.match(r"[a-z0-9][a-z0-9.-]*==[\w.]+( |$)", line), line[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), line[:80]
    assert "://" not in text
    assert "index-url" not in text


def test_every_dependency_is_locked() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[<>=!~; \[]", line)[0].lower().replace("_", "-") for line in wanted}
    text = (ROOT / "packaging" / "constraints.txt").read_text("utf-8")
    assert names - {line.split("==")[0] for line in text.splitlines() if "==" in line} == set()


def test_the_qt_that_kills_a_process_after_570_signals_is_excluded() -> None:
    assert re.search(r'"PySide6-Essentials[^"]*!=6\.12\.0', (ROOT / "pyproject.toml").read_text())
    locked = (ROOT / "packaging" / "constraints.txt").read_text("utf-8")
    assert "pyside6-essentials==" in locked
    assert "pyside6-essentials==6.12.0" not in locked


def test_a_process_lives_through_5000_signals() -> None:
    program = """
from PySide6.QtCore import QObject, Signal
class Sender(QObject):
    rang = Signal(bool)
heard = []
sender = Sender()
sender.rang.connect(heard.append)
for _ in range(5000):
    sender.rang.emit(True)
print(len(heard))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (run.returncode, run.stdout.strip()) == (0, b"5000"), run.stderr.decode()


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    anywhere = re.compile("|".join(f"(?<![\\w.)}}])/{word}/" for word in ("home", "root", "work")))
    in_code = re.compile(f"{anywhere.pattern}|(?<![\\w.)}}])/tmp/")
    found = []
    for path in tracked_files():
        own = name(path)
        if own == name(Path(__file__)):
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        pattern = in_code if own.startswith(("editor/", "db/")) else anywhere
        found += [f"{own}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []


def test_everything_is_caught_at_the_borders_only() -> None:
    def catches_all(node: ast.AST) -> bool:
        if not isinstance(node, ast.ExceptHandler):
            return False
        kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        wide = any(
            kind is None or (isinstance(kind, ast.Name) and kind.id in _WIDE) for kind in kinds
        )
        # what cleans up and raises again hides nothing
        return wide and not isinstance(node.body[-1], ast.Raise)

    found = [
        f"{name(path)}:{line}"
        for path, line in places(catches_all, "editor", "db")
        if not allowed(path, CATCHES_ALL)
    ]
    assert found == []


_WIDE = {"Exception", "BaseException"}


def test_only_the_command_line_prints() -> None:
    def prints(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "print"
        )

    found = [
        f"{name(path)}:{line}"
        for path, line in places(prints, "editor", "db")
        if not allowed(path, PRINTS)
    ]
    assert found == []


def test_time_chance_and_ids_are_arguments() -> None:
    worldly = re.compile(
        r"((datetime|date)\.)?(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns)"
        r"|uuid\.uuid[1-8]|uuid[1-8]|random\.\w+|secrets\.\w+|os\.urandom"
    )

    def asks(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and bool(worldly.fullmatch(ast.unparse(node.func)))

    found = [
        f"{name(path)}:{line}"
        for path, line in places(asks, "editor", "db")
        if not allowed(path, ASKS_THE_WORLD)
    ]
    assert found == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bit")
def test_every_shell_script_can_be_run() -> None:
    scripts = [*ROOT.glob("packaging/**/*.sh"), ROOT / ".ci" / "run"]
    assert [name(path) for path in scripts if not os.access(path, os.X_OK)] == []
    for path in scripts:
        subprocess.run(["bash", "-n", str(path)], check=True)


def test_every_icon_is_one_lucide_stroke_or_our_own(qapp: object) -> None:
    from PySide6.QtSvg import QSvgRenderer

    icons = sorted((ROOT / "resources" / "icons").glob("*.svg"))
    assert len(icons) > 50
    assert [name(path) for path in icons if not QSvgRenderer(str(path)).isValid()] == []


def test_the_bundled_fonts_have_the_weights_that_the_window_uses(qapp: object) -> None:
    from PySide6.QtGui import QFont, QFontDatabase, QRawFont

    files = sorted((ROOT / "resources" / "fonts").rglob("*.ttf"))
    assert all(QFontDatabase.addApplicationFont(str(path)) >= 0 for path in files)
    faces = {}
    for family in ("Inter", "Source Serif 4"):
        for weight in (QFont.Weight.Normal, QFont.Weight.DemiBold, QFont.Weight.Bold):
            font = QFont(family)
            font.setWeight(weight)
            raw = QRawFont.fromFont(font)
            faces[family, raw.weight()] = (raw.familyName(), raw.styleName())
    assert faces == {
        (family, weight): (family, style)
        for family in ("Inter", "Source Serif 4")
        for weight, style in ((400, "Regular"), (600, "SemiBold"), (700, "Bold"))
    }
