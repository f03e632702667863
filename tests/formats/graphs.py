"""GraphML and GEXF, read by networkx and igraph; Cytoscape's JSON, read as such."""
import io
import json
import re
import sys
import xml.etree.ElementTree as tree

import igraph
import networkx
from common import Checker, details, nodes_of

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def clean(value):
    """What XML cannot hold is U+FFFD."""
    return NO_XML.sub("\ufffd", value) if isinstance(value, str) else value


def compare(check, what, got, edges, text=clean):
    """got: id -> (label of source, label of target, details)."""
    check.expect(f"{what}: ids", sorted(got), sorted("t" + e["id"] for e in edges))
    for edge in edges:
        source, target, told = got["t" + edge["id"]]
        check.expect(f"{what}: ends", (source, target),
                     (text(edge["subject"]), text(edge["object"])))
        wanted = {name: text(value) for name, value in details(edge).items()}
        check.expect(f"{what}: {edge['id']}", told, wanted)


def check_nodes(check, what, got, edges, text=clean):
    wanted = [(text(label), text(kind)) for label, kind in nodes_of(edges)]
    check.expect(f"{what}: nodes", [(n["label"], n.get("type", "")) for n in got], wanted)


def check_structure(check, what, made, space):
    root = tree.fromstring(made)
    ids = [node.get("id") for node in root.iter(space + "node")]
    check.expect(f"{what}: ids of nodes are unique", len(set(ids)), len(ids))
    declared = {key.get("id") for name in ("key", "attribute")
                for key in root.iter(space + name)}
    used = {data.get("key") for data in root.iter(space + "data")}
    used |= {value.get("for") for value in root.iter(space + "attvalue")}
    check.expect(f"{what}: attributes are declared", used <= declared, True)
    for edge in root.iter(space + "edge"):
        check.expect(f"{what}: edge", {edge.get("source"), edge.get("target")} <= set(ids), True)


def check_graphml(check, what, files):
    made, edges = check.draw("graphml", *files), check.truth(files)
    graph = networkx.read_graphml(io.BytesIO(made))
    check.expect(f"{what}: kind", type(graph), networkx.MultiDiGraph)
    labels = dict(graph.nodes(data="label"))
    got = {}
    for source, target, key, told in graph.edges(keys=True, data=True):
        told = {name: value for name, value in told.items() if name != "label"}
        got[key] = (labels[source], labels[target], told)
    compare(check, what, got, edges)
    check_nodes(check, what, [told for _, told in graph.nodes(data=True)], edges)
    check_structure(check, what, made, "{http://graphml.graphdrawing.org/xmlns}")
    check_igraph(check, f"{what}, igraph", made, edges)


def check_igraph(check, what, made, edges):
    path = check.folder / "made.graphml"
    path.write_bytes(made)
    graph = igraph.Graph.Read_GraphML(str(path))
    check.expect(f"{what}: directed", graph.is_directed(), True)
    check.expect(f"{what}: labels", graph.vs["label"],
                 [clean(label) for label, _ in nodes_of(edges)])
    check.expect(f"{what}: evidence", graph.es["evidence"],
                 [clean(edge["evidence"]) for edge in edges])


def check_gexf(check, what, files):
    made, edges = check.draw("gexf", *files), check.truth(files)
    graph = networkx.read_gexf(io.BytesIO(made))
    labels = dict(graph.nodes(data="label"))
    got = {}
    for source, target, told in graph.edges(data=True):
        key = told.pop("id")
        check.expect(f"{what}: label", told.pop("label"), told["relation"])
        got[key] = (labels[source], labels[target], told)
    compare(check, what, got, edges)
    check_nodes(check, what, [told for _, told in graph.nodes(data=True)], edges)
    check_structure(check, what, made, "{http://gexf.net/1.3}")
    kinds = [e.get("kind") for e in tree.fromstring(made).iter("{http://gexf.net/1.3}edge")]
    check.expect(f"{what}: kinds", kinds, [clean(edge["relation"]) for edge in edges])


def check_cytoscape(check, what, files):
    made, edges = json.loads(check.draw("cytoscape", *files)), check.truth(files)
    nodes = [node["data"] for node in made["elements"]["nodes"]]
    labels = {node["id"]: node["label"] for node in nodes}
    got = {}
    for element in made["elements"]["edges"]:
        told = element["data"]
        ends = labels[told.pop("source")], labels[told.pop("target")]
        check.expect(f"{what}: label", told.pop("label"), told.pop("interaction"))
        got[told.pop("id")] = (*ends, told)
    compare(check, what, got, edges, lambda value: value)
    check_nodes(check, what, nodes, edges, lambda value: value)


def main():
    check = Checker(sys.argv[1])
    for name, files in check.sets():
        check_graphml(check, f"{name}.graphml", files)
        check_gexf(check, f"{name}.gexf", files)
        check_cytoscape(check, f"{name}.cyjs", files)
    check.end()


main()
