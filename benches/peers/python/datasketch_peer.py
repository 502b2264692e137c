"""datasketch: sketches by its bulk call with a fast hash, candidates checked by their sketches."""

import xxhash
from datasketch import MinHash, MinHashLSH

import common

VALUES = 128
# A batch keeps its shingles in memory until it is sketched.
BATCH = 1024


def main():
    args = common.arguments()
    if args.default:
        # As its documentation begins: single words, SHA-1, and what the index returns is taken as it is.
        index, sketched, threshold = MinHashLSH(threshold=0.5, num_perm=VALUES), {}, None
    else:
        index, threshold = MinHashLSH(params=(32, 4), num_perm=VALUES), 0.5
        sketched = {"hashfunc": xxhash.xxh32_intdigest}
    words = 1 if args.default else 3
    stories = common.Stories()
    sketches = []
    for batch in common.batches(common.articles(args.articles), BATCH):
        tokens = [[token.encode() for token in common.shingles(text, words)] for _, text in batch]
        for (id, _), sketch in zip(batch, MinHash.bulk(tokens, num_perm=VALUES, **sketched)):
            article = stories.add(id)
            join(stories, sketches, index, article, sketch, threshold)
            # A key that is new needs no search for an old one.
            index.insert(article, sketch, check_duplication=False)
            sketches.append(sketch)
    stories.write(args.stories)


def join(stories, sketches, index, article, sketch, threshold):
    """Sketches are compared only where that can still join anything."""
    for other in index.query(sketch):
        if stories.together(article, other):
            continue
        if threshold is None or sketch.jaccard(sketches[other]) >= threshold:
            stories.join(article, other)


main()
