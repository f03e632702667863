#!/usr/bin/env python3
"""merge.py IN OUT - the records of `relgraph filter`, IN/**/*.jsonl, merged on one machine by DuckDB.

Writes Parquet: OUT/docs (one row a document), OUT/triples (one row a subject, relation and object
of all documents, with counts and where it is said first), OUT/entities (who is who in all
documents), OUT/names (what each label came to) and OUT/errors. docs/scale.md says more. Needs the Python package duckdb.
"""
import argparse
import json
import pathlib
import shutil
import sys

import duckdb

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import merge_entities as shared  # noqa: E402  (found by the line above)

TYPES = {"string": "VARCHAR", "int": "INTEGER", "double": "DOUBLE"}
MOST_LINE = 256 << 20  # bytes of JSON for one document


def quote(text):
    return "'" + str(text).replace("'", "''") + "'"


def struct(fields):
    return "STRUCT(" + ", ".join(f'"{name}" {TYPES[kind]}' for name, kind in fields) + ")"


class Duck:
    def __init__(self, out):
        self.out, self.db = out, duckdb.connect()
        self.db.execute("SET enable_progress_bar = false")
        self.db.execute(f"SET temp_directory = {quote(out / 'spill')}")
        self.words = {
            "explode": "unnest",
            "first": "struct_pack(" + ", ".join(f'"{c}" := t."{c}"' for c in shared.FIRST) + ")"}

    def read(self, files):
        entity = f"STRUCT(entity VARCHAR, type VARCHAR, mentions {struct(shared.MENTION)}[])"
        columns = {"id": "VARCHAR", "error": "VARCHAR", "v": "VARCHAR",
                   "triples": struct(shared.TRIPLE) + "[]", "entities": entity + "[]"}
        spec = ", ".join(f"{name}: {quote(kind)}" for name, kind in columns.items())
        self.copy("docs", f"SELECT id, error, triples, entities, v FROM read_json({quote(files)}, "
                  f"format = 'newline_delimited', maximum_object_size = {MOST_LINE}, "
                  f"columns = {{{spec}}})")
        self.db.execute(f"CREATE VIEW docs AS FROM {quote(self.out / 'docs/*.parquet')}")

    def view(self, name, sql):
        # DuckDB wants "end" quoted, and Spark does not know those quotes
        sql = sql.format(**self.words).replace("t.end", 't."end"')
        self.db.execute(f"CREATE TEMP TABLE {name} AS {sql}")

    def rows(self, sql):
        return self.db.execute(sql).fetchall()

    def table(self, name, columns, rows):
        """Through a file: rows one by one are slow."""
        path = self.out / f"{name}.jsonl"
        kinds = ", ".join(f"{c}: {quote('INTEGER' if c in shared.NUMBERS else 'VARCHAR')}" for c in columns)
        with open(path, "w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(dict(zip(columns, row))) + "\n")
        self.db.execute(f"CREATE TEMP TABLE {name} AS FROM read_json({quote(path)}, "
                        f"format = 'newline_delimited', columns = {{{kinds}}})")
        path.unlink()

    def write(self, name, sql):
        self.copy(name, sql.format(**self.words))

    def copy(self, name, sql):
        folder = self.out / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.db.execute(f"COPY ({sql}) TO {quote(folder / 'part-0.parquet')} (FORMAT parquet)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("records", type=pathlib.Path, metavar="IN")
    parser.add_argument("out", type=pathlib.Path, metavar="OUT")
    parser.add_argument("--mixed", action="store_true", help="merge records of several versions")
    args = parser.parse_args()
    if not any(args.records.rglob("*.jsonl")):
        raise SystemExit(f"{args.records}: no *.jsonl in it")
    args.out.mkdir(parents=True, exist_ok=True)
    engine = Duck(args.out)
    engine.read(args.records / "**/*.jsonl")
    shared.refuse_mixed(engine.rows(shared.VERSIONS), args.mixed)
    shared.merge(engine)
    shutil.rmtree(args.out / "spill", ignore_errors=True)


if __name__ == "__main__":
    main()
