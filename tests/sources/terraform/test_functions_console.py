"""Our evaluator against `terraform console` (1.11): answers recorded once, and the command itself where it is."""

from __future__ import annotations

import json
import pathlib
import random

import pytest

from nephograph.sources.terraform.expressions import evaluate
from nephograph.sources.terraform.functions import registry
from nephograph.sources.terraform.syntax import parse
from tests.sources.terraform.console import COMMAND, HERE, Plain, agrees, ask, run, same

RECORDED = json.loads((HERE / "data" / "console.json").read_text())

DEVIATIONS = {
    # We do not know such a function and say so; it may come with a later Terraform.
    "nosuch(1)",
    # Terraform's own arithmetic on these is odd; ours is not evaluated, or the plain address.
    'cidrsubnet("10.0.0.0/8", 8, -1)',
    'cidrhost("::ffff:0:0/96", 1)',
    # Negative zero is zero.
    "tostring(-0.0)",
    # Branches of incompatible types fail there before anything is evaluated.
    "true ? 1 : true",
    'true ? "a" : ["b"]',
    "true ? [1] : { a = 1 }",
    # Its YAML reader is stricter on directives, lone tags and an alias beside its own anchor.
    'yamldecode("a: ! 5")',
    'yamldecode("%YAML 1.2\\n---\\na: 1\\n")',
    'yamldecode("&x a: *x")',
    # Not evaluated, and named.
    'yamlencode({ "a\\nb" = 1 })',
    'yamlencode({ a = "\\u2028\\nx" })',
}

needs_terraform = pytest.mark.skipif(COMMAND is None, reason="the terraform command is not installed")


def test_there_are_enough_recorded_answers() -> None:
    assert len(RECORDED) >= 500
    assert RECORDED.keys() >= DEVIATIONS


@pytest.mark.parametrize("text", [text for text in RECORDED if text not in DEVIATIONS])
def test_recorded_answer(text: str) -> None:
    assert agrees(text, RECORDED[text])


@pytest.mark.parametrize("text", sorted(DEVIATIONS))
def test_deviation_still_deviates(text: str) -> None:
    assert not agrees(text, RECORDED[text])


def test_every_function_has_a_recorded_answer() -> None:
    # Those that read files, the clock or chance, and those of a provider, are tested by themselves.
    elsewhere = {name for name in registry.names() if "file" in name or "::" in name} | {
        "base64gzip", "bcrypt", "issensitive", "plantimestamp", "rsadecrypt", "sensitive", "timestamp", "uuid",
    }  # fmt: skip
    seen = " ".join(RECORDED)
    missing = {name for name in registry.names() if f"{name}(" not in seen} - elsewhere
    assert not missing


def test_templates_and_heredocs_as_terraform_outputs_them() -> None:
    wanted = json.loads((HERE / "data" / "templates.json").read_text())
    parsed = parse((HERE / "data" / "templates.tf").read_text())
    assert not parsed.problems
    values = {block[4][0][2]: evaluate(block[5][3][0][4], Plain()) for block in parsed.body[3]}
    assert values == wanted


@needs_terraform
@pytest.mark.terraform
def test_recorded_answers_are_still_the_answers(tmp_path: pathlib.Path) -> None:
    expressions = list(RECORDED)
    answers = ask(expressions, tmp_path)
    changed = [
        text
        for text, answer in zip(expressions, answers, strict=True)
        if answer.keys() != RECORDED[text].keys() or not same(answer.get("value"), RECORDED[text].get("value"))
    ]
    assert changed == []


class _Author:
    """Writes random expressions of a wanted type."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def write(self, kind: str, depth: int) -> str:
        forms = getattr(self, f"_{kind}")(depth)
        return str(self.random.choice(forms)())

    def pick(self, *texts: str) -> str:
        return self.random.choice(texts)

    def _any(self, depth: int) -> list:
        kinds = ("number", "string", "bool", "list", "map")
        return [lambda kind=kind: self.write(kind, depth) for kind in kinds]

    def _number(self, depth: int) -> list:
        plain = [lambda: str(self.random.randint(-20, 99)), lambda: self.pick("0.5", "1.25", "100", "3")]
        if depth <= 0:
            return plain
        w = lambda kind: self.write(kind, depth - 1)  # noqa: E731
        return [
            lambda: f"({w('number')} {self.pick('+', '-', '*')} {w('number')})",
            lambda: f"({w('number')} % {self.pick('3', '7', '-4', '0.5')})",
            lambda: f"length({w(self.pick('list', 'map', 'string'))})",
            lambda: f"{self.pick('max', 'min')}({w('number')}, {w('number')})",
            lambda: f"{self.pick('abs', 'ceil', 'floor')}({w('number')})",
            lambda: f"sum([for x in {w('list')} : length(x)])",
            lambda: f"({w('bool')} ? {w('number')} : {w('number')})",
            lambda: f"try(index({w('list')}, {w('string')}), {w('number')})",
            lambda: f"parseint({self.pick(*map(json.dumps, ('12', 'ff', '-7', 'z')))}, 36)",
        ]

    def _string(self, depth: int) -> list:
        words = ("", "a", "B", "x-y", "hello world", "é", "10", "true", "a,b", "<&>", "tab\\t")
        plain = [lambda: f'"{self.pick(*words)}"']
        if depth <= 0:
            return plain
        w = lambda kind: self.write(kind, depth - 1)  # noqa: E731
        return [
            *plain,
            lambda: f'"<${{{w(self.pick("string", "number", "bool"))}}}-${{{w("string")}}}>"',
            lambda: (
                f"{self.pick('upper', 'lower', 'title', 'trimspace', 'strrev', 'md5', 'base64encode', 'urlencode')}"
                f"({w('string')})"
            ),
            lambda: f'join("{self.pick(",", "", "--")}", {w("list")})',
            lambda: f'format("%s|%5s|%-4s|%v", {w("string")}, {w("string")}, {w("bool")}, {w("list")})',
            lambda: f"replace({w('string')}, {self.pick(*map(json.dumps, ('a', '/[a-z]+/', '', '-')))}, {w('string')})",
            lambda: f"substr({w('string')}, {self.random.randint(-3, 4)}, {self.random.randint(-1, 5)})",
            lambda: f"jsonencode({w('any')})",
            lambda: f"yamlencode({w('any')})",
            lambda: f'coalesce({w("string")}, {w("string")}, "z")',
            lambda: f"({w('bool')} ? {w('string')} : {w(self.pick('string', 'number'))})",
            lambda: f"try({w('list')}[{self.random.randint(0, 4)}], {w('string')})",
            lambda: f"lookup({w('map')}, {w('string')}, {w('string')})",
            lambda: f"tostring({w('number')})",
            lambda: (
                f'cidrsubnet("10.{self.random.randint(0, 255)}.0.0/16", {self.random.randint(0, 8)}, '
                f"{self.random.randint(0, 40)})"
            ),
        ]

    def _bool(self, depth: int) -> list:
        plain = [lambda: self.pick("true", "false")]
        if depth <= 0:
            return plain
        w = lambda kind: self.write(kind, depth - 1)  # noqa: E731
        return [
            lambda: f"({w('number')} {self.pick('<', '>', '<=', '>=', '==', '!=')} {w('number')})",
            lambda: f"({w('string')} {self.pick('==', '!=')} {w('string')})",
            lambda: f"({w('bool')} {self.pick('&&', '||', '==')} {w('bool')})",
            lambda: f"!{w('bool')}",
            lambda: f"contains({w('list')}, {w('string')})",
            lambda: f"can({w('list')}[{w('number')}])",
            lambda: f"{self.pick('startswith', 'endswith', 'strcontains')}({w('string')}, {w('string')})",
            lambda: f"{self.pick('alltrue', 'anytrue')}([{w('bool')}, {w('bool')}])",
        ]

    def _list(self, depth: int) -> list:
        plain = [
            lambda: "[" + ", ".join(self.write("string", 0) for _ in range(self.random.randint(1, 4))) + "]",
        ]
        if depth <= 0:
            return plain
        w = lambda kind: self.write(kind, depth - 1)  # noqa: E731
        return [
            lambda: f"[{w('string')}, {w('string')}]",
            lambda: f"[for x in {w('list')} : {self.pick('upper(x)', 'x', 'length(x)', '[x][0]')}]",
            lambda: f'[for i, x in {w("list")} : "${{i}}${{x}}" if x != {w("string")}]',
            lambda: f"[for k, v in {w('map')} : {self.pick('k', 'v')}]",
            lambda: f"concat({w('list')}, {w('list')})",
            lambda: f"distinct(concat({w('list')}, {w('list')}))",
            lambda: f"{self.pick('reverse', 'sort', 'compact', 'toset', 'tolist', 'distinct')}({w('list')})",
            lambda: f"flatten([{w('list')}, [{w('list')}]])",
            lambda: f"{self.pick('keys', 'values')}({w('map')})",
            lambda: f'split(",", {w("string")})',
            lambda: f"[{w('map')}, {w('map')}][*]",
            lambda: f"{self.pick('setunion', 'setintersection', 'setsubtract')}({w('list')}, {w('list')})",
            lambda: f'formatlist("%s-%s", {w("list")}, {w("string")})',
            lambda: f"chunklist({w('list')}, {self.random.randint(0, 3)})",
            # What depends on static types (a list joined with a tuple, branches of two types) is left out: those
            # we do not track.
            lambda: f'[for n in range({self.random.randint(-5, 9)}) : "n${{n}}"]',
            lambda: (
                f"({w('bool')} ? [for x in {w('list')} : jsonencode(x)] : [for x in {w('list')} : md5(jsonencode(x))])"
            ),
            lambda: f"jsondecode(jsonencode({w('list')}))",
            lambda: f"yamldecode(yamlencode({w('list')}))",
            lambda: f"setproduct([for x in {w('list')} : x], {w('list')})",
        ]

    def _map(self, depth: int) -> list:
        plain = [lambda: f'{{ a = {self.write("string", 0)}, "b c" = {self.write("string", 0)} }}']
        if depth <= 0:
            return plain
        w = lambda kind: self.write(kind, depth - 1)  # noqa: E731
        return [
            lambda: f"{{ b = {w('any')}, a = {w('any')} }}",
            lambda: f"merge({w('map')}, {w('map')})",
            lambda: f"{{ for x in {w('list')} : x => length(x)... }}",
            lambda: f"{{ for k, v in {w('map')} : upper(k) => v }}",
            lambda: f"zipmap(distinct({w('list')}), distinct({w('list')}))",
            lambda: f"jsondecode(jsonencode({w('map')}))",
            lambda: f"tomap({w('map')})",
            lambda: f"({w('bool')} ? {w('map')} : {w('map')})",
        ]


@needs_terraform
@pytest.mark.terraform
@pytest.mark.parametrize("seed", [1, 2])
def test_generated_expressions_equal_the_console(seed: int, tmp_path: pathlib.Path) -> None:
    author = _Author(seed)
    expressions = [author.write("any", 3) for _ in range(400)]
    answers = ask(expressions, tmp_path)
    # The console also refuses values of types that do not fit, which we may still compute; never the other way.
    different = [
        (text, answer, run(text))
        for text, answer in zip(expressions, answers, strict=True)
        if "value" in answer and not agrees(text, answer)
    ]
    assert different == []
    assert sum("value" in answer for answer in answers) > 250
