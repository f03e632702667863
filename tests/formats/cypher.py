"""A Cypher parser reads each statement; the strings in it are the texts, whole."""
import re
import sys

from antlr4 import CommonTokenStream, InputStream
from antlr4.error.ErrorListener import ErrorListener
from antlr4_cypher import CypherLexer, CypherParser
from common import Checker, details, nodes_of

ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "'": "'", "\\": "\\"}


class Listener(ErrorListener):
    def syntaxError(self, recognizer, offendingSymbol, line, column, msg, e):
        raise SyntaxError(f"{column}: {msg}")


def parse(statement):
    """Its tokens without white space; raises SyntaxError."""
    lexer = CypherLexer(InputStream(statement))
    tokens = CommonTokenStream(lexer)
    parser = CypherParser(tokens)
    for part in (lexer, parser):
        part.removeErrorListeners()
        part.addErrorListener(Listener())
    parser.script()
    return [t.text for t in tokens.tokens if t.text.strip() and t.text != "<EOF>"]


def text_of(literal):
    """The text that a string stands for, as Cypher reads it."""
    def put(match):
        return chr(int(match[2], 16)) if match[2] else ESCAPES[match[1]]
    return re.sub(r"\\(?:([^u])|u([0-9a-fA-F]{4}))", put, literal[1:-1], flags=re.S)


def properties(tokens):
    """name -> text of SET; strings that `+` joins are one."""
    found, at = {}, tokens.index("SET")
    while at < len(tokens):
        if tokens[at] == "=":
            name, value = tokens[at - 1].strip("`"), tokens[at + 1]
            text = text_of(value) if value[0] == "'" else value
            while text.isdigit() and tokens[at + 2] == ".":  # 1.00 is three tokens
                text, at = f"{text}.{tokens[at + 3]}", at + 2
            while tokens[at + 2] == "+":
                at += 2
                text += text_of(tokens[at + 1])
            found[name] = text
        at += 1
    return found


def old_reading(statement):
    """As versions of old had it: \\uXXXX is read first, wherever it stands."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), statement)


def check_file(check, what, files):
    made, edges = check.draw("cypher", *files).decode(), check.truth(files)
    lines = made.split("\n")
    check.expect(f"{what}: ends with a line", lines.pop(), "")
    nodes = nodes_of(edges)
    check.expect(f"{what}: statements", len(lines), len(nodes) + len(edges))
    for line, (label, kind) in zip(lines, nodes):
        told = properties(parse(line))
        check.expect(f"{what}: node", (told["name"], told["type"]), (label, kind))
    for line, edge in zip(lines[len(nodes):], edges):
        tokens = parse(line)
        check.expect(f"{what}: keywords", (tokens[0], tokens.count("MERGE")), ("MATCH", 1))
        wanted = {name: f"{value:.2f}" if isinstance(value, float) else str(value)
                  for name, value in details(edge).items()}
        check.expect(f"{what}: {edge['id']}", properties(tokens), wanted)
        if "\\u" in line:
            parse(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "?", old_reading(line)))


def main():
    check = Checker(sys.argv[1])
    check_file(check, "samples", check.sets()[0][1][1:])
    check_file(check, "hostile", check.sets()[1][1])
    check.end()


main()
