#!/usr/bin/env python3
"""spark-submit relgraph_spark.py IN OUT "relgraph filter --isolate" - the whole of it on Spark.

IN is a folder (or a pattern) of JSON lines {"id", "text"}. Writes Parquet: OUT/docs (one row a
document), OUT/triples (one row a subject, relation and object of all documents, with counts and
where it is said first), OUT/entities (who is who in all documents), OUT/names (what each label
came to) and OUT/errors; OUT/work may be removed. The filter runs once, for OUT/docs; --merge-only
makes the others again from that. docs/scale.md says more.
"""
import argparse
import json
import pathlib
import sys

from pyspark.sql import SparkSession, functions

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import merge_entities as shared  # noqa: E402  (found by the line above)


PORTION = 100_000  # rows that go from the driver at once


def struct(fields):
    return "struct<" + ", ".join(f"{name}: {kind}" for name, kind in fields) + ">"


RECORD = (f"id string, error string, triples array<{struct(shared.TRIPLE)}>, entities "
          f"array<struct<entity: string, type: string, mentions: array<{struct(shared.MENTION)}>>>, "
          "v string")


class Spark:
    def __init__(self, session, out):
        self.session, self.out = session, out
        first = ", ".join(f"'{c}', t.{c}" for c in shared.FIRST)
        self.words = {"explode": "explode", "first": f"named_struct({first})"}

    def view(self, name, sql):
        self.session.sql(sql.format(**self.words)).createOrReplaceTempView(name)

    def rows(self, sql):
        return [tuple(row) for row in self.session.sql(sql).collect()]

    def table(self, name, columns, rows):
        """Through files, which outlive an executor, and without Python on the executors."""
        path = f"{self.out}/work/{name}"
        kinds = struct([(c, "int" if c in shared.NUMBERS else "string") for c in columns])
        for at in range(0, max(len(rows), 1), PORTION):
            text = json.dumps([dict(zip(columns, row)) for row in rows[at:at + PORTION]])
            part = self.session.sql(f"SELECT inline(from_json(:rows, 'array<{kinds}>'))",
                                    args={"rows": text})
            part.write.mode("append" if at else "overwrite").parquet(path)
        self.session.read.parquet(path).createOrReplaceTempView(name)

    def write(self, name, sql):
        table = self.session.sql(sql.format(**self.words))
        table.write.mode("overwrite").parquet(f"{self.out}/{name}")

    def filter(self, records, command):
        """TRANSFORM pipes rows through the program, from the JVM; a task whose program ends with
        another exit code than 0 fails, and is done again."""
        # only the line feed ends a line, as it does for the program
        lines = self.session.read.option("lineSep", "\n").text(records)
        lines.createOrReplaceTempView("records")
        quoted = command.replace("\\", "\\\\").replace("'", "\\'")
        lines = self.session.sql(
            f"SELECT TRANSFORM(value) USING '{quoted}' AS (line STRING) FROM records")
        docs = lines.select(functions.from_json("line", RECORD).alias("d")).select("d.*")
        docs.write.mode("overwrite").parquet(f"{self.out}/docs")


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("records", metavar="IN")
    parser.add_argument("out", metavar="OUT")
    parser.add_argument("command", metavar="COMMAND")
    parser.add_argument("--split", default="16m", metavar="BYTES",
                        help="of text for one process of the program (16m)")
    parser.add_argument("--merge-only", action="store_true", help="take OUT/docs as it is")
    parser.add_argument("--mixed", action="store_true", help="merge records of several versions")
    return parser.parse_args()


def main():
    args = read_arguments()
    session = (SparkSession.builder.appName("relgraph")
               .config("spark.sql.files.maxPartitionBytes", args.split)
               .config("spark.sql.files.openCostInBytes", "0").getOrCreate())
    engine = Spark(session, args.out)
    if not args.merge_only:
        engine.filter(args.records, args.command)
    session.read.parquet(f"{args.out}/docs").createOrReplaceTempView("docs")
    shared.refuse_mixed(engine.rows(shared.VERSIONS), args.mixed)
    shared.merge(engine)
    session.stop()


if __name__ == "__main__":
    main()
