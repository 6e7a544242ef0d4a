"""What the tests of the evaluator share: a scope of nothing, comparison, and the real console as an oracle."""

from __future__ import annotations

import base64
import json
import math
import os
import pathlib
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from typing import Any

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.expressions import EvaluationError, evaluate
from nephograph.sources.terraform.syntax import Node, SyntaxProblem, parse_expression

HERE = pathlib.Path(__file__).parent
CORPUS = HERE / "data" / "console.json"
COMMAND = shutil.which("terraform")
FILES = {
    "notes.txt": b"one\ntwo ${1 + 1}\n",
    "plain.txt": b"plain",
    "bytes.bin": b"\xff\x00\x01",
    "greet.tftpl": b"%{ for name in names ~}\nHello ${name}${upper(mark)}\n%{ endfor ~}\n",
    "sub/a.json": b'{"a": [1, 2.50, null]}',
    "sub/b.json": b"{}",
    "sub/deep/c.yaml": b"- x: 1\n",
}
"""Files that expressions of the corpus read."""


class Plain:
    """A scope with given values, files in memory, and the problems it was told of."""

    def __init__(self, values: Mapping[str, Any] | None = None, files: Mapping[str, Any] | None = None) -> None:
        self.values = {"terraform.workspace": "default", "path.module": ".", **(values or {})}
        self.files = dict(files or {})
        self.problems: list[str] = []

    def resolve(self, root: str, steps: tuple[str | int, ...], node: Node) -> tuple[Any, int]:
        name = f"{root}.{steps[0]}" if steps else root
        if name not in self.values:
            raise EvaluationError(f"{name} is not declared")
        return self.values[name], 1

    def problem(self, node: Node, message: str) -> None:
        self.problems.append(message)

    def hide(self, value: Any) -> None:
        self.hidden = value

    def read_file(self, path: str) -> bytes | Unknown | None:
        return self.files.get(path)

    def list_files(self, path: str) -> Sequence[str]:
        base = "" if path in (".", "") else f"{path}/"
        return sorted(name.removeprefix(base) for name in self.files if name.startswith(base))


def run(text: str, scope: Plain | None = None) -> Any:
    """The value of an expression given as text."""
    node = parse_expression(text)
    assert not isinstance(node, SyntaxProblem), node
    return evaluate(node, scope or Plain())


def fails(value: Any) -> bool:
    return isinstance(value, SyntaxProblem) or (isinstance(value, Unknown) and value.reason is Reason.INVALID)


def same(left: Any, right: Any) -> bool:
    """Equal as JSON; numbers that are not whole to 14 digits, as ours are floats."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left == right or (abs(left) < 1e300 and math.isclose(left, right, rel_tol=1e-14))
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return type(left) is type(right) and left == right


def write_files(directory: pathlib.Path) -> None:
    """Put the files that expressions read into the console's directory."""
    for name, content in FILES.items():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def agrees(text: str, answer: dict[str, Any]) -> bool:
    """Whether our value of an expression is what the console answered."""
    node = parse_expression(text)
    scope = Plain(files=FILES)
    value = node if isinstance(node, SyntaxProblem) else evaluate(node, scope)
    if "error" in answer:
        return fails(value) or bool(scope.problems)
    if isinstance(value, Unknown | SyntaxProblem):
        return False
    return same(json.loads(json.dumps(value)), answer["value"])


LONGEST_LINE = 50_000
"""The console reads lines of 64 kB at most."""


def ask(expressions: list[str], directory: pathlib.Path) -> list[dict[str, Any]]:
    """What the console answers to many expressions: {"value": …}, or {"error": true}.

    It prints the last result of a session only, so they are asked as the elements of one list. Where one of them
    fails in a way that `try` does not catch, the halves are asked by themselves.
    """
    if not expressions:
        return []
    answers = _ask_at_once(expressions, directory) if sum(map(len, expressions)) < LONGEST_LINE else None
    if answers is not None:
        return answers
    if len(expressions) == 1:
        return [{"error": True}]
    half = len(expressions) // 2
    return ask(expressions[:half], directory) + ask(expressions[half:], directory)


def _ask_at_once(expressions: list[str], directory: pathlib.Path) -> list[dict[str, Any]] | None:
    assert COMMAND is not None
    configuration = directory / "cli.tfrc"
    configuration.write_text("")
    elements = ", ".join(f'try({{ value = jsonencode({text}) }}, "error")' for text in expressions)
    done = subprocess.run(
        [COMMAND, "console", "-no-color"],
        input=f"base64encode(jsonencode([{elements}]))\n",
        capture_output=True,
        text=True,
        cwd=directory,
        env={**os.environ, "TF_CLI_CONFIG_FILE": str(configuration), "CHECKPOINT_DISABLE": "1"},
        check=False,
    )
    if done.returncode or not done.stdout.startswith('"'):
        return None
    answers = json.loads(base64.b64decode(done.stdout.strip().strip('"')))
    return [{"error": True} if answer == "error" else {"value": json.loads(answer["value"])} for answer in answers]
