"""Reading and writing within one transaction, a module for each group of tables."""

from __future__ import annotations

from db.transaction.accounts import Accounts
from db.transaction.blogs import Blogs
from db.transaction.entries import Entries
from db.transaction.ledger import Ledger
from db.transaction.media import Media
from db.transaction.records import Records
from db.transaction.snapshots import Snapshots


class SqliteTransaction(Blogs, Entries, Media, Snapshots, Accounts, Ledger, Records):
    """``editor.ports.Transaction`` on a connection whose transaction has begun."""
