#!/usr/bin/env python3
"""Print COUNT lines of nasty text for the parity tests, always the same ones for a SEED.

usage: tests/parity/nasty.py [COUNT [SEED]] > FILE

What has gone wrong in tokenizers before: exceptions glued to words and to punctuation,
emoji, CJK, odd spaces, final sigma, URLs, numbers with units, quotes, combining marks,
very long tokens, names that are also symbols of the model, empty-looking lines.
"""
import random
import sys

CONTRACTIONS = """don't Don't DON'T cant can't Cannot cannot won't wouldn't've I'm i'm Im I'd've
you're youre we'll they've he's He's she'd it's its It's let's Let's that's there's who's
what're y'all ain't gonna gotta wanna lemme dunno 'cause 'Cause 'em ma'am o'clock d'you
isn't aren't wasn't shouldn't mustn't needn't c'mon C'mon nothin' nuthin' doin' goin'
mightn't've how'd'y whatcha not've""".split()
ABBREVIATIONS = """U.S. U.K. E.U. a.m. p.m. 8a.m. 12p.m. 10am 11pm Mr. Mrs. Dr. Prof. Inc. Corp. Ltd.
Co. Jan. Feb. Sept. Dec. St. vs. v.s. e.g. i.e. etc. Ph.D. D.C. N.Y. Calif. No. Gen. Sen.
Rep. Adm. Bros. Jr. Messrs. Mt. Ark. Va. Ga. q.v. ie. eg. U.N. J.K. A.B.C. b. z.""".split()
FACES = """:) :-) :( ;) :D xD XD <3 </3 :'( =) (-: :-/ o_O O.o >:( ^_^ :* 8-) :3 \\o/ (=
(╯°□°)╯︵┻━┻ ಠ_ಠ ¯\\(ツ)/¯ :-))) v_v -__- ;_; :-P ^___^ (¬_¬) ò_ó""".split()
EMOJI = ["😀", "👍🏽", "👨‍👩‍👧", "🇬🇧", "❤️", "🚀🚀", "☃", "✈", "™", "©", "°", "№", "⅓", "㎏"]
SCRIPTS = """北京 华为公司 東京都 서울 Москва Київ ΟΔΥΣΣΕΥΣ ΣΊΣΥΦΟΣ Αθήνα ΑΣ.Α Σ İstanbul ıssız ẞ Straße
naïve café e\u0301te\u0301 n\u0303o हिन्दी नमस्ते عربي שלום ไทย ქართული Ægir Ǆ ǅ ﬁn Ａｂｃ １２３ ①② ²³ x² Ⅷ
𝐁𝐨𝐥𝐝 𐐀𐐨 \u200babc a\u200db \ufeffword a\u00adb ᾳ ΐ""".split()
URLS = """http://example.com https://www.example.org/a?b=c#d example.com www.bbc.co.uk/news
user@example.com a.b-c@mail.example.co.uk ftp://1.2.3.4/x 192.168.0.1 http://localhost:8080 e.x
file.txt readme.md/ foo.bar.baz http://例え.jp mailto:joe@x.org x@y @handle #hashtag r/politics
10.0.0.1:80 t.co/AbC123 http://a.b/c(d) https://x.com. example.com, (example.com) a.b:c@d.ef
C:\\dir\\file.txt /usr/bin/env 1.2.3 v2.0.1 AT&T R&D and/or he/she 24/7 x:y a=b""".split()
NUMBERS = """5kg 10km 3.5m 100% $5 £3.50 €1,000.00 US$5bn 5G 4G+ 1,234,567 1.5e10 -3 +44 3-4 3*4 2^10 1/2
½ 1990s '90s 90's 7th 21st 1st. 10,000km/h 20°C 68°F. 3:30pm 12:00 2019-02-20 20/02/2019 $1.2m
1.000.000 5'10" 6'2 100m² 12ft 8oz 5mb 3GB. 9am 1+1=2 1..2 x10 A4 B-52 F-16s 747-400 .5 5. 0x1F
№5 5₽ 5¥ 5€ 70mph 3MB, 2TB?""".split()
QUOTES = ['"', "'", "''", "``", "“", "”", "‘", "’", "«", "»", "„", "‚", "`", "´", "「", "」", "''s", "’s", "'S"]
MARKS = [",", ".", "...", "....", "…", "…?", "!", "?!", ";", ":", "-", "--", "---", "–", "—", "(", ")", "[", "]", "{", "}",
         "<", ">", "*", "**", "_", "__", "~", "/", "\\", "|", "&", "@", "#", "%", "$", "+", "=", "^", "¿", "¡", "·",
         "。", "，", "！", "、", "।", "؟", "¦", "§", "†", "•", "■", "\x01", "\x7f", "\x90"]
SPACES = [" ", "  ", "   ", "\t", "\u00a0", "\u2009", "\u3000", "\u2028", "\x0b", "\x0c", "\x1c", "\x1f", "\x85",
          " \u00a0 ", "\u200a ", " \t ", "\r", "\u205f"]
SYMBOLS = """X mark punct agent root num DATE ORG PERSON GPE NORP MONEY CARDINAL dep ROOT nsubj prep IS_SPACE
LOWER NORM SHAPE _ FLAG20 DEPRECATED001 IDX ENT_ID acl det attr cc""".split()
WORDS = """The the a committee minister said that Huawei Britain London Beijing on Tuesday after it had been told
of its plan to sell more than three million shares in April , which analysts had called risky , but
Mary Jones did not deny having met him there . When asked whether they were better or worse , both
replied : no . better best worse oxen children mice running ran lay lying leaves wolves dice data
criteria axes dying tied denied banned picnicking bluest bigger happier most well quicker hers mine
you it I me us her him them who whom whose do does did have has had is are was were be been 's 're
to with by from under according because if while since though since so as than let us go get gets got
John Smith Jr. United States of America New York Times World Bank Apple Google NASA FBI Dr Who""".split()
KINDS = [CONTRACTIONS, ABBREVIATIONS, FACES, EMOJI, SCRIPTS, URLS, NUMBERS, QUOTES, MARKS, SYMBOLS, WORDS]
GLUED = [CONTRACTIONS, ABBREVIATIONS, FACES, EMOJI, SCRIPTS, URLS, NUMBERS, QUOTES, MARKS, WORDS]


def word(rng):
    return rng.choice(rng.choice(KINDS))


def glued(rng):
    """Two to five pieces without a space: where exceptions and affixes meet."""
    return "".join(rng.choice(rng.choice(GLUED)) for _ in range(rng.randint(2, 5)))


def wrapped(rng):
    """A word between quotes and marks."""
    signs = QUOTES + MARKS
    before = "".join(rng.choice(signs) for _ in range(rng.randint(0, 4)))
    after = "".join(rng.choice(signs) for _ in range(rng.randint(0, 4)))
    return before + word(rng) + after


def long_token(rng):
    """Around and far beyond 100 characters, where shapes end."""
    piece = rng.choice(["a", "A1", "-", ".", "'", "(", "x.", "é", "中", "😀", "\"", "a-b", "9", "w,", "http://a.b/"])
    return piece * rng.choice([3, 24, 33, 49, 50, 99, 100, 101, 130])


def changed(rng):
    """A known word with one character changed, doubled or in the other case."""
    text = word(rng)
    at = rng.randrange(len(text))
    how = rng.randrange(4)
    if how == 0:
        return text[:at] + text[at] + text[at:]
    if how == 1:
        return text[:at] + text[at].swapcase() + text[at + 1:]
    if how == 2:
        return text[:at] + rng.choice("'.-’,aZ9 ") + text[at:]
    return text[:at] + text[at + 1:]


def sentence(rng):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(3, 14)))


def line(rng):
    makers = [word, word, glued, glued, wrapped, wrapped, changed, sentence, sentence]
    parts = []
    for _ in range(rng.randint(1, 7)):
        parts.append(rng.choice(makers)(rng))
        parts.append(rng.choice(SPACES) if rng.random() < 0.2 else " ")
    if rng.random() < 0.04:
        parts.append(long_token(rng))
    if rng.random() < 0.5:
        parts.pop()
    if rng.random() < 0.05:
        parts.insert(0, rng.choice(SPACES))
    return "".join(parts).replace("\n", " ")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 700
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20190220)
    out = open(sys.stdout.fileno(), "w", encoding="utf-8", newline="")
    edge = [" ", "  ", "\t", "a", "'", "\u00a0", ".", "...", "😀", "\u0301", "Σ", "\\", "\ufffd", " a", "a ", "a  "]
    for i in range(count):
        out.write((edge[i] if i < len(edge) else line(rng) or "-") + "\n")


if __name__ == "__main__":
    main()
