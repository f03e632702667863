#!/usr/bin/env python3
"""Drives a page in Chromium as a reader would: search, click, filter, keys, dark, print.

    browser.py PROGRAM FOLDER [SCREENSHOTS]

FOLDER gets axe-core, from PyPI, if it is not there. SCREENSHOTS: a folder for pictures of
what was tested.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

from chromium import Browser

PROGRAM, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
SCREENSHOTS = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
TRIPLES = pathlib.Path(__file__).with_name("harbour.jsonl")
AXE_PACKAGE = "axe-playwright-python==0.1.8"  # carries axe-core 4
HOSTILE = ['</script><script>window.pwned = 1</script>', '<img src=x onerror="window.pwned = 1">',
           '"><svg onload=window.pwned=1>', 'javascript:window.pwned=1', '__proto__']
# An edge's label stands in its group, or in one of its own.
GROUPS = {"node": "g[id^=n]", "edge": "g[id^=e], g[id^=l]"}
faults, passed = [], 0


def expect(what, got, wanted):
    global passed
    if got == wanted:
        passed += 1
    else:
        faults.append(f"{what}: {got!r}, not {wanted!r}")


def axe_source():
    script = FOLDER / "axe.min.js"
    if not script.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", FOLDER,
                        "--disable-pip-version-check", AXE_PACKAGE], check=True)
        with zipfile.ZipFile(next(FOLDER.glob("*.whl"))) as package:
            script.write_bytes(package.read("axe_playwright_python/axe.min.js"))
    return script.read_text(encoding="utf-8")


class Reader:
    """A browser with a page open, and words for what is looked at."""

    def __init__(self, browser, path):
        self.browser, self.address = browser, path.as_uri()
        self.open()

    def open(self, hash_=""):
        self.browser.go(self.address + hash_)

    def run(self, expression):
        return self.browser.run(expression)

    def text(self, selector):
        return self.run(f"document.querySelector({selector!r}).textContent")

    def texts(self, selector):
        return self.run(f"[...document.querySelectorAll({selector!r})].map((e) => e.textContent)")

    def click(self, selector):
        self.browser.click_on(f"document.querySelector({selector!r})")

    def click_text(self, selector, text):
        self.browser.click_on(f"[...document.querySelectorAll({selector!r})]"
                              f".find((e) => e.textContent.trim() === {text!r})")

    def click_relation(self, text):
        self.click_text("g[id^=e] text, g[id^=l] text", text)

    def group(self, label):
        """Id of the node with this label."""
        return self.run("'n' + (1 + JSON.parse(document.getElementById('data').textContent)"
                        f".nodes.findIndex((node) => node.label === {label!r}))")

    def lit(self, kind="node"):
        """Texts of the groups that are neither hidden nor faint."""
        return self.run(f"[...document.querySelectorAll({GROUPS[kind]!r})]"
                        ".filter((g) => !g.matches('.faint, .gone') && g.querySelector('text'))"
                        ".map((g) => [...g.querySelectorAll('text')].map((t) => t.textContent)"
                        ".join(' ')).sort()")

    def marks(self):
        return self.run("[...document.querySelectorAll('.card mark')]"
                        ".map((mark) => mark.className + ':' + mark.textContent)")

    def shot(self, name):
        if SCREENSHOTS:
            SCREENSHOTS.mkdir(exist_ok=True)
            self.browser.screenshot(SCREENSHOTS / (name + ".png"))


def test_nodes(reader):
    reader.shot("whole")
    reader.click("#" + reader.group("Ingrid Solvang"))
    expect("neighbours in the picture", reader.lit(),
           ["Ingrid Solvang", "Lisbon", "Norsund Marine", "Oslo Fund"])
    expect("their edges", reader.lit("edge"), ["founds", "leads", "visits"])
    expect("neighbours beside it", reader.texts("#details .names button"),
           ["Norsund Marine", "Oslo Fund", "Lisbon"])
    expect("its evidence", reader.texts("#details blockquote"),
           ["Ingrid Solvang leads Norsund Marine.", "She founded the Oslo Fund in 2011.",
            "Ingrid Solvang visited Lisbon."])
    expect("told", reader.text("#status"), "Ingrid Solvang: 3 relations, 3 neighbours")
    reader.shot("node")
    reader.click_text("#details .names button", "Oslo Fund")
    expect("chosen beside it", reader.text("#details h2"), "Oslo Fund")
    reader.browser.press("Escape")
    expect("nothing chosen", len(reader.lit()), 13)


def test_edges(reader):
    reader.click_relation("agrees to buy for")
    expect("marked sentence", reader.marks(),
           ["s:Norsund Marine", "r:agreed to buy", "r:for", "o:3.4 billion euros"])
    expect("ends", reader.lit(), ["3.4 billion euros", "Norsund Marine"])
    place = reader.text("#details .place")
    for part in ("harbour.txt, sentence 1, bytes 0\u201378", "rule open-clause (rules/open.yaml:",
                 "confidence\u00a01.00"):
        expect(f"place tells {part}", part in place, True)
    reader.click_relation("leads")
    expect("over the end of a line", reader.marks(),
           ["s:Ingrid Solvang", "r:leads", "o:Norsund Marine"])
    reader.click_relation("not sues")
    expect("negated", reader.marks(), ["s:Iberline", "r:did not sue", "o:Norsund Marine"])
    expect("how it is said", reader.text(".card .said"), "negated")
    reader.shot("edge")
    reader.run("window.copied = null; navigator.clipboard.writeText = "
               "(text) => { window.copied = text; return Promise.resolve(); }")
    reader.click_text(".card button", "Copy citation")
    expect("citation", reader.run("window.copied"),
           "\u201cIberline did not sue Norsund Marine.\u201d (harbour.txt, sentence 4, bytes "
           "158\u2013194). Iberline \u2014 not sues \u2192 Norsund Marine [negated]. Rule sues "
           f"({json.loads(TRIPLES.read_text().splitlines()[4])['rule_place']}), confidence 1.00.")


def test_search(reader):
    reader.open()
    reader.browser.press("/")
    expect("/ goes to the search", reader.run("document.activeElement.id"), "search")
    reader.browser.write("lisbon")
    expect("found", reader.lit(), ["Ingrid Solvang", "Lisbon"])
    expect("told what was found", reader.text("#status"), "Found 1 entity and 1 relation")
    reader.shot("search")
    reader.browser.press("Enter")
    expect("Enter chooses", reader.text("#details h2"), "Lisbon")
    reader.click("#search")
    reader.browser.press("Escape")
    expect("Escape clears", reader.run("document.getElementById('search').value"), "")
    reader.browser.write("could block")
    expect("a sentence is found", reader.lit("edge"), ["rejects"])
    reader.browser.press("Escape")


def test_filters(reader):
    reader.open()
    reader.click("#filters summary")
    for facet, value, edges in (("type", "place", ["visits"]),
                                ("relation", "leads", ["leads"]),
                                ("modality", "negated", ["not sues"]),
                                ("modality", "possible", ["rejects"]),
                                ("doc", "courier.txt", ["fines", "hires", "owns", "visits"])):
        box = f"input[data-facet={facet}][value='{value}']"
        reader.click(box)
        expect(f"{facet} {value}", reader.lit("edge"), edges)
        reader.click(box)
        expect(f"without {facet} {value}", len(reader.lit("edge")), 10)
    reader.click("input[data-facet=type][value=place]")
    reader.shot("filters")
    reader.click("#clear")
    reader.run("(() => { const range = document.getElementById('confidence'); range.value = 0.95;"
               " range.dispatchEvent(new Event('input')); })()")
    expect("confidence", "founds" in reader.lit("edge"), False)
    expect("counts", reader.text("#counts").endswith("9 of 10 relations match"), True)
    reader.click("#clear")
    expect("cleared", len(reader.lit("edge")), 10)


def test_address(reader):
    reader.open()
    reader.click("#" + reader.group("Oslo Fund"))
    expect("the address has the choice", reader.run("location.hash"), "#node=Oslo+Fund+%28org%29")
    reader.click("#" + reader.group("Lisbon"))
    reader.run("new Promise((done) => { addEventListener('hashchange', done, { once: true });"
               " history.back(); })")
    expect("back to the last choice", reader.text("#details h2"), "Oslo Fund")
    reader.open("#node=Oslo+Fund+%28org%29&theme=dark")
    expect("and gives it back", reader.text("#details h2"), "Oslo Fund")
    reader.open("#search=euros&modality=intended&view=table&least=0.5")
    expect("a table from the address", len(reader.texts("#table tbody tr")), 2)
    reader.run("location.hash = '#node=Lisbon+(place)'")
    reader.run("new Promise((done) => setTimeout(done, 50))")
    expect("a changed address is followed", reader.text("#details h2"), "Lisbon")
    reader.open("#node=%E0%A4%A&edge=x&type=__proto__&least=nan&theme=x&view=9")
    expect("a wrong address shows nothing of its type", len(reader.lit()), 0)


def test_keys(reader):
    reader.open()
    reader.browser.press("t")
    expect("t shows the table", reader.run("document.getElementById('table').hidden"), False)
    reader.browser.press("t")
    reader.run(f"document.getElementById({reader.group('Ingrid Solvang')!r}).focus()")
    reader.browser.press("Enter")
    expect("Enter on a node", reader.text("#details h2"), "Ingrid Solvang")
    reader.browser.press("ArrowRight")
    moved = reader.run("document.activeElement.id")
    expect("an arrow goes on",
           moved.startswith("n") and moved != reader.group("Ingrid Solvang"), True)
    reader.shot("keys")
    reader.browser.press("Escape")
    reader.run("document.activeElement.blur()")
    box = "document.querySelector('#picture svg').getAttribute('viewBox')"
    fit = reader.run(box)
    for key in ("+", "-", "ArrowLeft"):
        before = reader.run(box)
        reader.browser.press(key)
        expect(f"{key} moves the picture", reader.run(box) != before, True)
    reader.browser.press("0")
    expect("0 shows all", reader.run(box), fit)
    order = []
    for _ in range(40):
        reader.browser.press("Tab")
        order.append(reader.run("document.activeElement.id || document.activeElement.tagName"))
    expect("Tab reaches nodes and search",
           {"n1", "n13", "search", "show-table"} - set(order), set())


def test_pointer(reader):
    reader.open()
    box = "document.querySelector('#picture svg').getAttribute('viewBox')"
    before = reader.run(box)
    reader.browser.mouse("mousePressed", 500, 600, button="left", buttons=1, clickCount=1)
    reader.browser.mouse("mouseMoved", 400, 560, button="left", buttons=1)
    reader.browser.mouse("mouseReleased", 400, 560, button="left", clickCount=1)
    dragged = reader.run(box)
    expect("a drag moves the picture", dragged != before, True)
    expect("and keeps its size", dragged.split()[2:], before.split()[2:])
    reader.browser.mouse("mouseWheel", 400, 400, deltaX=0, deltaY=-240)
    reader.run("new Promise((done) => setTimeout(done, 100))")
    width = lambda of: float(of.split()[2])  # noqa: E731
    expect("the wheel zooms in", width(reader.run(box)) < width(dragged), True)
    reader.click("#zoom-fit")
    expect("Fit shows all", reader.run(box), before)
    for kind, gap in (("touchStart", 40), ("touchMove", 60), ("touchMove", 120),
                      ("touchEnd", None)):
        points = [] if gap is None else [{"x": 500 - gap, "y": 500, "id": 1},
                                         {"x": 500 + gap, "y": 500, "id": 2}]
        reader.browser.call("Input.dispatchTouchEvent", type=kind, touchPoints=points)
    expect("two fingers zoom in", width(reader.run(box)) < width(before), True)


def test_theme(reader):
    paper = "getComputedStyle(document.body).backgroundColor"
    fill = "getComputedStyle(document.querySelector('.t-person ellipse')).fill"
    media = lambda value: reader.browser.call(  # noqa: E731
        "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": value}])
    media("light")
    reader.open()
    light = reader.run(paper), reader.run(fill)
    reader.browser.press("d")
    dark = reader.run(paper), reader.run(fill)
    expect("light and dark", (light[0], dark[0]), ("rgb(255, 255, 255)", "rgb(17, 22, 28)"))
    expect("the picture is dark, too", light[1] != dark[1], True)
    reader.shot("dark")
    reader.click("#dark")
    expect("light again", (reader.run(paper), reader.run(fill)), light)
    media("dark")
    reader.open()
    expect("as the system is", (reader.run(paper), reader.run(fill)), dark)
    reader.browser.call("Emulation.setEmulatedMedia", media="print", features=[])
    expect("paper is light", (reader.run(paper), reader.run(fill)), light)
    reader.run("dispatchEvent(new Event('beforeprint'))")
    reader.shot("print")
    pdf = reader.browser.call("Page.printToPDF", printBackground=True)["data"]
    expect("it prints", len(pdf) > 10000, True)
    reader.browser.call("Emulation.setEmulatedMedia", media="", features=[])


def test_files(reader):
    """What is saved is what the program writes itself."""
    reader.open()
    reader.run("""(() => {
        window.saved = [];
        URL.createObjectURL = (blob) => { window.saved.push(blob.text()); return '#'; };
    })()""")
    reader.click("#save-svg")
    reader.click("#save-tsv")
    svg, tsv = reader.run("Promise.all(window.saved)")
    expect("SVG", svg.startswith("<svg") and all(f'id="{one}"' in svg for one in
                                                 ("n1", "n13", "e1", "e10")), True)
    expect("as it was", any(word in svg for word in ("hit", "var(", "tabindex")), False)
    expect("TSV", tsv, subprocess.run([PROGRAM, "draw", TRIPLES, "-f", "tsv"], check=True,
                                      capture_output=True, text=True).stdout)


def test_axe(reader, source):
    for hash_ in ("", "#node=Norsund+Marine+%28org%29", "#search=Marine&theme=dark",
                  "#view=table", "#view=table&theme=dark", "#node=Oslo+Fund+%28org%29&theme=dark"):
        reader.open(hash_)
        reader.run("for (const one of document.querySelectorAll('details')) one.open = true")
        reader.run(source + "; null")
        found = reader.run("axe.run().then((result) => result.violations.map((one) => [one.impact, "
                           "one.id, one.nodes.length, one.nodes[0].html.slice(0, 120)]))")
        expect(f"axe {hash_}", [one for one in found if one[0] in ("serious", "critical")], [])
        for one in found:
            if one[0] not in ("serious", "critical"):
                print("axe, no fault:", hash_, *one)


def test_hostile(browser, folder):
    """Labels that would run, if they could, in every place of the page."""
    triples = folder / "hostile.jsonl"
    triples.write_text("".join(json.dumps({
        "subject": one, "relation": one, "object": "o" + one, "subject_type": one, "doc": one,
        "rule": one, "evidence": one, "subject_text": one, "source": one,
        "qualifiers": [{"key": one, "value": one}]}) + "\n" for one in HOSTILE), encoding="utf-8")
    subprocess.run([PROGRAM, "draw", triples, "-o", folder / "x.html", "--title", HOSTILE[0]],
                   check=True)
    reader = Reader(browser, folder / "x.html")
    expect("hostile names", sorted(reader.texts("#details .names button")),
           sorted([*HOSTILE, *("o" + one for one in HOSTILE)]))
    for i, label in enumerate(HOSTILE):
        reader.click("#" + reader.group(label))
        expect("hostile heading", reader.text("#details h2"), label)
        expect("hostile sentence", reader.text("#details blockquote"), label)
    reader.browser.press("t")
    reader.shot("hostile")
    expect("nothing ran", reader.run("typeof window.pwned"), "undefined")
    expect("no elements of theirs",
           reader.run("document.querySelectorAll('img, iframe, a').length"), 0)


def main():
    program = shutil.which("chromium") or sys.exit("error: no chromium: scripts/setup --tests")
    source = axe_source()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        page = folder / "page.html"
        subprocess.run([PROGRAM, "draw", TRIPLES, "-o", page], check=True)
        with Browser(program) as browser:
            reader = Reader(browser, page)
            for test in (test_nodes, test_edges, test_search, test_filters, test_address, test_keys,
                         test_pointer, test_theme, test_files):
                test(reader)
            test_axe(reader, source)
            test_hostile(browser, folder)
            faults.extend(browser.complaints())
            outside = {one for one in browser.requests()
                       if not one.startswith(folder.as_uri()) and one != "about:blank"}
            expect("requests to elsewhere", outside, set())
    print("\n".join(faults) or f"{passed} facts of the page hold")
    sys.exit(bool(faults))


main()
