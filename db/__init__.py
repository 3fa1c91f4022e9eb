"""The memory: one SQLite file per profile. The only folder that knows SQLAlchemy, Alembic and sqlite3."""
