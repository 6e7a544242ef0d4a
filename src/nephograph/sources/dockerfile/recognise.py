"""Which files are Dockerfiles: told by their names, as docker and podman choose them by default."""

from __future__ import annotations

import os
import pathlib

from nephograph.sources.json_files import MAX_ENTRIES, SKIPPED_DIRECTORIES

_STEMS = ("dockerfile", "containerfile")
_TEMPLATES = (".j2", ".jinja", ".jinja2", ".tmpl", ".tpl", ".template", ".erb", ".mustache", ".in", ".ejs", ".gotmpl")
_OTHERS = (
    *(".dockerignore", ".md", ".txt", ".rst", ".html", ".json", ".yaml", ".yml", ".py", ".sh", ".js", ".ts", ".go"),
    *(".swp", ".golden", ".snap", ".png", ".jpg", ".svg", ".gif", ".pdf", ".tar", ".gz", ".zip", ".lock"),
)
"""Endings of files about Dockerfiles: BuildKit's `Dockerfile.dockerignore`, notes, programs that write them."""

_COPIES = (".orig", ".bak", ".rej", "~")


def is_named(name: str) -> bool:
    """True for Dockerfile, Dockerfile.dev, Dockerfile-dev, dev.Dockerfile, Containerfile; templates of them too."""
    low = name.lower()
    if low.endswith((*_OTHERS, *_COPIES)):
        return False
    head, _, _ = low.replace("-", ".").replace("_", ".").partition(".")
    return head in _STEMS or low.rpartition(".")[2] in _STEMS


def is_exact(name: str) -> bool:
    """True for the names that are nothing else's: Dockerfile, Containerfile, and what ends in them."""
    return name.lower().rpartition(".")[2] in _STEMS


def is_template(name: str) -> bool:
    """True for a file that a program makes a Dockerfile of: its text is no Dockerfile yet."""
    return name.lower().endswith(_TEMPLATES)


def holds_dockerfile(path: pathlib.Path) -> bool:
    """True for a Dockerfile, and for a directory that holds one."""
    if path.is_file():
        return is_named(path.name)
    left = MAX_ENTRIES
    for _, directories, names in os.walk(path, followlinks=False):
        directories[:] = [name for name in directories if name not in SKIPPED_DIRECTORIES]
        left -= len(names) + len(directories) + 1
        if left < 0:
            return False
        if any(is_named(name) for name in names):
            return True
    return False
