"""Turtle, N-Triples and JSON-LD are one set of triples, for rdflib and for pyoxigraph."""
import sys

import pyoxigraph
import rdflib
from common import Checker, nodes_of
from rdflib.namespace import PROV, RDF, RDFS, XSD

FORMATS = [("turtle", "turtle", pyoxigraph.RdfFormat.TURTLE),
           ("ntriples", "nt", pyoxigraph.RdfFormat.N_TRIPLES),
           ("jsonld", "json-ld", pyoxigraph.RdfFormat.JSON_LD)]
TERM, OA = rdflib.Namespace("urn:relgraph:term:"), rdflib.Namespace("http://www.w3.org/ns/oa#")
TRIPLE = rdflib.Namespace("urn:relgraph:triple:")


def clean(text):
    return text.replace("\0", "\ufffd")


def oxigraph_triples(made, format_):
    return {(str(q.subject), str(q.predicate), str(q.object))
            for q in pyoxigraph.parse(made, format=format_)}


def rdflib_triples(made, format_):
    return set(rdflib.Graph().parse(data=made, format=format_))


def check_same(check, what, files):
    theirs, ours = [], []
    for name, rdflib_name, oxigraph_format in FORMATS:
        made = check.draw(name, *files)
        theirs.append(oxigraph_triples(made, oxigraph_format))
        ours.append(rdflib_triples(made, rdflib_name))
        check.expect(f"{what} {name}: both read as many", len(theirs[-1]), len(ours[-1]))
        check.expect(f"{what} {name}: pyoxigraph", theirs[-1] ^ theirs[0], set())
        check.expect(f"{what} {name}: rdflib", ours[-1] ^ ours[0], set())
    graph = rdflib.Graph()
    for triple in ours[0]:
        graph.add(triple)
    return graph


def check_edge(check, graph, edge):
    node = TRIPLE[edge["id"]]
    what = f"triple {edge['id']}"
    check.expect(what, (node, RDF.type, RDF.Statement) in graph, True)
    names = [str(graph.value(graph.value(node, part), RDFS.label))
             for part in (RDF.subject, RDF.predicate, RDF.object)]
    check.expect(what, names, [clean(edge[end]) for end in ("subject", "relation", "object")])
    check.expect(what, str(graph.value(node, TERM.polarity)), edge["polarity"])
    check.expect(what, str(graph.value(node, TERM.said_by, default="")), clean(edge["source"]))
    sure = graph.value(node, TERM.confidence)
    check.expect(what, (float(sure), sure.datatype), (edge["confidence"], XSD.decimal))
    plain = (*(graph.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object)),)
    asserted = edge["polarity"] == "affirmed" and edge["modality"] == "asserted"
    if edge["relation"] not in PLAIN_TWICE:
        check.expect(f"{what} stands by itself", plain in graph, asserted)
    values = {str(graph.value(one, RDF.value)) for one in graph.objects(node, TERM.qualifier)}
    check.expect(what, values, {clean(q["value"]) for q in edge["qualifiers"]})
    if edge["doc"]:
        check_evidence(check, what, graph, graph.value(node, PROV.wasDerivedFrom), edge)


PLAIN_TWICE = set()  # relations said in several ways between the same two


def check_evidence(check, what, graph, source, edge):
    told = {}
    for one in graph.objects(source, OA.hasSelector):
        kind = str(graph.value(one, RDF.type)).rsplit("#", maxsplit=1)[-1]
        told[kind] = [graph.value(one, name).toPython() for name in (OA.exact, OA.start, OA.end)
                      if graph.value(one, name) is not None]
    check.expect(what, told.get("TextQuoteSelector"),
                 [clean(edge["evidence"])] if edge["evidence"] else None)
    check.expect(what, told.get("DataPositionSelector"), [edge["start"], edge["end"]])
    document = graph.value(source, OA.hasSource)
    check.expect(what, str(graph.value(document, RDFS.label)), clean(edge["doc"]))
    if "TextPositionSelector" in told:
        first, end = told["TextPositionSelector"]
        with open(edge["doc"], encoding="utf-8", newline="") as file:
            text = file.read()[first:end]
        check.expect(what, " ".join(text.split()), edge["evidence"])


def main():
    check = Checker(sys.argv[1])
    accents = check.folder / "accents.txt"
    accents.write_text("Zoë Müller leads Café Noir. Paul Smith sued Café Noir in Málaga.\n",
                       encoding="utf-8")
    for name, files in [*check.sets(), ("accents", [accents])]:
        graph, edges = check_same(check, name, files), check.truth(files)
        PLAIN_TWICE.clear()
        ways = {}
        for edge in edges:
            way = (edge["polarity"], edge["modality"]) == ("affirmed", "asserted")
            if ways.setdefault((edge["subject"], edge["relation"], edge["object"]), way) != way:
                PLAIN_TWICE.add(edge["relation"])
        labels = {str(graph.value(n, RDFS.label)) for n in graph.subjects(RDF.type, TERM.Entity)}
        check.expect(f"{name}: labels", labels, {clean(label) for label, _ in nodes_of(edges)})
        for edge in edges:
            check_edge(check, graph, edge)
        positions = set(graph.subjects(RDF.type, OA.TextPositionSelector))
        check.expect(f"{name}: places in characters", bool(positions), name != "hostile")
    check.end()


main()
