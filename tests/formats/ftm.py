"""FollowTheMoney's own library takes every entity, and its links lead to what they may."""
import json
import re
import sys

from common import Checker, details, nodes_of
from followthemoney import model

WANTED = """Ann Smith owns Acme Corp

Ann Smith works for Zeta Group

Zeta Group is a subsidiary of Acme Corp

Ann Smith married Bob Jones

Bob Jones is the chief executive of Acme Corp

Bob Jones did not buy Zeta Group

Bob Jones may buy Zeta Group
"""


def read(check, what, made):
    entities, raw = {}, {}
    for line in made.decode().split("\n")[:-1]:
        data = json.loads(line)
        proxy = model.get_proxy(data, cleaned=False)
        check.expect(f"{what}: no id twice", data["id"] in entities, False)
        check.expect(f"{what}: schema", proxy.schema.abstract, False)
        for name, values in data["properties"].items():
            check.expect(f"{what}: {data['schema']} has {name}", name in proxy.schema.properties,
                         True)
            longest = proxy.schema.properties[name].max_length
            check.expect(f"{what}: {name} is short", len(values[0]) <= longest or
                         name in ("summary", "description"), True)
        for name in proxy.schema.required:
            check.expect(f"{what}: {data['schema']} needs {name}", bool(proxy.get(name)), True)
        entities[data["id"]], raw[data["id"]] = proxy, data["properties"]
    return entities, raw


def check_links(check, what, entities):
    for proxy in entities.values():
        for prop, value in proxy.itervalues():
            if prop.range and prop.type.name == "entity":
                check.expect(f"{what}: {prop.name} leads to a {prop.range.name}",
                             entities[value].schema.is_a(prop.range), True)


def check_texts(check, what, raw, edges):
    """As they are written: the library itself takes controls out."""
    names = [told["name"][0] for id_, told in raw.items() if re.fullmatch("n[0-9a-f]{16}", id_)]
    check.expect(f"{what}: names", [name for name in names if name[0] != "("],
                 [label[:384] for label, _ in nodes_of(edges) if label.strip()])
    for edge in edges:
        link = raw["t" + edge["id"]]
        check.expect(f"{what}: quote", link.get("summary", [""]), [edge["evidence"]])
        told = link["description"][0]
        wanted = {name: value for name, value in details(edge).items() if name != "evidence"}
        for name, value in wanted.items():
            text = f"{value:.2f}" if isinstance(value, float) else str(value)
            check.expect(f"{what}: {name}", f"{name}={text}" in told, True)
        if edge["doc"].strip():
            check.expect(f"{what}: proof", raw[link["proof"][0]]["fileName"],
                         [edge["doc"][:1024]])


def check_mapping(check):
    path = check.folder / "wanted.txt"
    path.write_text(WANTED, encoding="utf-8")
    entities, _ = read(check, "mapping", check.draw("ftm", path))
    got = set()
    for proxy in entities.values():
        if proxy.schema.edge:
            ends = [entities[proxy.first(end)].caption for end in
                    (proxy.schema.edge_source, proxy.schema.edge_target)]
            role = proxy.first("role", quiet=True) or proxy.first("relationship", quiet=True)
            got.add((proxy.schema.name, *ends, role))
    for link in [("Ownership", "Ann Smith", "Acme Corp", "owns"),
                 ("Employment", "Ann Smith", "Zeta Group", "works-for"),
                 ("Ownership", "Acme Corp", "Zeta Group", "subsidiary-of"),
                 ("Family", "Ann Smith", "Bob Jones", "marries"),
                 ("Directorship", "Bob Jones", "Acme Corp", "ceo-of"),
                 ("UnknownLink", "Bob Jones", "Zeta Group", "not acquires"),
                 ("UnknownLink", "Bob Jones", "Zeta Group", "acquires")]:
        check.expect(f"mapping: {link} in {sorted(got)}", link in got, True)


def main():
    check = Checker(sys.argv[1])
    for name, files in check.sets():
        entities, raw = read(check, name, check.draw("ftm", *files))
        check_links(check, name, entities)
        check_texts(check, name, raw, check.truth(files))
    check_mapping(check)
    check.end()


main()
