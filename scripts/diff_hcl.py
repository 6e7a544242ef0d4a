"""A differential run: our parser of Terraform's native syntax beside tree-sitter-hcl, on files that people wrote.

    make diff-hcl FILES=DIR          # or: python scripts/diff_hcl.py DIR --limit 5000

Every block and attribute of every `.tf`, `.tfvars`, `.tofu` and `.hcl` file below DIR is compared: name, labels, range
in bytes, and the shape of the expression with the range of every part of it. A file with the same content is read once.
Agreement proves little where both are wrong, and a difference proves nothing until the specification of HCL or the
`terraform` command is asked, so every difference falls into a bucket; a bucket that is argued below (`ARGUED`) says
why, and a difference that falls into none fails the run. Whether a whole file is valid is decided by
`terraform fmt`, where that command is installed.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from scripts.hcl_shapes import Broken, Item, Ours, Theirs  # noqa: E402

SUFFIXES = (".tf", ".tofu", ".tfvars", ".hcl")

ARGUED = {
    "nested conditionals": "tree-sitter groups `a ? b : c ? d : e` to the left; `terraform console` groups it right.",
    "heredoc end": "tree-sitter ends a heredoc elsewhere than behind its marker: HCL ends it at the first line that "
    "holds nothing but the marker and blanks.",
    "index behind an attribute splat": "`x.*.a[0]`: by the specification an index in brackets belongs to the list that "
    "the splat made; tree-sitter gives it to each element.",
    "splat behind a splat": "`x[*].a[*].b`: all that follows `[*]` belongs to each element, a second splat too; "
    "tree-sitter applies the second one to the list that the first one made.",
    "escaped sequence": "`$$${` is a dollar sign and a literal `${` to `terraform console`; tree-sitter reads a "
    "sequence.",
    "set twice": "an argument that is set twice: the first one stands, and it is a named problem.",
    "template directive": "tree-sitter pairs the directives of a template otherwise, or reads one as text.",
    "tree-sitter stops at an error": "tree-sitter reports an error inside this block; `terraform fmt` accepts the "
    "file, and so do we.",
    "both refuse": "the file is broken: what each salvages of the broken block is its own choice.",
    "we refuse, and so does terraform": "tree-sitter is more lenient than `terraform fmt`.",
    "not UTF-8": "Terraform reads UTF-8 only, and so do we.",
}


# -- comparison -----------------------------------------------------------------------------------------------------


def difference(ours: Any, theirs: Any) -> tuple[Any, Any] | None:
    """The smallest parts of two shapes that differ, None when they are equal."""
    if ours == theirs:
        return None
    if not isinstance(ours, tuple) or not isinstance(theirs, tuple) or not ours or not theirs:
        return ours, theirs
    if ours[0] != theirs[0] or len(ours) != len(theirs) or _left(theirs):
        return ours, theirs
    parts = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(parts) == 1 and isinstance(parts[0][0], tuple):
        return difference(*parts[0])
    deeper = [part for part in parts if isinstance(part[0], tuple)]
    # Where only inner parts differ they are looked at one by one; a different range of this one is its own.
    if len(deeper) == len(parts):
        return difference(*deeper[0])
    return ours, theirs


def bucket(ours: Any, theirs: Any, data: bytes) -> str:
    """The name of a class of differences, "" where there is none."""
    if _left(theirs):
        return "nested conditionals"
    if isinstance(ours, tuple) and isinstance(theirs, tuple) and ours and theirs and ours[0] == theirs[0] == "text":
        if data[ours[1] : ours[1] + 2] == b"<<" and ours[1:3] != theirs[1:3]:
            return "heredoc end"
        if b"%{" in data[ours[1] : ours[2]]:
            return "template directive"
        if re.search(rb"[$]{3}\{|%{3}\{", data[ours[1] : ours[2]]):
            return "escaped sequence"
    if isinstance(theirs, tuple) and theirs and isinstance(theirs[0], tuple) and theirs[0][:1] == ("text",):
        theirs = theirs[0]  # a key
    is_text = isinstance(theirs, tuple) and theirs[:1] == ("text",)
    if is_text and re.search(rb"[$]{3}\{|%{3}\{", data[theirs[1] : theirs[2]]):
        return "escaped sequence"
    if isinstance(ours, tuple) and ours and ours[0] in ("if", "loop"):
        return "template directive"
    if isinstance(ours, tuple) and isinstance(theirs, tuple) and "splat" in (ours[0], theirs[0]):
        if ours[0] == "get" and isinstance(ours[3], tuple) and ours[3][0] == "splat":
            return "index behind an attribute splat"
        if theirs[0] == "splat" and ours[0] != "splat":
            return "splat behind a splat"
    return ""


def _left(shape: Any) -> bool:
    """Whether a conditional is grouped to the left: its condition is one, with no parentheses."""
    return isinstance(shape, tuple) and shape[:1] == ("cond",) and isinstance(shape[3], tuple) and shape[3][0] == "cond"


class Run:
    """Counts and buckets over all files."""

    def __init__(self) -> None:
        self.buckets: dict[str, list[str]] = collections.defaultdict(list)
        self.files = self.bytes = self.blocks = self.attributes = self.equal = 0

    def say(self, name: str, what: str) -> None:
        self.buckets[name].append(what)

    def file(self, parser: Any, path: pathlib.Path, data: bytes) -> None:
        """Compare one file."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            self.say("not UTF-8", str(path))
            return
        self.files += 1
        self.bytes += len(data)
        ours, theirs = Ours(text), Theirs(parser, data)
        mine = ours.items()
        try:
            other, broken = theirs.items()
        except Broken as error:
            self.say("undecided", f"{path}: tree-sitter has a node we do not know: {error}")
            return
        refused = any(problem.block for problem in ours.parsed.problems)
        if refused or broken:
            valid = accepted(data)
            if refused and broken:
                self.say("both refuse" if valid is not True else "undecided", f"{path}: {ours.parsed.problems[0]}")
                return
            if refused:
                name = "we refuse, and so does terraform" if valid is False else "undecided"
                self.say(name, f"{path}: terraform fmt {valid}: {ours.parsed.problems[0]}")
            else:
                name = "tree-sitter stops at an error" if valid is not False else "undecided"
                self.say(name, f"{_place(path, data, broken[0][0])}: terraform fmt {valid}")
            # Whole blocks that neither has lost are compared all the same.
            other = {start: item for start, item in other.items() if start in mine or not (refused or broken)}
            mine = {start: item for start, item in mine.items() if start in other}
        twice = {ours.at(problem.start) for problem in ours.parsed.problems if not problem.block}
        for start in sorted(mine.keys() | other.keys()):
            self.item(path, mine.get(start), other.get(start), data, bool(broken), twice)

    def item(
        self, path: pathlib.Path, mine: Item | None, other: Item | None, data: bytes, broken: bool, twice: set[int]
    ) -> None:
        """Compare one block or attribute."""
        is_block = (mine or other).value is None  # type: ignore[union-attr]  # one of them is there
        self.blocks += is_block
        self.attributes += not is_block
        if mine == other:
            self.equal += 1
            return
        start = (mine or other).start  # type: ignore[union-attr]
        place = _place(path, data, start)
        if broken:
            self.say("tree-sitter stops at an error", place)
            return
        if mine is None or other is None or mine.value is None or other.value is None:
            name = "set twice" if mine is None and start in twice else "undecided"
            self.say(name, f"{place}: {mine and mine.head} {other and other.head}")
            return
        found = difference(mine.value, other.value) or ((mine.start, mine.end), (other.start, other.end))
        name = bucket(*found, data) or "undecided"
        self.say(name, f"{place}: ours {str(found[0])[:200]} theirs {str(found[1])[:200]}")


def _place(path: pathlib.Path, data: bytes, offset: int) -> str:
    line = data.count(b"\n", 0, offset) + 1
    return f"{path}:{line}"


_VERDICTS: dict[bytes, bool | None] = {}


def accepted(data: bytes) -> bool | None:
    """Whether `terraform fmt` reads a text; None where the command is not installed."""
    command = shutil.which("terraform")
    if command is None:
        return None
    key = hashlib.blake2b(data).digest()
    if key not in _VERDICTS:
        run = subprocess.run([command, "fmt", "-no-color", "-"], input=data, capture_output=True, check=False)
        _VERDICTS[key] = run.returncode == 0
    return _VERDICTS[key]


def files_below(place: pathlib.Path) -> Iterator[tuple[pathlib.Path, bytes]]:
    """Each distinct file below a folder."""
    seen: set[bytes] = set()
    for path in sorted(place.rglob("*")):
        if path.name.endswith(SUFFIXES) and not path.name.startswith(".terraform.lock") and path.is_file():
            data = path.read_bytes()
            key = hashlib.blake2b(data).digest()
            if key not in seen:
                seen.add(key)
                yield path, data


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=pathlib.Path, help="a folder with Terraform files, of any depth")
    parser.add_argument("--limit", type=int, default=0, help="stop after so many distinct files")
    parser.add_argument("--show", type=int, default=3, help="examples a bucket (undecided ones: all)")
    options = parser.parse_args()
    try:
        import tree_sitter
        import tree_sitter_hcl
    except ImportError:
        print("diff-hcl needs: pip install tree-sitter tree-sitter-hcl", file=sys.stderr)
        return 2
    theirs = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))
    run = Run()
    begun = time.process_time()
    for path, data in files_below(options.files):
        if options.limit and run.files >= options.limit:
            break
        run.file(theirs, path.relative_to(options.files), data)
    print(f"{run.files:,} files, {run.bytes / 1e6:.1f} MB, {run.blocks:,} blocks, {run.attributes:,} attributes")
    print(f"equal in name, labels, range and shape: {run.equal:,} ({time.process_time() - begun:.0f} s CPU)")
    for name, examples in sorted(run.buckets.items()):
        print(f"\n{name}: {len(examples)}\n  {ARGUED.get(name, 'not argued: this fails the run')}")
        for example in examples if name not in ARGUED else examples[: options.show]:
            print(f"    {example}")
    return 1 if run.buckets.keys() - ARGUED.keys() else 0


if __name__ == "__main__":
    sys.exit(main())
