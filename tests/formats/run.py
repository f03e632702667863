#!/usr/bin/env python3
"""Runs one of the tests, by its path from here, with the packages that it reads formats with.

    run.py VENV TEST PROGRAM [MORE...]

VENV is made, with the packages from PyPI, if it is not there.
"""
import os
import pathlib
import sys

from common import make_venv

PACKAGES = ["networkx==3.6.1", "igraph==1.0.0", "rdflib==7.6.0", "pyoxigraph==0.5.13",
            "duckdb==2.0.1", "followthemoney==4.11.2", "antlr4-cypher==0.1.2", "kuzu==0.11.3",
            "lxml==6.1.3"]

python = make_venv(sys.argv[1], *PACKAGES)
test = pathlib.Path(__file__).parent / (sys.argv[2] + ".py")
os.execv(python, [python, test, *sys.argv[3:]])
