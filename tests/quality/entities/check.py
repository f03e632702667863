#!/usr/bin/env python3
"""check.py [ARTICLES]: the mention lists of this folder hold together; with ARTICLES, the
folder of the articles, their quotes are the bytes at their offsets."""
import pathlib
import sys

HEADER = ["entity", "mention_start", "mention_end", "head_start", "head_end", "text"]
FOLDER = pathlib.Path(__file__).parent


def check_row(fields, article, seen):
    """Yields what is wrong with one row."""
    if len(fields) != len(HEADER):
        yield f"{len(fields)} fields, not {len(HEADER)}"
        return
    entity, text = fields[0], fields[5].encode()
    try:
        start, end, head_start, head_end = map(int, fields[1:5])
    except ValueError:
        yield "an offset is no number"
        return
    if not entity or entity != entity.strip():
        yield "entity is empty or has blanks around it"
    if not start <= head_start < head_end <= end:
        yield "head is not inside the mention"
    if end - start != len(text):
        yield "text is not as long as the mention"
    if (start, end) in seen:
        yield "the span is listed twice"
    if seen and (start, -end) < (seen[-1][0], -seen[-1][1]):
        yield "rows are not in the order of the text, the longer first"
    seen.append((start, end))
    if article is None:
        return
    if article[start:end] != text:
        yield f"text is {article[start:end].decode(errors='replace')!r} in the article"
    for edge, side in ((start, article[start - 1:start + 1]), (end, article[end - 1:end + 1])):
        if 0 < edge < len(article) and side.isalnum():
            yield "the mention cuts a word"
    head = article[head_start:head_end]
    if b" " in head or not head:
        yield "head is not one word"


def check_file(path, article):
    lines = path.read_text(encoding="utf-8").splitlines()
    errors = [] if lines[0].split("\t") == HEADER else [f"{path.name}:1: wrong header"]
    seen = []
    for number, line in enumerate(lines[1:], 2):
        for error in check_row(line.split("\t"), article, seen):
            errors.append(f"{path.name}:{number}: {error}")
    entities = {line.split("\t")[0] for line in lines[1:]}
    print(f"{path.name}: {len(lines) - 1} mentions of {len(entities)} entities")
    return errors


def main(arguments):
    if len(arguments) > 1:
        sys.exit(__doc__)
    errors = []
    for path in sorted(FOLDER.glob("*.tsv")):
        article = None
        if arguments:
            article = (pathlib.Path(arguments[0]) / (path.stem + ".txt")).read_bytes()
        errors += check_file(path, article)
    sys.exit("\n".join(errors) or 0)


if __name__ == "__main__":
    main(sys.argv[1:])
