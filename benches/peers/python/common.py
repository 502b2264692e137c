"""What every Python peer shares: reading articles, runs of words, and writing which article is of which story."""

import argparse
from itertools import islice

import orjson


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", help="articles, one JSON object a line")
    parser.add_argument("stories", help="where the table goes")
    parser.add_argument("--default", action="store_true", help="the peer's own setting instead of the tuned one")
    return parser.parse_args()


def articles(path):
    """Id and text of each article; the file is never in memory as a whole."""
    with open(path, "rb") as lines:
        for line in lines:
            article = orjson.loads(line)
            yield article["id"], article["text"]


def batches(items, size):
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch


def shingles(text, words):
    """Runs of words in lower case, joined without a loop in Python; the whole text where it is shorter."""
    tokens = text.lower().split()
    return list(map(" ".join, zip(*(tokens[at:] for at in range(words))))) or [" ".join(tokens)]


class Stories:
    """Union-find over the pairs that a peer's index returns."""

    def __init__(self):
        self.ids = []
        self.parents = []

    def add(self, id):
        """Adds an article of its own and says its position."""
        self.ids.append(id)
        self.parents.append(len(self.parents))
        return len(self.ids) - 1

    def root(self, at):
        parents = self.parents
        while parents[at] != at:
            parents[at] = at = parents[parents[at]]
        return at

    def together(self, one, other):
        return self.root(one) == self.root(other)

    def join(self, one, other):
        one, other = self.root(one), self.root(other)
        self.parents[max(one, other)] = min(one, other)

    def write(self, path):
        with open(path, "w", encoding="utf-8", newline="\n") as table:
            table.write("id\tstory\n")
            table.writelines(f"{id}\t{self.root(at)}\n" for at, id in enumerate(self.ids))
