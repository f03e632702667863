"""Every row of a store, for tests that compare two of them."""
import sqlite3


def dump(path):
    """Every row of every table, in order; what a killed writer left in the log is taken in."""
    store = sqlite3.connect(f"file:{path}?mode=rw", uri=True)
    assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)], path
    rows = []
    for (table,) in store.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall():
        rows += sorted((table, *map(repr, row)) for row in store.execute(f"SELECT * FROM {table}"))
    store.close()
    return rows
