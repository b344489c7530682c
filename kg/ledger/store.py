"""The SQLite file itself: opening, versions, transactions, and what can be wrong with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.ledger.log import compact
from kg.ledger.writing import catch_up, resolve_anew
from ontology.errors import StoreError

APPLICATION_ID = 0x79626B67
WAIT_SECONDS = 5.0

FIRST_VERSION = """
CREATE TABLE documents (
  id TEXT PRIMARY KEY, source TEXT NOT NULL, title TEXT NOT NULL, publisher TEXT NOT NULL, date TEXT NOT NULL,
  origin TEXT NOT NULL, content_hash TEXT NOT NULL, rules TEXT NOT NULL, text TEXT NOT NULL,
  first_seen TEXT NOT NULL, changed_at TEXT NOT NULL
);
CREATE TABLE claims (
  document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, kind TEXT NOT NULL, id TEXT NOT NULL,
  subject TEXT, predicate TEXT, object TEXT, body TEXT NOT NULL
);
CREATE INDEX claims_id ON claims(kind, id);
CREATE INDEX claims_document ON claims(document);
CREATE INDEX claims_subject ON claims(subject) WHERE subject IS NOT NULL;
CREATE INDEX claims_object ON claims(object) WHERE object IS NOT NULL;
CREATE TABLE names (
  document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, folded TEXT NOT NULL, entity TEXT NOT NULL
);
CREATE INDEX names_folded ON names(folded, entity);
CREATE INDEX names_document ON names(document);
CREATE TABLE mentions (
  document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, entity TEXT NOT NULL,
  start INTEGER NOT NULL, stop INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX mentions_entity ON mentions(entity);
CREATE INDEX mentions_document ON mentions(document);
CREATE TABLE events (
  sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, document TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
  before TEXT, after TEXT
);
CREATE INDEX events_id ON events(id);
CREATE TABLE roots (path TEXT PRIMARY KEY);
"""

PAGES = "ALTER TABLE documents ADD COLUMN pages TEXT NOT NULL DEFAULT ''"

IDENTITY = """
DROP INDEX claims_subject;
DROP INDEX claims_object;
CREATE INDEX claims_subject ON claims(subject, kind, predicate) WHERE subject IS NOT NULL;
CREATE INDEX claims_object ON claims(object, kind, predicate) WHERE object IS NOT NULL;
CREATE TABLE profiles (id INTEGER PRIMARY KEY, space TEXT NOT NULL, body TEXT NOT NULL UNIQUE, entity TEXT NOT NULL);
CREATE TABLE profile_keys (key TEXT NOT NULL, profile INTEGER NOT NULL, PRIMARY KEY (key, profile)) WITHOUT ROWID;
CREATE INDEX profile_keys_profile ON profile_keys(profile);
CREATE TABLE referents (
  document TEXT NOT NULL, local TEXT NOT NULL, profile INTEGER NOT NULL, PRIMARY KEY (document, local)
) WITHOUT ROWID;
CREATE INDEX referents_profile ON referents(profile);
CREATE INDEX referents_local ON referents(local);
CREATE INDEX profiles_entity ON profiles(entity);
CREATE TABLE judgements (
  id TEXT PRIMARY KEY, verdict TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, documents TEXT NOT NULL,
  why TEXT NOT NULL, "by" TEXT NOT NULL, at TEXT NOT NULL
);
ALTER TABLE claims ADD COLUMN said TEXT;
ALTER TABLE mentions ADD COLUMN said TEXT;
"""

FILES = """
CREATE TABLE files (
  path TEXT PRIMARY KEY, digest TEXT NOT NULL, rules TEXT NOT NULL, documents TEXT NOT NULL, failures TEXT NOT NULL
);
"""

REVISION = """
CREATE TABLE revision (value TEXT NOT NULL);
INSERT INTO revision VALUES (lower(hex(randomblob(16))));
CREATE TABLE views (id TEXT PRIMARY KEY, state TEXT NOT NULL);
"""
"""`revision` is another after every change; `views` keeps what was noted about the view in each database."""

FOOTINGS = """
CREATE TABLE footings (document TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, body BLOB NOT NULL);
"""
"""What the reading of each document asked of rules and lists; a document without is one of an older version."""

LOG = "ALTER TABLE events ADD COLUMN digest TEXT NOT NULL DEFAULT ''"
"""Events no longer keep edges and deals whole; `digest` is that of how each stands after one."""

LOOK_UPS = """
CREATE INDEX claims_called ON claims(id, json_extract(body, '$.name', '$.none')) WHERE kind = 'entity';
CREATE INDEX claims_onward ON claims(subject, kind, object) WHERE subject IS NOT NULL;
CREATE INDEX claims_back ON claims(object, kind, subject) WHERE object IS NOT NULL;
"""
"""What entities are called and who is tied to whom, without reading all that is said."""

MIGRATIONS: tuple[str, ...] = (FIRST_VERSION, PAGES, IDENTITY, FILES, REVISION, FOOTINGS, LOG, LOOK_UPS)
AFTER: dict[str, Callable[[sqlite3.Connection], None]] = {IDENTITY: resolve_anew, LOG: compact}
"""What has to be done once a script has run."""
AT_LAST: dict[str, Callable[[sqlite3.Connection], None]] = {IDENTITY: catch_up}
"""What has to be done once all have run."""


def connect(path: Path, create: bool) -> sqlite3.Connection:
    """Open the store at `path`, bring it to this version and return the connection.

    Raises StoreError when it is missing (and not to be created), locked, newer, or no store.
    """
    if not create and not path.is_file():
        raise StoreError("no store", str(path), "run `kg build PATH` first or name one with --store")
    with explained(path):
        connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            prepare(connection, path, create)
        except BaseException:
            connection.close()
            raise
    return connection


def prepare(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    """Check that the file is a store of a version known here, and migrate it."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")  # with WAL, a power cut may cost the last documents, no more
    is_empty = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not is_empty and pragma(connection, "application_id") != APPLICATION_ID:
        raise StoreError("not a store of this program", str(path), "name another file with --store")
    if is_empty and not create:
        raise StoreError("empty store", str(path), "run `kg build PATH` first")
    version = pragma(connection, "user_version")
    if version > len(MIGRATIONS):
        raise StoreError(f"store of version {version}, newer than {len(MIGRATIONS)}", str(path), "update yanbao-kg")
    if version < len(MIGRATIONS):
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection)


def migrate(connection: sqlite3.Connection) -> None:
    """Run the migrations the store has not seen, all in one transaction."""
    with transaction(connection):
        pending = MIGRATIONS[pragma(connection, "user_version") :]
        for script in pending:
            for statement in filter(str.strip, script.split(";")):
                connection.execute(statement)
            if script in AFTER:
                AFTER[script](connection)
        for script in pending:
            if script in AT_LAST:
                AT_LAST[script](connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def pragma(connection: sqlite3.Connection, name: str) -> int:
    """The value of an integer pragma."""
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Take the write lock; commit at the end, roll back on any error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite into StoreError with what, where and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """The StoreError that says what an SQLite error means for the user."""
    message = str(error)
    if "locked" in message:
        return StoreError("store locked by another writer", str(path), "wait until it is done and run again")
    if "not a database" in message:
        return StoreError("not a store of this program", str(path), "name another file with --store")
    if "unable to open" in message:
        return StoreError("store cannot be opened", str(path), "check that the folder exists and can be written")
    if "readonly" in message:
        return StoreError("store is read-only", str(path), "check the permissions of the file and its folder")
    return StoreError(f"store damaged or unreadable: {message}", str(path), "build it anew from its documents")
