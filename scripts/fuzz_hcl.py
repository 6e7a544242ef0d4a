"""A fuzzer of the Terraform source: files that people wrote, mutated; a load must never raise and never hang.

    make fuzz-hcl N=20000 FILES=DIR        # or: python scripts/fuzz_hcl.py --count 20000 --seeds DIR --seed 1

Each round takes a few files of the seeds (without DIR: the examples in this repository), cuts, doubles, swaps and
splices them, puts what is known to be dangerous in between (unclosed markers, huge ranges, cycles, deep nesting), and
loads the folder as `neph check` would, then asks every attribute for its value and its origin. A round that raises,
that takes longer than its budget, or that loses an instance (seen and evaluated differ) stops the run and prints the
seed and the smallest tree that still shows it.
"""

from __future__ import annotations

import argparse
import gc
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from nephograph.model.source import LoadOptions  # noqa: E402
from nephograph.sources.terraform import SOURCE  # noqa: E402
from nephograph.sources.terraform.settings import SettingDocument  # noqa: E402

SECONDS = 20
"""The budget of one round."""

LARGEST_SEED = 60_000
DANGEROUS = (
    "{", "}", "[", "]", "(", ")", '"', "${", "%{ for x in y }", "%{ endif }", "<<EOT\n", "<<-EOT\n", "EOT\n", "/*",
    "*/", "#", "...", "[*]", ".*", "\u0000", "\ufeff", "\r\n", "\u2028", "\u00e9", "\ud7ff", "= =", "=>", "::", "? :",
    "!!!!", "- - -", "range(999999999)", "setproduct(range(999), range(999), range(999))", 'format("%999999999d", 1)',
    'join("", [for i in range(99999) : "aaaaaaaaaaaaaaaaaaaaaaaaaaaa"])',
    'regex("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaab")',
    'replace(join("", [for i in range(9999) : "a"]), "a", join("", [for i in range(9999) : "b"]))', "1e999", "-0",
    "1e-999", '"${join("", [for i in range(9999) : "%{ if true }x%{ endif }"])}"', 'jsondecode("[[[[[[")',
    'yamldecode("&a [*a]")', 'file("/etc/passwd")', 'templatefile("../../x", {})', 'fileset("..", "**")',
    'base64decode("////")', 'cidrsubnets("::/0", 128, 128)', "each.value", "each.key", "count.index", "self.arn",
    "path.cwd", "terraform.workspace", "local.loop", "var.loop", "module.loop.x", "count = 999999999\n",
    "count = -1\n", "for_each = null\n", "for_each = toset([null])\n", "for_each = { a = { b = [1] } }\n",
    'dynamic "x" {\n  for_each = range(9999)\n  content {\n    v = x.value\n  }\n}\n',
    "locals {\n  loop = local.loop\n}\n", 'module "loop" {\n  source = "./"\n}\n',
    'variable "loop" {\n  type = object({ a = optional(loop, 1) })\n}\n',
    'terraform {\n  backend "nowhere" {\n    x = 1\n  }\n}\n', "moved {\n  from = a.b\n}\n",
    'provider "aws" {\n  region = var.loop\n}\n', "[" * 300, "(" * 3000, "{" * 300, '"${' * 300, "1 + " * 3000,
    "! " * 3000, "a." * 3000, "[0]" * 3000, "x ? y : " * 500,
)  # fmt: skip


_ARGUMENT = re.compile(r"(?m)^[ \t]*[\w-]+[ \t]*=[ \t]*([^\s{\[(<][^\n{\[(]*)$")


class Overrun(Exception):  # noqa: N818 - not an error of what is fuzzed until it is reported
    """A round took longer than its budget."""


def seeds(place: pathlib.Path | None) -> list[str]:
    """The texts to mutate, distinct and in a fixed order."""
    folder = place or ROOT / "tests"
    texts = set()
    for file in folder.rglob("*.tf"):
        if file.is_file() and file.stat().st_size < LARGEST_SEED:
            texts.add(file.read_text(encoding="utf-8", errors="replace"))
    if not texts:
        sys.exit(f"no .tf files below {folder}")
    return sorted(texts)


def mutated(text: str, other: str, chance: random.Random) -> str:
    """One mutation of a text; `other` lends pieces."""
    start = chance.randrange(len(text) + 1)
    size = chance.choice((0, 0, 1, 2, 8, 40, 400))
    end = min(len(text), start + size)
    match chance.randrange(10):
        case 0:
            piece = ""
        case 1 | 2:
            piece = chance.choice(DANGEROUS)
        case 3:
            at = chance.randrange(len(other) + 1)
            piece = other[at : at + chance.choice((1, 10, 100, 1000))]
        case 4:
            piece = text[start:end] * chance.choice((2, 3, 50))
        case 5:
            lines = text.split("\n")
            at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines.insert(to, lines[at])
            return "\n".join(lines)
        case 6 | 7 | 8:
            # Something dangerous or borrowed as the value of an argument.
            found = _ARGUMENT.findall(other)
            values = list(_ARGUMENT.finditer(text))
            if not values:
                return text
            at = chance.choice(values).span(1)
            piece = chance.choice(found) if found and chance.random() < 0.3 else chance.choice(DANGEROUS)
            return text[: at[0]] + piece + text[at[1] :]
        case _:
            names = chance.choice(
                (("true", "null"), ("=", "=="), ('"', ""), ("{", "["), ("var.", "local."), ("[", "[*"))
            )
            return text.replace(*names, chance.choice((1, 2, 10_000)))
    return text[:start] + piece + text[end:]


def tree(texts: list[str], chance: random.Random) -> dict[str, str]:
    """The files of one round."""
    files = {}
    for name in chance.sample(("main.tf", "more.tf", "x_override.tf", "terraform.tfvars", "m/main.tf", "x.tf.json"), 3):
        text = "\n".join(chance.choice(texts) for _ in range(chance.choice((1, 2, 5))))
        for _ in range(chance.choice((0, 1, 1, 2, 5, 20))):
            text = mutated(text, chance.choice(texts), chance)
        files[name] = text[: 2 * LARGEST_SEED]
    files["call.tf"] = 'module "m" {\n  source = "./m"\n  for_each = toset(["a", "b"])\n}\n'
    return files


COUNTED = {"resources": 0, "named": 0}
"""What all rounds together evaluated, and what they named as not evaluated or broken."""


def load(files: dict[str, str]) -> str:
    """Load the files and look at everything; what went wrong, "" when nothing did."""
    place = pathlib.Path(tempfile.mkdtemp())
    try:
        for name, text in files.items():
            file = place / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
        signal.signal(signal.SIGALRM, _overrun)
        signal.alarm(SECONDS)
        loaded = SOURCE.load(place, ".", LoadOptions(), lambda *_: None)
        left = [20_000]
        for document in loaded.documents:
            walk(document, (), document.attributes, left)
        signal.alarm(0)
        instances = sum(1 for document in loaded.documents if not isinstance(document, SettingDocument))
        COUNTED["resources"] += instances
        COUNTED["named"] += len(loaded.gaps) + len(loaded.problems)
        if loaded.seen != instances:
            return f"{loaded.seen} instances seen, {instances} there"
    except Overrun:
        return f"longer than {SECONDS} seconds"
    except BaseException as error:  # whatever it is, it is what the fuzzer looks for
        if isinstance(error, KeyboardInterrupt):
            raise
        return "".join(traceback.format_exception(error)[-4:])
    finally:
        signal.alarm(0)
        shutil.rmtree(place)
    return ""


def _overrun(*_: object) -> None:
    raise Overrun


def walk(document: Any, path: tuple[Any, ...], value: Any, left: list[int]) -> None:
    """Ask for the origin of every value of a document."""
    left[0] -= 1
    if left[0] < 0 or len(path) > 60:
        return
    document.origin(path)
    if isinstance(value, dict):
        for key, inner in value.items():
            walk(document, (*path, key), inner, left)
    elif isinstance(value, list):
        for position, inner in enumerate(value[:50]):
            walk(document, (*path, position), inner, left)


def smallest(files: dict[str, str], wrong: str) -> dict[str, str]:
    """Fewer files and fewer lines that still fail in the same way, as far as a minute finds them."""
    kind = wrong.strip().rpartition("\n")[2][:40]
    until = time.monotonic() + 60
    for name in list(files):
        without = {other: text for other, text in files.items() if other != name}
        if kind in load(without):
            files = without
    for name in files:
        size = len(files[name]) // 2
        while size and time.monotonic() < until:
            at = 0
            while at < len(files[name]) and time.monotonic() < until:
                cut = {**files, name: files[name][:at] + files[name][at + size :]}
                if kind in load(cut):
                    files = cut
                else:
                    at += size
            size //= 2
    return files


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="trees")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=pathlib.Path, help="a folder of .tf files to mutate")
    options = parser.parse_args()
    os.environ["NEPH_CACHE_DIR"] = ""
    texts = seeds(options.seeds)
    slowest = 0.0
    begun = time.process_time()
    for number in range(options.count):
        seed = options.seed + number
        files = tree(texts, random.Random(seed))
        before = time.process_time()
        wrong = load(files)
        slowest = max(slowest, time.process_time() - before)
        if number % 50 == 0:
            # A load leaves what it read to the next full collection, which a process of one load never needs.
            gc.collect()
        if wrong:
            print(f"seed {seed}: {wrong}")
            for name, text in smallest(files, wrong).items():
                print(f"--- {name}\n{text!r}")
            return 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{options.count:,} trees of {len(texts):,} files: no exception, no hang, no instance lost")
    print(f"{COUNTED['resources']:,} resources evaluated, {COUNTED['named']:,} gaps and problems named")
    print(f"slowest {slowest:.1f} s, in all {time.process_time() - begun:.0f} s of CPU, {peak} MiB at most")
    return 0


if __name__ == "__main__":
    sys.exit(main())
