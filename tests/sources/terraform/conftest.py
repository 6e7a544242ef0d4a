"""A small tree of Terraform text, loaded."""

import pathlib

import pytest

from nephograph.model.source import LoadOptions
from nephograph.sources.terraform import SOURCE
from nephograph.sources.terraform.settings import SettingDocument


class Tree:
    """Writes files below a directory and loads them."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path

    def write(self, files):
        if isinstance(files, str):
            files = {"main.tf": files}
        for name, content in files.items():
            file = self.path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
        return self

    def load(self, files=None, **options):
        if files is not None:
            self.write(files)
        return Result(SOURCE.load(self.path, ".", LoadOptions(**options), lambda *_: None), self)

    def read(self, name="main.tf"):
        return (self.path / name).read_text()

    def edit(self, loaded, *edits):
        """Apply the edits and load again."""
        for edit in reversed(SOURCE.edit(self.path, loaded, edits)):
            file = self.path / edit.file
            text = file.read_text()
            file.write_text(text[: edit.start] + edit.text + text[edit.end :])
        return self.load()


class Result:
    """A Loaded with short ways to what tests ask."""

    def __init__(self, loaded, tree) -> None:
        self.loaded = loaded
        self.tree = tree

    def __getattr__(self, name):
        return getattr(self.loaded, name)

    @property
    def documents(self):
        """Those of resources."""
        return [document for document in self.loaded.documents if not isinstance(document, SettingDocument)]

    @property
    def settings(self):
        """What the configuration says of itself, by its address."""
        return {one.address: one for one in self.loaded.documents if isinstance(one, SettingDocument)}

    @property
    def addresses(self):
        return [document.address for document in self.documents]

    def __getitem__(self, address):
        return next(document for document in self.loaded.documents if document.address == address)

    def value(self, address, *path):
        value = self[address].attributes
        for part in path:
            value = value[part]
        return value

    def said(self, address, *path):
        """The text at the origin of a value."""
        return self.text(self[address].origin(path).span)

    def causes(self, address, *path):
        return [(cause.what, self.text(cause.span)) for cause in self[address].origin(path).causes]

    def text(self, span):
        lines = (self.tree.path / span.file).read_text().split("\n")[span.line - 1 : span.end_line]
        lines[-1] = lines[-1][: span.end_column - 1]
        lines[0] = lines[0][span.column - 1 :]
        return "\n".join(lines)

    def kinds(self):
        return sorted((gap.kind, gap.subject) for gap in self.loaded.gaps)

    def codes(self):
        return [problem.code for problem in self.loaded.problems]


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch):
    """No test leaves anything in the user's cache."""
    monkeypatch.setenv("NEPH_CACHE_DIR", "")


@pytest.fixture
def tree(tmp_path):
    return Tree(tmp_path)
