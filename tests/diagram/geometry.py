#!/usr/bin/env python3
"""Measures pictures by their SVG, and tells what no picture may have.

    geometry.py RELGRAPH MOST SAMPLE...     the samples, and twenty generated graphs

A sample must have no fault; the generated graphs together may have MOST, which is 0 when
all is as it should be and never grows.

Of each picture: label lines struck by a line of another edge (or by one of their own that
does not pause for them), cut off, over a node or over another label; anything over the title or
legend; text under 7 points; edges that cross, against what plain dot makes of the same graph.
"""
import math
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

SMALLEST = 7.0   # points
FARTHEST = 12.0  # points from a label to its line
MORE_CROSSINGS = 3
INSET = 0.4      # points by which a box may be grazed

# Widths of Helvetica, in thousandths, from its AFM file; others count as 556.
WIDTHS = {
    222: "ijl'`|", 278: " !/I.,:;[]\\ft", 333: "()-r\"", 389: "*", 500: "ckvxyzJs",
    556: "abdeghnopqu0123456789#$_?L", 584: "+<>=~", 611: "FTZ", 667: "ABEKPSVXY&",
    722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1015: "@",
}
WIDTH = {letter: width for width, letters in WIDTHS.items() for letter in letters}


def text_width(text, size):
    return sum(WIDTH.get(letter, 556) for letter in text) * size / 1000


# --- shapes ---------------------------------------------------------------------------

def numbers(text):
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text or "")]


def pairs(flat):
    return list(zip(flat[0::2], flat[1::2]))


def bezier(points, steps=16):
    """The curve through a Graphviz path: one start, then three points a piece."""
    line = [points[0]]
    for i in range(0, len(points) - 3, 3):
        a, b, c, d = points[i:i + 4]
        for k in range(1, steps + 1):
            t = k / steps
            u = 1 - t
            line.append(tuple(u**3 * a[j] + 3 * u * u * t * b[j] + 3 * u * t * t * c[j]
                              + t**3 * d[j] for j in (0, 1)))
    return line


def box_of(points):
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def corners(box):
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def outline(element):
    """A convex outline of a node's shape."""
    name = element.tag.split("}")[1]
    if name == "ellipse":
        cx, cy, rx, ry = (float(element.get(k)) for k in ("cx", "cy", "rx", "ry"))
        return [(cx + rx * math.cos(i * math.pi / 16), cy + ry * math.sin(i * math.pi / 16))
                for i in range(32)]
    if name == "polygon":
        points = pairs(numbers(element.get("points")))
        return points if len(points) <= 7 else corners(box_of(points))
    return corners(box_of(bezier(pairs(numbers(element.get("d"))))))


def apart_along(shape, other):
    for (ax, ay), (bx, by) in zip(shape, shape[1:] + shape[:1]):
        nx, ny = by - ay, ax - bx
        mine = [nx * x + ny * y for x, y in shape]
        theirs = [nx * x + ny * y for x, y in other]
        if (nx or ny) and (max(mine) <= min(theirs) or max(theirs) <= min(mine)):
            return True
    return False


def overlap(a, b):
    return not apart_along(a, b) and not apart_along(b, a)


def side(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(a, b, c, d):
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def strikes(line, box):
    left, top, right, bottom = box
    frame = corners(box)
    for a, b in zip(line, line[1:]):
        if max(a[0], b[0]) < left or min(a[0], b[0]) > right \
                or max(a[1], b[1]) < top or min(a[1], b[1]) > bottom:
            continue
        if left < a[0] < right and top < a[1] < bottom:
            return True
        if any(cross(a, b, c, d) for c, d in zip(frame, frame[1:] + frame[:1])):
            return True
    return False


# --- the picture ----------------------------------------------------------------------

class Label:
    def __init__(self, edge, text, box, masked):
        self.edge, self.text, self.box, self.masked = edge, text, box, masked


def text_box(element):
    size = float(element.get("font-size"))
    text = "".join(element.itertext())
    x, y, width = float(element.get("x")), float(element.get("y")), text_width(text, size)
    start = {"middle": x - width / 2, "end": x - width}.get(element.get("text-anchor"), x)
    return (start + INSET, y - 0.72 * size + INSET, start + width - INSET,
            y + 0.2 * size - INSET)


class Picture:
    """Nodes by id, edges as (number, line), labels line by line."""

    def __init__(self, svg):
        self.root = ET.fromstring(svg)
        self.nodes, self.lines, self.labels, self.sizes = {}, [], [], []
        for element in self.root.iter("{http://www.w3.org/2000/svg}text"):
            self.sizes.append(float(element.get("font-size")))
        whole = self.root.find("{http://www.w3.org/2000/svg}g")
        self.heading = [text_box(e) for e in whole.iter("{http://www.w3.org/2000/svg}text")
                        if e in list(whole)]
        for group in self.root.iter("{http://www.w3.org/2000/svg}g"):
            classes = (group.get("class") or "").split()
            if "label" in classes:
                self.read_labels(group)
            elif "node" in classes:
                self.nodes[group.get("id")] = outline(self.first_shape(group))
            elif "edge" in classes:
                self.read_edge(group)

    @staticmethod
    def first_shape(group):
        return next(e for e in group.iter()
                    if e.tag.split("}")[1] in ("polygon", "ellipse", "path"))

    @staticmethod
    def number(group):
        return int(re.search(r"\d+", group.get("id"))[0])

    def read_edge(self, group):
        for element in group.iter():
            name = element.tag.split("}")[1]
            if name == "path":
                line = bezier(pairs(numbers(element.get("d"))))
                self.lines.append((self.number(group), line))
            elif name == "polygon" and element.get("fill") != "none":
                points = pairs(numbers(element.get("points")))
                self.lines.append((self.number(group), points))
        self.read_labels(group)

    def read_labels(self, group):
        masked = any(e.tag.endswith("polygon") for e in group) \
            and "label" in group.get("class")
        for element in group.iter("{http://www.w3.org/2000/svg}text"):
            self.labels.append(Label(self.number(group), "".join(element.itertext()),
                                     text_box(element), masked))

    def view(self):
        """The visible box in the coordinates of the drawing."""
        left, top, width, height = numbers(self.root.get("viewBox"))
        group = self.root.find("{http://www.w3.org/2000/svg}g")
        moved = re.search(r"translate\(([^)]*)\)", group.get("transform"))
        x, y = numbers(moved[1])
        return left - x, top - y, left - x + width, top - y + height

    def crossings(self):
        curves, count = [(n, line) for n, line in self.lines if len(line) > 9], 0
        for i, (a, one) in enumerate(curves):
            for b, other in curves[i + 1:]:
                if a != b:
                    count += count_crossings(one, other)
        return count


def count_crossings(one, other):
    a, b = box_of(one), box_of(other)
    if a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]:
        return 0
    return sum(cross(p, q, r, s) for p, q in zip(one, one[1:])
               for r, s in zip(other, other[1:]))


def distance(box, line):
    """From a box to the nearest of a line's points, 0 inside."""
    points = [(a[0] + (b[0] - a[0]) * k / 8, a[1] + (b[1] - a[1]) * k / 8)
              for a, b in zip(line, line[1:]) for k in range(9)]
    return min(math.hypot(max(box[0] - x, 0, x - box[2]), max(box[1] - y, 0, y - box[3]))
               for x, y in points)


def lost_labels(picture):
    """Labels, all their lines taken together, that no reader would take to their edge."""
    boxes = {}
    for label in picture.labels:
        points = corners(label.box) + corners(boxes.get(label.edge, label.box))
        boxes[label.edge] = box_of(points)
    for edge, box in boxes.items():
        away = min(distance(box, line) for n, line in picture.lines if n == edge)
        if away > FARTHEST:
            yield f"the label of e{edge} is {away:.0f} points away from it"


def covered_heading(picture):
    """What lies over the title, the counts or the legend."""
    for box in picture.heading:
        for label in picture.labels:
            if overlap(corners(box), corners(label.box)):
                yield f"'{label.text}' (e{label.edge}) lies on the heading"
        for name, shape in picture.nodes.items():
            if overlap(corners(box), shape):
                yield f"{name} lies on the heading"
        for number, line in picture.lines:
            if strikes(line, box):
                yield f"e{number} strikes the heading"


def faults_of(picture):
    left, top, right, bottom = picture.view()
    faults = [f"text of {size} points" for size in picture.sizes if size < SMALLEST]
    faults += lost_labels(picture)
    faults += covered_heading(picture)
    for i, label in enumerate(picture.labels):
        box = label.box
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            faults.append(f"'{label.text}' (e{label.edge}) is cut")
        for number, line in picture.lines:
            if (number != label.edge or not label.masked) and strikes(line, box):
                faults.append(f"'{label.text}' (e{label.edge}) is struck by e{number}")
        for name, shape in picture.nodes.items():
            if overlap(corners(box), shape):
                faults.append(f"'{label.text}' (e{label.edge}) lies on {name}")
        for other in picture.labels[i + 1:]:
            if other.edge != label.edge and overlap(corners(box), corners(other.box)):
                faults.append(f"'{label.text}' (e{label.edge}) lies on '{other.text}'")
    return faults


# --- graphs ---------------------------------------------------------------------------

NAMES = ("Acme Holdings", "Northern Bank", "Ministry of Trade", "Ann Lee", "Oslo", "Sunhe",
         "European Commission", "Boris Kern", "Quantum Devices", "Port of Rotterdam",
         "Helion Technologies", "the court", "Lake City Council", "Mate 90", "BritTel")
RELATIONS = ("owns", "sued", "is headquartered in", "supplies equipment to", "denies",
             "signed an agreement with", "was founded by", "leads", "plans to acquire",
             "accuses of fraud", "invested in")
TYPES = ("org", "government", "person", "place", "product", "")


def generate(seed, edge_count):
    """A graph that grows like those of texts: some hubs, some pairs that hang on nothing."""
    pick = random.Random(seed)
    rows, ends = ["subject\tsubject_type\trelation\tobject\tobject_type\tmodality"], []
    names = [(f"{pick.choice(NAMES)} {i}", pick.choice(TYPES))
             for i in range(max(4, int(edge_count * pick.uniform(0.7, 1.1))))]
    for _ in range(edge_count):
        a = pick.choice(ends) if ends and pick.random() < 0.6 else pick.choice(names)
        b = pick.choice(ends) if ends and pick.random() < 0.2 else pick.choice(names)
        ends += [a, b]
        modality = pick.choice(("asserted", "asserted", "reported", "intended"))
        rows.append("\t".join((*a, pick.choice(RELATIONS), *b, modality)))
    return "\n".join(rows) + "\n"


def run(*command, **more):
    return subprocess.run(command, check=True, capture_output=True, timeout=60, **more).stdout


def plain_dot(relgraph, dot):
    """The same graph as anybody would write it for dot, drawn by the same library."""
    lines = ["digraph {"]
    for n, label in re.findall(r"^\s+(n\d+)\s+\[.*?label=<(.*?)>,\s", dot, re.S | re.M):
        label = re.sub(r"<BR/>", r"\\n", label)
        lines.append(f'{n} [shape=box, id={n}, label="{re.sub("<.*?>", "", label)}"];')
    for tail, head, rest in re.findall(r"^\s+(n\d+) -> (n\d+)\s+\[(.*?)\];", dot,
                                       re.S | re.M):
        text = re.sub("<.*?>", "", re.search(r"label=<(.*)>", rest, re.S)[1])
        edge = re.search(r"id=\"?(e\d+)", rest)[1]
        lines.append(f'{tail} -> {head} [id={edge}, label="{text}"];')
    helper = pathlib.Path(relgraph).with_name("relgraph-layout")
    return run(helper, "svg", "dot", "20", input="\n".join(lines + ["}"]).encode())


def check(relgraph, name, path):
    picture = Picture(run(relgraph, "draw", path, "-f", "svg"))
    plain = Picture(plain_dot(relgraph, run(relgraph, "draw", path, "-f", "dot").decode()))
    crossings, allowed = picture.crossings(), plain.crossings() + MORE_CROSSINGS
    faults = faults_of(picture)
    if crossings > allowed:
        faults.append(f"{crossings} crossings, {allowed - MORE_CROSSINGS} of plain dot")
    edges = len({number for number, _ in picture.lines})
    print(f"{name}: {edges} edges, {crossings} crossings (plain dot "
          f"{allowed - MORE_CROSSINGS}), {len(faults)} faults")
    for fault in faults:
        print("   ", fault)
    return len(faults)


def main():
    relgraph, most, samples = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    of_samples = sum(check(relgraph, pathlib.Path(s).name, s) for s in samples)
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for i in range(20):
            edge_count = 10 + i * 50 // 19
            path = pathlib.Path(folder, f"generated-{i}.tsv")
            path.write_text(generate(i, edge_count), encoding="utf-8")
            faults += check(relgraph, path.name, path)
    print(f"{of_samples} faults of samples, {faults} of generated graphs (at most {most})")
    sys.exit(of_samples > 0 or faults > most)


if __name__ == "__main__":
    main()
