#!/usr/bin/env python3
"""Time to read markup grows as its size does, whatever it is made of.

usage: growth.py MARKUP_TIMES

Each generator makes texts from 32 KiB to 1 MiB. From one size to the next, twice as large,
the time may grow 2.6-fold (times below a millisecond say nothing).
"""
import subprocess
import sys

KIB = 1024
LIMIT = 2.6
LEAST = 1000  # microseconds


def repeat(unit, end=""):
    return lambda size: unit * (size // len(unit)) + end


def nested(start, inner, end):
    return lambda size: (start * (size // (len(start) + len(end))) + inner
                         + end * (size // (len(start) + len(end))))


def longer(unit, tick):
    """unit and 1, 2, 3 ... ticks."""
    def make(size):
        out, count, length = [], 1, 0
        while length < size:
            out.append(unit + tick * count)
            length += len(out[-1])
            count += 1
        return "".join(out)
    return make


def deep_list(size):
    out, depth, length = [], 0, 0
    while length < size:
        out.append("  " * depth + "* a\n")
        length += len(out[-1])
        depth += 1
    return "".join(out)


HTML = {
    "div nested": nested("<div>", "a", "</div>"),
    "div unclosed": repeat("<div>"),
    "end tags alone": repeat("</div>"),
    "end tags in a deep tree": lambda n: "<div>" * 300 + "</p></li></td>" * (n // 14),
    "items in a deep tree": lambda n: "<div>" * 255 + "<li>a<td>b" * (n // 10),
    "b and i crossed": repeat("<b><i>x</b></i>"),
    "a in tables": repeat("<a><table>"),
    "links unclosed": repeat("<a href=x>y<p>"),
    "paragraphs": repeat("<p>a"),
    "<": repeat("<"),
    "<a": repeat("<a "),
    "<a quoted": repeat('<a b="<a" '),
    "<a open quotes": repeat("<a b=\"'<c d='"),
    "&": repeat("&"),
    "&amp": repeat("&amp"),
    "&#": repeat("&#x1"),
    "&long": lambda n: "&" + "a" * n,
    "comments unclosed": repeat("<!--"),
    "comments almost closed": repeat("<!-- -- > "),
    "declarations unclosed": repeat("<!a <?b "),
    "cdata unclosed": lambda n: "<svg>" + "<![CDATA[" * (n // 9),
    "scripts": repeat("<script>a</script>"),
    "titles unclosed": repeat("<title>"),
    "textareas unclosed": repeat("<textarea></texta"),
    "attributes": lambda n: "<p " + "a=b " * (n // 4) + ">c",
    "br": repeat("<br>"),
    "pre": lambda n: "<pre>" + "a\n\n" * (n // 3),
    "navs": repeat("<nav><a href=x>a</a>"),
}
MARKDOWN = {
    "[": repeat("["),
    "]": repeat("]"),
    "[]": nested("[", "a", "](b)"),
    "![]": nested("![", "a", "](b)"),
    "[a](<b": repeat("[a](<b"),
    "[a](b": repeat("[a](b"),
    "[a](b \"": repeat("[a](b \""),
    "[a](b '( ": repeat("[a](b '( "),
    "[a][b": lambda n: "[x]: y\n\n" + "[a][b" * (n // 5),
    "> ": repeat("> "),
    "> lines": repeat("> > > a\n"),
    "- ": repeat("- "),
    "- and line": lambda n: "- " * (n // 4) + "x" + "\n" * (n // 2),
    "deep list": deep_list,
    "*a": repeat("*a"),
    "*a ": repeat("*a "),
    "a**b": repeat("a**b"),
    "*a_": repeat("*a_ "),
    "_a": repeat("_a "),
    "backticks": longer("e", "`"),
    "one backtick": repeat("`a``"),
    "<": repeat("<"),
    "<a ": repeat("<a "),
    "<a quoted": repeat('<a b="<a" '),
    "<!--": lambda n: "</" + "<!--" * (n // 4),
    "lines of <!--": repeat("<!--\n\n"),
    "<script": repeat("a <script> "),
    "lines of <script": repeat("<script>\n\n"),
    "tables": repeat("|a|b|\n|-|-|\n"),
    "bars": lambda n: "|" * n + "\n|-|\n" + "|a" * n,
    "fences": repeat("```\n"),
    "# ": repeat("# "),
    "escapes": repeat("\\*"),
    "rules": repeat("---\n"),
    "definitions": repeat("[a]: b\n"),
    "notes": repeat("[^a] "),
    "numbers": repeat("1. "),
}


def take_time(program, kind, text):
    done = subprocess.run([program, kind], input=text.encode(), capture_output=True,
                          timeout=60, check=True)
    return float(done.stdout)


def worst_growth(program, kind, make):
    """The largest factor, and the microseconds for a MiB."""
    times = [min(take_time(program, kind, make(size * KIB)) for _ in range(2))
             for size in (32, 64, 128, 256, 512, 1024)]
    factors = [b / a for a, b in zip(times, times[1:]) if b >= LEAST]
    return max(factors, default=0), times[-1]


def main():
    faults = 0
    for kind, makers in (("html", HTML), ("markdown", MARKDOWN)):
        for name, make in makers.items():
            growth, time = worst_growth(sys.argv[1], kind, make)
            for _ in range(3):  # again: another program may have been in the way
                if growth > LIMIT:
                    growth, time = min((growth, time), worst_growth(sys.argv[1], kind, make))
            faults += growth > LIMIT
            print(f"{kind:9} {name:26} {time / 1000:8.1f} ms/MiB  x{growth:.2f}"
                  + ("  TOO MUCH" if growth > LIMIT else ""))
    print(f"{len(HTML) + len(MARKDOWN)} kinds of text, {faults} grow too fast")
    sys.exit(faults > 0)


main()
