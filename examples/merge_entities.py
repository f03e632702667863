"""merge_entities.py - what the merge on Spark and the one with DuckDB share: their SQL, and who is
who in all documents.

Things with the same label, whatever its case, and the same type are one. So are two of one type
if documents show it: where a text calls the thing labelled L also by the name S, it shows that S
is a name of L. At least LEAST_SUPPORT documents have to show that, SHARE percent of those that
show S as a name of anything with another label, and SHARE percent of those that either show it
or have S and L as two things; else S stays what it is. Spelling shows nothing. A thing has at most MOST_NAMES labels and names; of what would make it larger the least
supported is left out and told.

Both merges end in the same rows: each aggregate is one whose result does not depend on the order
or the portions in which rows come, so it is no matter who did which part, or did it twice.
"""

LEAST_SUPPORT = 2
SHARE = 80  # percent
MOST_NAMES = 200

# What of a record of `relgraph filter` is kept; more of its keys may be added here.
TRIPLE = [("subject", "string"), ("relation", "string"), ("object", "string"),
          ("subject_type", "string"), ("object_type", "string"), ("polarity", "string"),
          ("modality", "string"), ("source", "string"), ("confidence", "double"),
          ("rule", "string"), ("sentence", "int"), ("start", "int"), ("end", "int"),
          ("subject_text", "string"), ("relation_text", "string"), ("object_text", "string"),
          ("evidence", "string"), ("id", "string")]
MENTION = [("start", "int"), ("end", "int"), ("text", "string"), ("kind", "string"),
           ("pass", "string"), ("evidence", "string"), ("share", "double")]

# Columns of tables made here that are numbers; the others are text.
NUMBERS = ("node", "name", "whole", "support")

# {explode} makes rows of a list, {first} a struct of the columns of FIRST.
FIRST = ["doc", "sentence", "start", "end", "subject_text", "relation_text", "object_text",
         "rule", "evidence"]
VIEWS = {
    "triple": """
        SELECT doc, t.subject, t.subject_type, t.relation, t.object, t.object_type, t.polarity,
               t.modality, t.sentence, t.start, t.end, t.subject_text, t.relation_text,
               t.object_text, t.rule, t.evidence
        FROM (SELECT id AS doc, {explode}(triples) AS t FROM docs WHERE error IS NULL) AS x""",
    "mention": """
        SELECT doc, e.entity AS label, e.type AS type, m.text AS name, m.kind AS kind
        FROM (SELECT doc, e, {explode}(e.mentions) AS m
              FROM (SELECT id AS doc, {explode}(entities) AS e FROM docs
                    WHERE error IS NULL) AS x) AS y""",
}
NAMES = """
    SELECT label, type FROM mention UNION SELECT name, type FROM mention WHERE kind = 'name'"""
LABELS = "SELECT label, type, count(DISTINCT doc) AS documents FROM mention GROUP BY label, type"
NODES = """
    SELECT n.node, count(DISTINCT m.doc) AS documents
    FROM mention AS m JOIN node AS n ON n.label = m.label AND n.type = m.type GROUP BY n.node"""
ALIASES = """
    SELECT a.node AS name, b.node AS whole, count(DISTINCT m.doc) AS support
    FROM mention AS m JOIN node AS a ON a.label = m.name AND a.type = m.type
         JOIN node AS b ON b.label = m.label AND b.type = m.type
    WHERE m.kind = 'name' AND a.node <> b.node GROUP BY a.node, b.node"""
# Documents in which both are things, each for itself.
APART = """
    SELECT p.name, p.whole, count(DISTINCT m.doc) AS documents
    FROM pair AS p JOIN node AS a ON a.node = p.name JOIN node AS b ON b.node = p.whole
         JOIN mention AS m ON m.label = a.label AND m.type = a.type
         JOIN mention AS o ON o.doc = m.doc AND o.label = b.label AND o.type = b.type
    GROUP BY p.name, p.whole"""
# The tables that come out; `canon` is label, type, entity.
TABLES = {
    "triples": """
        SELECT coalesce(s.entity, t.subject) AS subject, t.subject_type, t.relation,
               coalesce(o.entity, t.object) AS object, t.object_type,
               count(*) AS n, count(DISTINCT t.doc) AS documents,
               count(*) FILTER (WHERE t.polarity = 'affirmed') AS affirmed,
               count(*) FILTER (WHERE t.polarity = 'negated') AS negated,
               count(*) FILTER (WHERE t.modality = 'asserted') AS asserted,
               min({first}) AS first
        FROM triple AS t
             LEFT JOIN canon AS s ON s.label = t.subject AND s.type = t.subject_type
             LEFT JOIN canon AS o ON o.label = t.object AND o.type = t.object_type
        GROUP BY 1, 2, 3, 4, 5""",
    "entities": """
        SELECT c.entity, m.type, count(DISTINCT m.doc) AS documents, count(*) AS mentions,
               array_sort(array_agg(DISTINCT m.label)) AS labels, min(m.doc) AS first
        FROM mention AS m JOIN canon AS c ON c.label = m.label AND c.type = m.type
        GROUP BY c.entity, m.type""",
    "names": "SELECT label, type, entity FROM canon",
    "errors": "SELECT id, error, v FROM docs WHERE error IS NOT NULL",
}
VERSIONS = "SELECT v, count(*) AS documents FROM docs GROUP BY v ORDER BY v"


def number_names(names):
    """Of (label, type) rows those of (label, type, node): one node a label in any case."""
    keys = sorted({(label.lower(), type_) for label, type_ in names})
    nodes = {key: number for number, key in enumerate(keys)}
    return [(label, type_, nodes[label.lower(), type_]) for label, type_ in sorted(names)]


def find_pairs(aliases):
    """Of (name, whole, support) rows those in which the name is hardly one of anything else."""
    totals = {}
    for name, _, support in aliases:
        totals[name] = totals.get(name, 0) + support
    return sorted((name, whole, support) for name, whole, support in aliases
                  if support >= LEAST_SUPPORT and support * 100 >= totals[name] * SHARE)


def unite(count, pairs):
    """The root of each of so many nodes, and the pairs left out because a thing grew too large."""
    parents, sizes, left_out = list(range(count)), [1] * count, []

    def root(node):
        while parents[node] != node:
            parents[node] = node = parents[parents[node]]
        return node

    for name, whole, support in sorted(pairs, key=lambda pair: (-pair[2], pair)):
        one, other = sorted((root(name), root(whole)))
        if one != other and sizes[one] + sizes[other] > MOST_NAMES:
            left_out.append((name, whole, support))
        elif one != other:
            parents[other] = one
            sizes[one] += sizes[other]
    return [root(node) for node in range(count)], left_out


def name_things(nodes, labels, node_documents, roots):
    """(label, type, entity) rows: each thing goes by its node in the most documents, then the
    longest, then the first in order; and by that label of the node which most documents have."""
    node_of = {(label, type_): node for label, type_, node in nodes}
    spelling, entity = {}, {}
    for label, type_, documents in labels:
        node, rank = node_of[label, type_], (-documents, -len(label), label)
        spelling[node] = min(spelling.get(node, rank), rank)
    for node, (_, _, label) in spelling.items():
        rank = (-node_documents[node], -len(label), label)
        entity[roots[node]] = min(entity.get(roots[node], rank), rank)
    return sorted((label, type_, entity[roots[node_of[label, type_]]][2])
                  for label, type_, _ in labels)


def merge(engine):
    """Makes the tables. An engine reads rows of SQL, knows rows or SQL as a view, writes a table."""
    for name, sql in VIEWS.items():
        engine.view(name, sql)
    nodes = number_names(engine.rows(NAMES))
    engine.table("node", ["label", "type", "node"], nodes)
    pairs = find_pairs(engine.rows(ALIASES))
    engine.table("pair", ["name", "whole", "support"], pairs)
    apart = {(name, whole): documents for name, whole, documents in engine.rows(APART)}
    pairs = [(name, whole, support) for name, whole, support in pairs
             if support * 100 >= (support + apart.get((name, whole), 0)) * SHARE]
    roots, left_out = unite(len({node for _, _, node in nodes}), pairs)
    canon = name_things(nodes, engine.rows(LABELS), dict(engine.rows(NODES)), roots)
    engine.table("canon", ["label", "type", "entity"], canon)
    labels = {node: (label, type_) for label, type_, node in nodes}
    for name, whole, support in left_out:
        print(f"left apart, for there would be more than {MOST_NAMES} names: "
              f"{labels[name]} and {labels[whole]}, {support} documents")
    for name, sql in TABLES.items():
        engine.write(name, sql)


def refuse_mixed(versions, allowed):
    """Records of other programs, models or rules are not merged unawares."""
    for version, documents in versions:
        print(f"{documents} documents by {version}")
    if len(versions) > 1 and not allowed:
        raise SystemExit("records of several versions: filter again what is old, or say --mixed")
