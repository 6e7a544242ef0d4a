"""A differential run: our evaluator beside tfparse (the Go evaluator of Trivy), on root modules that people wrote.

    make diff-tfparse FILES=DIR        # or: python scripts/diff_tfparse.py DIR --python .bench/tfparse/bin/python

tfparse lives in an environment of its own and is asked in a process of its own; nothing of it is part of this
repository. DIR is loaded by us once, and by tfparse once for every root module that we find: which managed resources
there are, and every attribute that both know. It is a second opinion and no oracle: what it leaves null it did not
evaluate. Each difference falls into a bucket, and every bucket is decided in docs/semantics/terraform.md; a difference
in none fails the run.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from nephograph.model.source import LoadOptions  # noqa: E402
from nephograph.model.value import Reason, Unknown  # noqa: E402
from nephograph.sources.terraform import SOURCE  # noqa: E402

DRIVER = """
import json, sys
from tfparse import load_from_path
for line in sys.stdin:
    try:
        found = load_from_path(line.strip())
    except BaseException as error:
        found = {"error": repr(error)}
    print(json.dumps(found, default=str), flush=True)
"""
DECIDED = {
    "tfparse fails",
    "only ours: a modelled module",
    "only ours: over 32 module calls",
    "only ours: its count or for_each is not known",
    "only ours: an instance they do not expand",
    "only theirs: an instance of what we do not know the number of",
    "only theirs: a block they do not expand",
    "only theirs: a count they take for one",
    "theirs null",
    "a reference they leave open",
    "a secret, which we do not hand out",
    "a policy document they do not render",
    "an invented value",
    "empty for what is not known",
    "a text cut or not rendered",
    "fewer blocks or elements",
}
_OPEN = (
    Reason.ABSENT_MODULE,
    Reason.AFTER_APPLY,
    Reason.NOT_SEEN,
    Reason.NO_VALUE,
    Reason.OUTSIDE_ROOT,
    Reason.DATA_SOURCE,
)
META = {"id", "count", "for_each", "depends_on", "provider", "lifecycle", "provisioner", "connection", "dynamic"}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class Theirs:
    """tfparse in a process of its own."""

    def __init__(self, python: str) -> None:
        self._python = python
        self._process = self._started()

    def _started(self) -> subprocess.Popen[str]:
        pipe, quiet = subprocess.PIPE, subprocess.DEVNULL
        return subprocess.Popen([self._python, "-c", DRIVER], stdin=pipe, stdout=pipe, stderr=quiet, text=True)

    def load(self, place: pathlib.Path) -> dict[str, dict[str, Any]] | None:
        """The managed resources of a root by address; None where it fails."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{place}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            # It has ended itself.
            self._process = self._started()
            return None
        found = json.loads(answer)
        if "error" in found:
            return None
        return {
            block["__tfmeta"]["path"]: block
            for blocks in found.values()
            for block in blocks
            if block["__tfmeta"].get("type") == "resource"
        }


class Run:
    """What all roots showed."""

    def __init__(self) -> None:
        self.buckets: dict[str, list[str]] = collections.defaultdict(list)
        self.roots = self.both = self.equal = 0

    def say(self, name: str, what: str) -> None:
        self.buckets[name].append(what)

    def root(self, ours: dict[str, Any], modelled: list[str], theirs: dict[str, dict[str, Any]], shown: str) -> None:
        """Compare one root module."""
        self.roots += 1
        for address in sorted(ours.keys() | theirs.keys()):
            here = f"{shown}: {address}"
            if address not in theirs:
                self.say(only_ours(ours[address], modelled, theirs), here)
            elif address not in ours:
                self.say(only_theirs(address, ours), here)
            else:
                self.both += 1
                for name, value in theirs[address].items():
                    if not name.startswith("__") and name not in META:
                        self.value(f"{here}.{name}", ours[address].attributes.get(name), value)

    def value(self, where: str, ours: Any, theirs: Any) -> None:
        """Compare one value, block or attribute."""
        if isinstance(ours, list) and isinstance(theirs, dict) and len(ours) == 1:
            self.value(where, ours[0], theirs)
        elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
            for position, (one, other) in enumerate(zip(ours, theirs, strict=True)):
                self.value(f"{where}[{position}]", one, other)
        elif isinstance(ours, dict) and isinstance(theirs, dict):
            for name in theirs:
                if not name.startswith("__") and not (name == "id" and _UUID.fullmatch(str(theirs[name]))):
                    self.value(f"{where}.{name}", ours.get(name), theirs[name])
        elif name := difference(ours, theirs):
            self.say(name, f"{where}: ours {ours!r:.200}, theirs {theirs!r:.200}")
        else:
            self.equal += 1


def difference(ours: Any, theirs: Any) -> str:
    """The bucket of two values, "" when they are the same."""
    if theirs is None:
        return "" if ours is None else "theirs null"
    if isinstance(theirs, dict) and "__name__" in theirs:
        return "a reference they leave open"
    if isinstance(ours, Unknown) and ours.reason is Reason.SENSITIVE:
        return "a secret, which we do not hand out"
    if isinstance(ours, Unknown):
        if theirs in ([], {}, "", False, 0):
            return "empty for what is not known"
        if "${" in str(theirs):
            return "a text cut or not rendered"
        if isinstance(theirs, str) and _UUID.fullmatch(theirs):
            return "an invented value"
        # What is evaluated nowhere is not theirs to know; what fails or is not evaluated with us might be.
        return "an invented value" if ours.reason in _OPEN else f"ours unknown ({ours.reason.name})"
    if ours == theirs or plain(ours) == plain(theirs) or (ours is None and theirs in ([], {}, "")):
        return ""
    if isinstance(ours, list) and (not isinstance(theirs, list) or len(theirs) < len(ours)):
        return "fewer blocks or elements"
    if isinstance(ours, str) and isinstance(theirs, str):
        return texts(ours, theirs)
    return "undecided"


def texts(ours: str, theirs: str) -> str:
    """The bucket of two texts."""
    if _UUID.search(theirs):
        return "a policy document they do not render" if ours.lstrip().startswith("{") else "an invented value"
    if "current-region" in theirs:
        return "an invented value"
    if "${" in theirs or ours.startswith(theirs):
        return "a text cut or not rendered"
    try:
        return "" if json.loads(ours) == json.loads(theirs) else "undecided"
    except ValueError:
        return "undecided"


def plain(value: Any) -> Any:
    """A scalar as the provider reads it: the text of a number or bool; sets in one order."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return format(value, ".15g")
    if isinstance(value, list):
        return sorted((plain(item) for item in value), key=repr)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def only_ours(document: Any, modelled: list[str], theirs: dict[str, dict[str, Any]]) -> str:
    """The bucket of a resource that tfparse does not have."""
    address = document.address
    if any(address.startswith((f"{call}.", f"{call}[")) for call in modelled):
        return "only ours: a modelled module"
    if document.existence is not None or "[*]" in address:
        return "only ours: its count or for_each is not known"
    if len({other.split(".")[1] for other in theirs if other.startswith("module.")}) >= 32:
        return "only ours: over 32 module calls"
    return "only ours: an instance they do not expand" if "[" in address else "only ours"


def only_theirs(address: str, ours: dict[str, Any]) -> str:
    """The bucket of a resource that we do not have."""
    same = [other for other in ours if _bare(other) == _bare(address)]
    if any("[*]" in other for other in same):
        return "only theirs: an instance of what we do not know the number of"
    if same:
        return "only theirs: a block they do not expand"
    return "only theirs: a count they take for one" if address.endswith("[0]") else "only theirs"


def _bare(address: str) -> str:
    return re.sub(r"\[[^\]]*\]", "", address)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=pathlib.Path, help="a repository")
    parser.add_argument("--python", default=str(ROOT / ".bench" / "tfparse" / "bin" / "python"))
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--show", type=int, default=2)
    options = parser.parse_args()
    os.environ["NEPH_CACHE_DIR"] = ""
    theirs = Theirs(options.python)
    run = Run()
    loaded = SOURCE.load(options.files, ".", LoadOptions(), lambda *_: None)
    modelled = [gap.subject for gap in loaded.gaps if gap.kind == "modelled-module"]
    roots: dict[str, dict[str, Any]] = collections.defaultdict(dict)
    for document in loaded.documents:
        roots[document.root][document.address] = document
    for root in sorted(roots)[: options.limit or None]:
        found = theirs.load(options.files / root)
        if found is None:
            run.say("tfparse fails", root)
        else:
            run.root(roots[root], modelled, found, root)
    print(f"{run.roots:,} roots, {run.both:,} resources of both, {run.equal:,} values equal")
    for name, examples in sorted(run.buckets.items()):
        print(f"\n{name}: {len(examples):,}{'' if name in DECIDED else '  (not decided)'}")
        for example in examples[: options.show]:
            print(f"    {example}")
    return 1 if run.buckets.keys() - DECIDED else 0


if __name__ == "__main__":
    sys.exit(main())
