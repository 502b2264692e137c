"""text-dedup: its own command, and the table from the union-find that it leaves behind."""

import os
import pickle
import subprocess
import sys
import tempfile

import common

TUNED = ["--ngram=3", "--num_perm=128", "--threshold=0.5", "--hash_func=xxh3", "--hash_bits=32"]


def main():
    args = common.arguments()
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        command = [sys.executable, "-m", "text_dedup.minhash", "--path=json", f"--data_files={args.articles}"]
        command += ["--split=train", "--column=text", "--debug", f"--output={out}", f"--cache_dir={folder}"]
        # It takes as many processes as there are cores by itself.
        subprocess.run(command + ([] if args.default else TUNED), check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(out, "uf.pkl"), "rb") as kept:
            found = pickle.load(kept)
    # It numbers the articles as they lie in the file.
    with open(args.stories, "w", encoding="utf-8", newline="\n") as table:
        table.write("id\tstory\n")
        ids = (id for id, _ in common.articles(args.articles))
        table.writelines(f"{id}\t{found.find(at)}\n" for at, id in enumerate(ids))


main()
