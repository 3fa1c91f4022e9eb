"""What the server holds, in one SQLite file: every version of every object, photos, and who saw what when."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS version (
    n INTEGER PRIMARY KEY AUTOINCREMENT, at REAL, blog TEXT, ref TEXT, key TEXT, visibility TEXT, author TEXT,
    was_public INTEGER, body TEXT);
CREATE INDEX IF NOT EXISTS version_ref ON version (ref, n);
CREATE INDEX IF NOT EXISTS version_key ON version (blog, key, n);
CREATE TABLE IF NOT EXISTS head (ref TEXT PRIMARY KEY, made INTEGER, n INTEGER, blog TEXT, key TEXT, visibility TEXT);
CREATE TABLE IF NOT EXISTS media (
    blog TEXT, name TEXT, version INTEGER, mime TEXT, data BLOB, PRIMARY KEY (blog, name));
CREATE TABLE IF NOT EXISTS count (name TEXT PRIMARY KEY, n INTEGER);
CREATE TABLE IF NOT EXISTS cover (blog TEXT PRIMARY KEY, body TEXT);
CREATE TABLE IF NOT EXISTS request (
    n INTEGER PRIMARY KEY AUTOINCREMENT, at REAL, kind TEXT, method TEXT, path TEXT, key TEXT, digest TEXT,
    bytes INTEGER, fault TEXT, status INTEGER);
CREATE TABLE IF NOT EXISTS shown (
    n INTEGER PRIMARY KEY AUTOINCREMENT, at REAL, blog TEXT, key TEXT, digests TEXT, refs TEXT, missing TEXT);
"""
NAMES = ("version", "head", "media", "cover", "request", "shown")
Row = dict[str, Any]


class No(Exception):
    """A request that is not done, with the status and the words that say so."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class State:
    """The file. Each public method is one transaction; any thread."""

    def __init__(self, path: Path, *, drafts: bool = True, versions: bool = True) -> None:
        self.drafts = drafts
        self.versions = versions
        self.address = ""
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + TABLES)

    def close(self) -> None:
        with self._lock:
            self._db.close()

    # --- what Dateline asks for

    def create(self, blog: str, body: Row) -> Row:
        """A new object. Nothing is compared with what is there: creating twice makes two."""
        visibility = self._allowed(body)
        with self._writing():
            made = self._next("ref")
            return self._keep(
                f"e{made}", blog, str(body.get("key", "")), visibility, "", False, body, made
            )

    def update(self, blog: str, ref: str, body: Row, fits: str) -> Row:
        """The object's next version; what is left out stays as it was. What lies in the bin stays there."""
        visibility = self._allowed(body)
        with self._writing():
            there = self._head(blog, ref, fits)
            if there["visibility"] == "gone" and visibility != "gone":
                raise No(409, "it lies in the bin")
            return self._again(there, visibility, "", {**json.loads(there["body"]), **body})

    def put_all(self, blog: str, puts: list[Row]) -> Row:
        """One after the other, up to the first that cannot be done."""
        done: list[Row] = []
        for each in puts:
            try:
                if "ref" in each:
                    row = self.update(blog, each["ref"], each["entry"], each["version"])
                else:
                    row = self.create(blog, each["entry"])
            except No as no:
                return {"done": done, "stopped": {"status": no.status, "message": no.message}}
            done.append({name: row[name] for name in ("ref", "version", "visibility", "url")})
        return {"done": done}

    def remove(self, blog: str, ref: str, fits: str, author: str = "") -> Row | None:
        """Into the bin; what was never public is no more, unless the desk put it there."""
        with self._writing():
            there = self._head(blog, ref, fits)
            if there["visibility"] == "gone":
                return self._row(there)
            if author or there["was_public"]:
                return self._again(there, "gone", author, json.loads(there["body"]))
            self._db.execute("DELETE FROM head WHERE ref = ?", (ref,))
            self._db.execute("DELETE FROM version WHERE ref = ?", (ref,))
            self._note(blog, there["key"])
            return None

    def one(self, blog: str, ref: str) -> Row:
        with self._lock:
            return self._row(self._head(blog, ref, ""))

    def of(self, blog: str, key: str) -> list[Row]:
        """Every object under a key, the oldest first."""
        with self._lock:
            found = self._db.execute(
                "SELECT v.* FROM head h JOIN version v ON v.n = h.n WHERE h.blog = ? AND h.key = ? ORDER BY h.made",
                (blog, key),
            )
            return [self._row(each) for each in found]

    def listing(self, blog: str, after: str, limit: int) -> tuple[list[Row], str, bool]:
        with self._lock:
            found = self._db.execute(
                "SELECT v.*, h.made FROM head h JOIN version v ON v.n = h.n WHERE h.blog = ? AND h.made > ?"
                " ORDER BY h.made LIMIT ?",
                (blog, int(after or "0"), limit + 1),
            ).fetchall()
        part = found[:limit]
        cursor = str(part[-1]["made"]) if part else after
        return [self._short(each) for each in part], cursor, len(found) > limit

    def changes(self, blog: str, after: str, limit: int) -> tuple[list[Row], str, bool]:
        """The objects whose newest version is newer than the cursor."""
        with self._lock:
            found = self._db.execute(
                "SELECT v.* FROM head h JOIN version v ON v.n = h.n WHERE h.blog = ? AND h.n > ? ORDER BY h.n LIMIT ?",
                (blog, int(after or "0"), limit + 1),
            ).fetchall()
        part = found[:limit]
        cursor = str(part[-1]["n"]) if part else after
        return [self._short(each) for each in part], cursor, len(found) > limit

    def history(self, blog: str, ref: str, after: str) -> list[Row]:
        with self._lock:
            self._head(blog, ref, "")
            found = self._db.execute(
                "SELECT * FROM version WHERE ref = ? AND n > ? ORDER BY n",
                (ref, int(after) if after.isdecimal() else 0),
            )
            return [self._row(each) for each in found]

    # --- photos and covers

    def file(self, blog: str, name: str) -> sqlite3.Row | None:
        with self._lock:
            found: sqlite3.Row | None = self._db.execute(
                "SELECT * FROM media WHERE blog = ? AND name = ?", (blog, name)
            ).fetchone()
            return found

    def claim(self, blog: str, name: str) -> bool:
        """Whether the file is there; its version is new from now on."""
        with self._writing():
            done = self._db.execute(
                "UPDATE media SET version = ? WHERE blog = ? AND name = ?",
                (self._next("media"), blog, name),
            )
            return done.rowcount == 1

    def put_file(self, blog: str, name: str, mime: str, data: bytes) -> None:
        with self._writing():
            self._db.execute(
                "INSERT OR REPLACE INTO media VALUES (?, ?, ?, ?, ?)",
                (blog, name, self._next("media"), mime, data),
            )

    def remove_file(self, blog: str, name: str, fits: str) -> None:
        with self._writing():
            there = self.file(blog, name)
            if there is None:
                raise No(404, "no such file")
            if fits and fits != str(there["version"]):
                raise No(412, "it was put again")
            self._db.execute("DELETE FROM media WHERE blog = ? AND name = ?", (blog, name))

    def put_cover(self, blog: str, body: Row) -> None:
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO cover VALUES (?, ?)", (blog, json.dumps(body)))

    # --- what the desk does there

    def edit(self, blog: str, ref: str, author: str, **changes: Any) -> Row:
        """Somebody else changes an object: its ``visibility``, its ``headline``, the ``text`` of its first block."""
        with self._writing():
            there = self._head(blog, ref, "")
            body = json.loads(there["body"])
            content = body.get("content") or {}
            if "headline" in changes:
                content["headline"] = changes["headline"]
            if "text" in changes:
                block = next(each for each in content["body"] if each.get("type") == "text")
                block["text"] = changes["text"]
            if "content" in changes:
                content = changes["content"]
            if changes.keys() - {"visibility"}:
                body["digest"] = f"desk-{self._next('desk')}"
            body["content"] = content
            visibility = changes.get("visibility", there["visibility"])
            return self._again(there, visibility, author, body)

    # --- what tests look at

    def objects(self, blog: str = "") -> list[Row]:
        with self._lock:
            found = self._db.execute(
                "SELECT v.* FROM head h JOIN version v ON v.n = h.n WHERE h.blog = ? OR ? = '' ORDER BY h.made",
                (blog, blog),
            )
            return [self._row(each) for each in found]

    def rows(self, table: str) -> list[Row]:
        if table not in NAMES:
            raise No(404, "no such table")
        with self._lock:
            found = self._db.execute(f"SELECT * FROM {table} ORDER BY rowid")
            return [
                {name: len(v) if isinstance(v, bytes) else v for name, v in dict(each).items()}
                for each in found
            ]

    def asked(self, **fields: Any) -> int:
        """Keeps what was asked; its number."""
        with self._writing():
            names = ("at", "kind", "method", "path", "key", "digest", "bytes", "fault", "status")
            done = self._db.execute(
                "INSERT INTO request (at, kind, method, path, key, digest, bytes, fault, status)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tuple(fields[name] for name in names),
            )
            return done.lastrowid or 0

    def said(self, number: int, status: int) -> None:
        """Keeps what was answered."""
        with self._writing():
            self._db.execute("UPDATE request SET status = ? WHERE n = ?", (status, number))

    def reset(self) -> None:
        with self._writing():
            for table in NAMES:
                self._db.execute(f"DELETE FROM {table}")

    # ---

    def _allowed(self, body: Row) -> str:
        visibility = str(body.get("visibility", ""))
        if visibility not in ("draft", "public", "gone"):
            raise No(400, "visibility is draft, public or gone")
        if visibility == "draft" and not self.drafts:
            raise No(422, "no drafts are kept here")
        return visibility

    def _head(self, blog: str, ref: str, fits: str) -> sqlite3.Row:
        found: sqlite3.Row | None = self._db.execute(
            "SELECT v.* FROM head h JOIN version v ON v.n = h.n WHERE h.ref = ? AND h.blog = ?",
            (ref, blog),
        ).fetchone()
        if found is None:
            raise No(404, "no such entry")
        if fits and self.versions and fits != str(found["n"]):
            raise No(412, "somebody changed it")
        return found

    def _again(self, there: sqlite3.Row, visibility: str, author: str, body: Row) -> Row:
        was = bool(there["was_public"])
        return self._keep(there["ref"], there["blog"], there["key"], visibility, author, was, body)

    def _keep(
        self,
        ref: str,
        blog: str,
        key: str,
        visibility: str,
        author: str,
        was_public: bool,
        body: Row,
        made: int = 0,
    ) -> Row:
        public = was_public or visibility == "public"
        n = self._db.execute(
            "INSERT INTO version (at, blog, ref, key, visibility, author, was_public, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (time.time(), blog, ref, key, visibility, author, public, json.dumps(body)),
        ).lastrowid
        if made:
            self._db.execute(
                "INSERT INTO head VALUES (?, ?, ?, ?, ?, ?)", (ref, made, n, blog, key, visibility)
            )
        else:
            self._db.execute(
                "UPDATE head SET n = ?, visibility = ? WHERE ref = ?", (n, visibility, ref)
            )
        self._note(blog, key)
        return self._row(self._head(blog, ref, ""))

    def _note(self, blog: str, key: str) -> None:
        """What readers see of a key from this instant on, and which of its photos are not there."""
        seen = [each for each in self.of(blog, key) if each["visibility"] == "public"]
        missing = [
            file["name"]
            for each in seen
            for file in each.get("media", [])
            if self.file(blog, file["name"]) is None
        ]
        self._db.execute(
            "INSERT INTO shown (at, blog, key, digests, refs, missing) VALUES (?, ?, ?, ?, ?, ?)",
            (
                time.time(),
                blog,
                key,
                json.dumps([each["digest"] for each in seen]),
                json.dumps([each["ref"] for each in seen]),
                json.dumps(missing),
            ),
        )

    def _row(self, version: sqlite3.Row) -> Row:
        return {**json.loads(version["body"]), **self._short(version)}

    def _short(self, version: sqlite3.Row) -> Row:
        place = f"{self.address}/read/{version['blog']}/{version['ref']}"
        return {
            "ref": version["ref"],
            "key": version["key"],
            "version": str(version["n"]),
            "visibility": version["visibility"],
            "author": version["author"],
            "url": place if version["visibility"] == "public" else "",
        }

    def _next(self, name: str) -> int:
        """Numbers that are never used again."""
        self._db.execute(
            "INSERT INTO count VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET n = n + 1", (name,)
        )
        found: int = self._db.execute("SELECT n FROM count WHERE name = ?", (name,)).fetchone()[0]
        return found

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
