"""A page that relgraph wrote, taken apart, and what must hold of every such page."""
import base64
import hashlib
import html.parser
import json
import re

# Elements of the page and of the picture, with all attributes that they may have.
ALLOWED = {
    "html": "lang", "head": "", "body": "", "meta": "charset name content http-equiv",
    "title": "", "style": "", "script": "type id", "noscript": "", "header": "", "main": "",
    "section": "id aria-label hidden", "aside": "aria-label", "div": "id role aria-label",
    "span": "id class", "h1": "", "p": "id role", "br": "", "ul": "", "dl": "", "dt": "", "dd": "",
    "kbd": "", "details": "id open", "summary": "", "label": "for", "output": "id for",
    "button": "id aria-pressed aria-label aria-keyshortcuts",
    "input": "id type placeholder aria-label autocomplete spellcheck min max step value",
    "svg": "xmlns xmlns:xlink width height viewbox role", "desc": "",
    "g": "id class transform", "path": "fill stroke stroke-width stroke-dasharray d",
    "polygon": "fill stroke stroke-width stroke-dasharray points",
    "polyline": "fill stroke stroke-width stroke-dasharray points",
    "ellipse": "fill stroke stroke-width stroke-dasharray cx cy rx ry",
    "text": "fill x y text-anchor font-family font-size font-weight font-style baseline-shift",
}
POLICY = re.compile(r"default-src 'none'; script-src '(sha256-[^']+)'; "
                    r"style-src '(sha256-[^']+)'; base-uri 'none'; form-action 'none'")


def hash_of(text):
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class Page(html.parser.HTMLParser):
    """The elements, scripts, texts and data of a page; `faults` are those found on the way."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.faults, self.tags, self.ids = [], [], []
        self.scripts, self.styles, self.policy, self.heading = [], [], None, ""
        self.titles = {}  # "" for the page, "svg", or a group's id -> its <title>
        self.groups, self.inside = [], []
        self.feed(text)
        self.close()
        self.data = json.loads(self.scripts[0][1]) if self.scripts else None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append(tag)
        self.inside.append(tag)
        if tag not in ALLOWED:
            self.faults.append(f"an element <{tag}>")
        for name in attributes:
            if name not in ALLOWED.get(tag, "").split():
                self.faults.append(f"an attribute {name} of <{tag}>")
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "script":
            self.scripts.append((attributes.get("type"), ""))
        if tag == "style":
            self.styles.append("")
        if tag == "g":
            self.groups.append(attributes.get("id", ""))
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass
        if tag == "g":
            self.groups.pop()

    def handle_data(self, data):
        tag = self.inside[-1] if self.inside else ""
        if tag == "script":
            kind, text = self.scripts[-1]
            self.scripts[-1] = (kind, text + data)
        elif tag == "style":
            self.styles[-1] += data
        elif tag == "title":
            key = self.groups[-1] if self.groups else "svg" if "svg" in self.inside else ""
            self.titles[key] = self.titles.get(key, "") + data
        elif tag == "h1":
            self.heading += data

    def handle_comment(self, data):
        self.faults.append(f"a remark {data[:40]!r}")

    def handle_pi(self, data):
        self.faults.append(f"an instruction {data[:40]!r}")

    def unknown_decl(self, data):
        self.faults.append(f"a declaration {data[:40]!r}")


def check_policy(page):
    found = POLICY.fullmatch(page.policy or "")
    kinds = [kind for kind, _ in page.scripts]
    if not found:
        yield f"the policy is {page.policy!r}"
    elif kinds != ["application/json", None] or len(page.styles) != 1:
        yield f"scripts {kinds}, {len(page.styles)} styles"
    else:
        if found[1] != hash_of(page.scripts[1][1]):
            yield "the policy does not name the hash of the script"
        if found[2] != hash_of(page.styles[0]):
            yield "the policy does not name the hash of the style"


def check_plain(page):
    """Nothing in the data could open or end an element, or end a line of JavaScript."""
    found = re.search("[<>&\u2028\u2029]", page.scripts[0][1])
    if found:
        yield f"the data has a raw {found[0]!r}"


def check_data(page):
    """The data fits the picture and itself."""
    data, nodes, links = page.data, page.data["nodes"], page.data["links"]
    for i, link in enumerate(links):
        if f"e{i + 1}" not in page.ids:
            yield f"link {i} is not in the picture"
        if not (0 <= link["from"] < len(nodes) and 0 <= link["to"] < len(nodes)):
            yield f"link {i} leads nowhere"
    for i in range(len(nodes)):
        if (f"n{i + 1}" in page.ids) != (i < data["drawn"]):
            yield f"node {i} should be in the picture, or should not"
    ends = {(t[end], t[f"{end}_type"]) for t in data["triples"] if t["object"]
            for end in ("subject", "object")}
    if ends != {(node["label"], node["type"]) for node in nodes}:
        yield "the nodes are not those of the triples"
    for triple in data["triples"]:
        if "".join(text for _, text in triple["marks"]) != triple["evidence"]:
            yield f"the pieces of {triple['evidence'][:40]!r} are not the sentence"
        link = triple["link"]
        if link >= 0:
            ends = nodes[links[link]["from"]], nodes[links[link]["to"]]
            if (ends[0]["label"], ends[1]["label"]) != (triple["subject"], triple["object"]):
                yield f"triple {triple['id']} is at the wrong link"


def check(bytes_):
    """(page or None, faults): what must hold of every page."""
    try:
        text = bytes_.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [f"not UTF-8: {error}"]
    page = Page(text)
    faults = list(page.faults)
    faults += check_policy(page)
    if len(page.ids) != len(set(page.ids)):
        faults.append("an id stands twice")
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text):
        faults.append("control characters")
    if re.search(r"https?:(?!//www\.w3\.org/)", text.replace(page.scripts[0][1], "")):
        faults.append("an address of the network")
    faults += check_plain(page)
    faults += check_data(page)
    return page, faults
