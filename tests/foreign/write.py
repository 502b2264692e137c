"""Writes files of one family with the tools that other people write them with: `write.py FAMILY FOLDER`.

Beside them, `expected.json` says what is in each, from the same invented articles. A family imports only the modules
that it needs.
"""

import importlib
import sys

from expect import Expectations


def main():
    family, folder = sys.argv[1:]
    out = Expectations(folder)
    importlib.import_module(family).write(out)
    out.save()


main()
