#!/usr/bin/env python3
"""prose.py RECORDS - JSON lines of made-up news for the tests of merges, always the same.

Companies have short names that articles explain, now and then in brackets; one short name is
that of two companies, so that it may not be merged with either.
"""
import json
import random
import sys

FIRST = ("Ann Bela Carl Dora Erik Frida Georg Hanna Ivo Judith Karl Lena Marco Nora Otto Paula "
         "Rolf Sonja Tomas Vera").split()
LAST = ("Abelsen Brandt Corvin Dahlgren Eberle Falk Grimaldi Holm Ibsen Jarvinen Kessler "
        "Lindqvist Moretti Novak Okafor Petrov Quist Rosen Sandoval Thorne").split()
STEMS = ("Norsund Zyphtech Brenner Halvorsen Kestrel Ostara Pellworm Quandel Rivelin Sarnhelm "
         "Tavora Ulmen Vantor Wexcombe Yarrow").split()
KINDS = [("Marine Systems Group", "MSG"), ("Harbour Energy Company", "HEC"),
         ("Mineral Works Corporation", "MWC"), ("Data Services Agency", "DSA")]
PLACES = "Paris Oslo Madrid Vienna Lisbon Dublin Warsaw Prague Rome Athens".split()
MADE = [(f"{stem} {words}", stem[0] + short) for stem in STEMS for words, short in KINDS]
# two companies of one short name: QMWC is Quandel's or Quorndon's
COMPANIES = MADE + [("Quorndon Mineral Works Corporation", "QMWC")]
PEOPLE = [f"{first} {last}" for first in FIRST for last in LAST]
SENTENCES = [
    "{person} founded {long} ({short}) in {place}.",
    "{long} bought {other} for 20 million dollars in 2019.",
    "{short} did not buy {other}, {person} said.",
    "{person}, who leads {other}, may sell {short} to {third}.",
    "{other} sued {long} in {place}.",
    "{last} advised {third} and {other}.",
    "The company will open an office in {place}, and it hired {person}.",
    "{third} denied that it had paid {other}.",
    "{person} met {second} in {place} on Monday.",
]


def article(number):
    rng = random.Random(number)
    (long, short), (other, _), (third, _) = rng.sample(COMPANIES, 3)
    person, second = rng.sample(PEOPLE, 2)
    words = {"long": long, "short": short, "other": other, "third": third, "person": person,
             "last": person.split()[1], "second": second, "place": rng.choice(PLACES)}
    chosen = sorted(rng.sample(range(len(SENTENCES)), 4))
    if number % 5 == 0:  # the short name alone, explained nowhere
        text = f"{short}, a company, sued {other}. {short} did not pay {person}."
    else:
        text = " ".join(SENTENCES[i] for i in chosen).format(**words)
    return {"id": f"a{number:06}", "text": text, "date": f"20{10 + number % 10}-03-01"}


def main():
    for number in range(int(sys.argv[1])):
        print(json.dumps(article(number)))


if __name__ == "__main__":
    main()
