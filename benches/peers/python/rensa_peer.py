"""rensa: sketches and the index by its batch calls, candidates checked by their sketches."""

from rensa import RMinHash, RMinHashLSH

import common

VALUES = 128
# Lists of strings are freed batch by batch, and a batch is large enough for the calls not to count.
BATCH = 4096


def main():
    args = common.arguments()
    words, threshold, bands = (1, 0.8, 8) if args.default else (3, 0.5, 32)
    tokens = str.split if args.default else lambda text: common.shingles(text, words)
    stories = common.Stories()
    index = RMinHashLSH(threshold=threshold, num_perm=VALUES, num_bands=bands)
    sketches = []
    for batch in common.batches(common.articles(args.articles), BATCH):
        first = len(sketches)
        for id, _ in batch:
            stories.add(id)
        made = RMinHash.from_token_sets([tokens(text) for _, text in batch], num_perm=VALUES, seed=42)
        sketches.extend(made)
        index.insert_many(made, start_key=first)
        join(stories, sketches, first, index.query_all(made), threshold)
    stories.write(args.stories)


def join(stories, sketches, first, candidates, threshold):
    """Sketches are compared only where that can still join anything."""
    for article, others in enumerate(candidates, first):
        sketch = sketches[article]
        for other in others:
            if not stories.together(article, other) and sketch.jaccard(sketches[other]) >= threshold:
                stories.join(article, other)


main()
