"""The list of the files that were written, with what is in each."""

import json
import pathlib


class Expectations:
    """`round_trip` says how a file has to come back where nothing is dropped: its `bytes`, or the same `table`."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.files = []

    def path(self, name):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def add(self, name, articles, round_trip="bytes", **more):
        """`more`: `fields` by role, `format`, `compression`, `schema` as `inspect --schema` is to name them."""
        assert self.path(name).stat().st_size, name
        self.files.append({"path": name, "articles": articles, "round_trip": round_trip} | more)

    def write(self, name, content, articles, **more):
        self.path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
        self.add(name, articles, **more)

    def save(self):
        assert self.files
        text = json.dumps(self.files, ensure_ascii=False, indent=1)
        (self.folder / "expected.json").write_text(text, encoding="utf-8")
