"""CSV and TSV in DuckDB and Python; Neo4j's CSV in DuckDB, and loaded into a graph database."""
import csv
import io
import re
import sys

import duckdb
import kuzu
from common import Checker, details, escape, nodes_of

COLUMNS = ["subject", "relation", "object", "subject_type", "object_type", "polarity",
           "modality", "source", "qualifiers", "confidence", "rule", "doc", "sentence", "start",
           "end", "subject_text", "relation_text", "object_text", "evidence"]


def value_of(edge, column):
    value = edge[column]
    if column == "qualifiers":
        return "; ".join(f'{escape(q["key"])}={escape(q["value"])}' for q in value)
    if column == "confidence":
        return f"{value:.2f}"
    return "" if value == -1 else str(value)


def read_duckdb(check, made, options):
    """Rows of text. NUL is not for DuckDB: it reads what it is given without."""
    path = check.folder / "made.csv"
    path.write_bytes(made.replace(b"\0", b""))
    rows = duckdb.sql(f"select * from read_csv('{path}', all_varchar=true, header=true, "
                      f"parallel=false, nullstr='\x02', {options})")
    return rows.columns, [[cell or "" for cell in row] for row in rows.fetchall()]


def without_nul(rows):
    return [[cell.replace("\0", "") for cell in row] for row in rows]


def guard(text):
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") and text else text


def check_csv(check, what, files, edges):
    wanted = [[value_of(edge, column) for column in COLUMNS] for edge in edges]
    made = check.draw("csv", *files)
    rows = list(csv.reader(io.StringIO(made.decode(), newline=""), strict=True))
    check.expect(f"{what}: header", rows[0], COLUMNS)
    check.expect(f"{what}: Python", [r for r in rows[1:] if r[2]], wanted)
    safe = check.draw("csv-safe", *files).decode()
    rows = list(csv.reader(io.StringIO(safe, newline=""), strict=True))
    check.expect(f"{what}: guarded", [r for r in rows[1:] if r[2]],
                 [[guard(cell) for cell in row] for row in wanted])
    columns, rows = read_duckdb(check, made, "delim=',', quote='\"', escape='\"', "
                                             "new_line='\\r\\n', strict_mode=false")
    check.expect(f"{what}: columns", columns, COLUMNS)
    check.expect(f"{what}: DuckDB", [r for r in rows if r[2]], without_nul(wanted))


def unescape(text):
    return re.sub(r"\\([tnr\\])", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], "\\"),
                  text)


def check_tsv(check, what, files, edges):
    wanted = [[value_of(edge, column) for column in COLUMNS] for edge in edges]
    columns, rows = read_duckdb(check, check.draw("tsv", *files),
                                "delim='\t', quote='', escape='', new_line='\\n'")
    check.expect(f"{what}: columns", columns, COLUMNS)
    rows = [[unescape(cell) for cell in row] for row in rows if row[2]]
    check.expect(f"{what}: DuckDB", rows, without_nul(wanted))


def word(text):
    text = re.sub("[^A-Za-z0-9]", "_", text.encode().decode("latin-1"))
    return "_" + text if text[:1].isdigit() or not text else text


def check_neo4j(check, what, files, edges):
    folder = check.folder / what
    check.run("draw", "-f", "neo4j-csv", "-o", folder, *files)
    check.expect(f"{what}: files", sorted(p.name for p in folder.iterdir()),
                 ["nodes.csv", "relationships.csv"])
    options = "delim=',', quote='\"', escape='\"', new_line='\\n', strict_mode=false"
    columns, nodes = read_duckdb(check, (folder / "nodes.csv").read_bytes(), options)
    check.expect(f"{what}: columns", columns, ["id:ID", "name", "type", "degree:int", ":LABEL"])
    check.expect(f"{what}: nodes", [row[1:3] for row in nodes],
                 without_nul(nodes_of(edges)))
    names = {row[0]: row[1] for row in nodes}
    check.expect(f"{what}: ids", len(names), len(nodes))
    columns, rows = read_duckdb(check, (folder / "relationships.csv").read_bytes(), options)
    check.expect(f"{what}: columns", columns[:4], [":START_ID", ":END_ID", ":TYPE", "id"])
    for row, edge in zip(rows, edges, strict=True):
        check.expect(f"{what}: ends", without_nul([[names[row[0]], names[row[1]]]]),
                     without_nul([[edge["subject"], edge["object"]]]))
        check.expect(f"{what}: type", row[2], word(edge["relation"]).upper())
        told = {name.split(":")[0]: cell for name, cell in zip(columns[4:], row[4:]) if cell}
        wanted = {name: f"{value:.2f}" if isinstance(value, float) else str(value)
                  for name, value in details(edge).items()}
        check.expect(f"{what}: {edge['id']}", told,
                     {n: v.replace("\0", "") for n, v in wanted.items() if v != "\0"})
    return folder


def check_load(check, folder, edges):
    """A graph database takes the files as they are."""
    database = kuzu.Connection(kuzu.Database(":memory:"))
    database.execute("CREATE NODE TABLE Entity(id STRING PRIMARY KEY, name STRING, type STRING, "
                     "degree INT64, labels STRING)")
    head = (folder / "relationships.csv").read_text(encoding="utf-8").split("\n")[0].split(",")
    types = {"": "STRING", "int": "INT64", "double": "DOUBLE"}
    columns = [name.partition(":") for name in head[2:]]
    table = ", ".join(f"`{name or 'type'}` {types.get(kind, 'STRING')}"
                      for name, _, kind in columns)
    database.execute(f"CREATE REL TABLE Tie(FROM Entity TO Entity, {table})")
    for name, file in (("Entity", "nodes"), ("Tie", "relationships")):
        database.execute(f"COPY {name} FROM '{folder / file}.csv' (HEADER=true, PARALLEL=false)")
    found = database.execute("MATCH (a:Entity)-[t:Tie]->(b:Entity) "
                             "RETURN a.name, t.relation, b.name, t.evidence")
    got = []
    while found.has_next():
        got.append(found.get_next())
    check.expect("loaded", sorted(map(str, got)), sorted(
        str([e["subject"], e["relation"], e["object"], e["evidence"]]) for e in edges))


def main():
    check = Checker(sys.argv[1])
    for name, files in check.sets():
        edges = check.truth(files)
        check_csv(check, f"{name}.csv", files, edges)
        check_tsv(check, f"{name}.tsv", files, edges)
        folder = check_neo4j(check, f"{name}.neo4j", files, edges)
        if name == "samples":
            check_load(check, folder, edges)
    check.run("draw", "-f", "neo4j-csv", check.hostile, code=2)
    check.end()


main()
