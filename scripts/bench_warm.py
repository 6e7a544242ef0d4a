"""How fast edits are answered in a warm session: user CPU of several sorts of edits, least of several rounds.

    make bench-warm                # the tree of 25 modules
    make bench-warm TREES="25 200" # and the one of 200

An edit that cannot be followed step by step loads the tree anew; the last column says why. The trees are those of
`bench_terraform.py`, written anew from its recipe.
"""

from __future__ import annotations

import os
import pathlib
import tempfile
import time

from bench_terraform import modules
from nephograph.session.warm import Step, WarmSession

EDITS = (
    ("a comment between blocks", "# Storage of", "# \n# Storage of"),
    ("a comment in a block", "  enable_key_rotation     = true", "  # why\n  enable_key_rotation     = true"),
    ("a tag", 'Tier = "storage" })', 'Tier = "other" })'),
    ("an encryption attribute", "encrypted         = true", "encrypted         = false"),
    ("a security-group rule", 'protocol    = "-1"', 'protocol    = "tcp"'),
    ("an IAM policy", '"kms:Decrypt", ', '"kms:Encrypt", '),
    ("a variable's default", "default = 14", "default = 15"),
    ("a syntax error", "encrypted         = true", "encrypted         = "),
)
ROOT_EDITS = (
    ("a root argument", "ports      = [22, 8000]", "ports      = [22, 8999]"),
    ("the range of the root's network", "10.20.0.0/16", "10.21.0.0/16"),
)
ROUNDS = int(os.environ.get("ROUNDS") or 3)


def main() -> None:
    """Print one line an edit and the one that takes it back."""
    for size in (int(word) for word in (os.environ.get("TREES") or "25").split()):
        with tempfile.TemporaryDirectory() as place:
            tree = pathlib.Path(place) / "tree"
            modules(tree, size)
            before = time.process_time()
            session = WarmSession(str(tree))
            print(f"\n{size} modules: loaded in {time.process_time() - before:.2f} s CPU")
            inside = tree / "modules" / "m001" / "main.tf"
            for file, edits in ((inside, EDITS), (tree / "main.tf", ROOT_EDITS)):
                text = file.read_text()
                for what, old, new in edits:
                    show(what, *measured(session, file, text, text.replace(old, new, 1)))


def measured(session: WarmSession, file: pathlib.Path, text: str, edited: str) -> tuple[float, float, Step]:
    """Least CPU seconds of the edit and of taking it back, and what the edit took."""
    if edited == text:
        raise ValueError("the edit changes nothing: the recipe of the tree has changed")
    there, back = [], []
    for _ in range(ROUNDS):
        for buffer, times in ((edited, there), (text, back)):
            before = time.process_time()
            session.edit(str(file), buffer)
            times.append(time.process_time() - before)
            if buffer is edited:
                step = session.last
    return min(there), min(back), step


def show(what: str, there: float, back: float, step: Step) -> None:
    """One line."""
    took = step.anew or f"{step.instances} instances, {step.checked} resources checked"
    engines = ", engines anew" if step.engines else ""
    print(f"  {what:34} {there * 1000:8.1f} ms  back {back * 1000:8.1f} ms  {took}{engines}")


if __name__ == "__main__":
    main()
