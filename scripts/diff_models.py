"""Our models of well-known registry modules beside the modules themselves, on the calls of their own examples.

    python scripts/diff_models.py DIR      # DIR holds terraform-aws-vpc/, terraform-aws-eks/, … as they are published

Each example of a module is evaluated twice: with the module's real source, and as a person writes it, naming the
registry, with the source absent and the model in its place. What the model states must be what the module does: a
resource that the module does not make, or a value that differs from a known one, fails the run; what the model leaves
out is counted. Clone the repositories at the version in question: github.com/terraform-aws-modules/terraform-aws-*.
"""

from __future__ import annotations

import argparse
import collections
import os
import pathlib
import re
import shutil
import sys
import tempfile
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from nephograph.model.source import LoadOptions  # noqa: E402
from nephograph.model.value import Reason, Unknown  # noqa: E402
from nephograph.sources.terraform import SOURCE  # noqa: E402
from nephograph.sources.terraform.module_models import find  # noqa: E402

_SOURCE = re.compile(r'(source\s*=\s*)"\.\./\.\./?(modules/[\w-]+)?/?"')


def documents(place: pathlib.Path, scan: str) -> dict[str, Any]:
    """The resources of one root of a tree, by address."""
    loaded = SOURCE.load(place, ".", LoadOptions(), lambda *_: None)
    return {document.address: document for document in loaded.documents if document.root == scan}


class Count:
    """What one module's examples showed."""

    def __init__(self) -> None:
        self.stated = self.differ = self.extra = self.missing = self.same = 0
        self.left_out: collections.Counter[str] = collections.Counter()
        self.said: list[str] = []

    def compare(self, where: str, model: dict[str, Any], real: dict[str, Any], calls: list[str]) -> None:
        inside = re.compile("|".join(rf"{re.escape(f'module.{call}')}[.\[]" for call in calls))
        for address, document in model.items():
            if not inside.match(address):
                continue
            if address not in real:
                if "[*]" not in address:
                    self.extra += 1
                    self.said.append(f"{where}: {address} is not in the module")
                continue
            self.same += 1
            self._values(f"{where}: {address}", document.attributes, real[address].attributes)
        for address in real.keys() - model.keys():
            if inside.match(address):
                self.missing += 1
                self.left_out[address.rpartition(".")[0].rpartition(".")[2]] += 1

    def _values(self, where: str, stated: Any, real: Any) -> None:
        for name in stated:
            value = stated.get(name)
            if isinstance(value, Unknown) and value.reason is Reason.ABSENT_MODULE:
                continue
            self.stated += 1
            other = real.get(name)
            if not agree(value, other):
                self.differ += 1
                self.said.append(f"{where}.{name}: the model says {value!r}, the module {other!r}")


def agree(model: Any, real: Any) -> bool:
    """Whether a value of the model is the module's; what either does not know agrees with everything."""
    if isinstance(model, Unknown) or isinstance(real, Unknown):
        return True
    if isinstance(model, list) and isinstance(real, list):
        return len(model) == len(real) and all(map(agree, model, real))
    if isinstance(model, dict) and isinstance(real, dict):
        names = [name for name in {*model, *real} if not _absent(model.get(name))]
        return all(agree(model.get(name), real.get(name)) for name in names)
    if isinstance(model, str) and isinstance(real, str) and "⟨" in model + real:
        # A rendered document names unknown values in its text.
        return _unnamed(model) == _unnamed(real)
    return bool(model == real) or (model in (None, [], {}, "") and real in (None, [], {}, ""))


def _unnamed(text: str) -> str:
    return re.sub("⟨[^⟩]*⟩", "⟨⟩", text)


def _absent(value: Any) -> bool:
    return isinstance(value, Unknown) and value.reason is Reason.ABSENT_MODULE


def example(module: str, repository: pathlib.Path, name: str, count: Count) -> None:
    """Compare one example."""
    calls: list[str] = []
    with tempfile.TemporaryDirectory() as place:
        for file in sorted((repository / "examples" / name).rglob("*")):
            if file.is_dir():
                continue
            target = pathlib.Path(place) / "examples" / name / file.relative_to(repository / "examples" / name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if file.suffix == ".tf":
                text = file.read_text()

                def registry(match: re.Match[str]) -> str:
                    sub = f"//{match[2]}" if match[2] else ""
                    return f'{match[1]}"terraform-aws-modules/{module}/aws{sub}"'

                for block in re.finditer(r'(?ms)^module "([\w-]+)" \{(.*?)^\}', text):
                    found = _SOURCE.search(block[2])
                    sub = f"//{found[2]}" if found and found[2] else ""
                    if found and find(f"terraform-aws-modules/{module}/aws{sub}", None):
                        calls.append(block[1])
                target.write_text(_SOURCE.sub(registry, text))
            else:
                shutil.copyfile(file, target)
        if not calls:
            return
        model = documents(pathlib.Path(place), f"examples/{name}")
    real = documents(repository, f"examples/{name}")
    count.compare(f"{module}/{name}", model, real, calls)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", type=pathlib.Path)
    options = parser.parse_args()
    os.environ["NEPH_CACHE_DIR"] = ""
    failed = False
    for repository in sorted(options.modules.glob("*terraform-aws-*")):
        if not (repository / "examples").is_dir():
            continue
        module = repository.name.rpartition("terraform-aws-")[2]
        count = Count()
        for place in sorted((repository / "examples").iterdir()):
            if place.is_dir():
                example(module, repository, place.name, count)
        print(
            f"{module}: {count.same} resources of both, {count.stated} values stated, {count.differ} differ, "
            f"{count.extra} too many, {count.missing} left out {dict(count.left_out.most_common(8))}"
        )
        for line in count.said:
            print(f"    {line}")
        failed |= bool(count.differ or count.extra)
    return failed


if __name__ == "__main__":
    sys.exit(main())
