"""Our evaluator against `terraform console` (1.11): answers recorded once, and the command itself where it is."""

from __future__ import annotations

import json
import pathlib
import random
import re
from collections import Counter

import pytest

from nephograph.sources.terraform.expressions import evaluate
from nephograph.sources.terraform.functions import registry
from nephograph.sources.terraform.syntax import parse
from tests.sources.terraform.console import COMMAND, CORPUS, HERE, Plain, agrees, ask, run, same, write_files

RECORDED = json.loads(CORPUS.read_text())

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
    # Since Terraform 1.12 a negative index counts from the end; 1.11 fails inside.
    'element(["a", "b"], -1)',
    'element(["a", "b"], -3)',
    # A file that is not there may be made before the run: it is not seen, and that is no failure.
    'file("gone.txt")',
    *(f'{name}("gone")' for name in ("filebase64", "filemd5", "filesha1", "filesha256", "filesha512")),
    'filebase64sha256("gone")',
    'filebase64sha512("gone")',
    'templatefile("gone", {})',
    # Infinity is a number there; dividing by zero fails here, and so says the finding.
    "can(1 / 0)",
    'try(1 / 0, [][0], "z")',
    # Somebody's home directory is nobody's to know.
    'pathexpand("~x")',
    # It takes a reference only; the value is the same.
    'templatestring("a", {})',
    # The console has it, and no configuration.
    'type("a")',
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
    # What the clock, chance or a key decides has no answer to compare, and functions of a provider no console.
    elsewhere = {"base64gzip", "bcrypt", "plantimestamp", "rsadecrypt", "timestamp", "uuid"}
    asked = Counter(name for text in RECORDED for name in set(re.findall(r"\w+(?=\()", text)))
    thin = {name for name in registry.names() if asked[name] < 3 and "::" not in name} - elsewhere
    assert not thin


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
    write_files(tmp_path)
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
            lambda: f"signum({w('number')})",
            lambda: f"try(pow({w('number')}, {self.pick('0', '1', '2')}), {w('number')})",
            lambda: f'timecmp("2024-01-0{self.random.randint(1, 9)}T00:00:00Z", "2024-01-05T01:00:00+01:00")',
            lambda: f"tonumber(tostring({w('number')}))",
            lambda: f"-(1 + length({w('list')}))",
        ]

    def _string(self, depth: int) -> list:
        w_raw = lambda: self.pick("a", "", " b ", "é", "$${x}")  # noqa: E731
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
            lambda: f'"%{{ if {w("bool")} ~}} {w_raw()} %{{ else }}{w_raw()}%{{ endif }}"',
            lambda: f'"%{{ for k, v in {w(self.pick("list", "map"))} }}${{k}}=${{jsonencode(v)}};%{{ endfor }}"',
            lambda: f"{self.pick('trimprefix', 'trimsuffix', 'trim')}({w('string')}, {w('string')})",
            lambda: f"{self.pick('sha1', 'sha256', 'sha512', 'base64sha256', 'base64sha512')}({w('string')})",
            lambda: f"base64decode(base64encode({w('string')}))",
            lambda: f"indent({self.random.randint(0, 3)}, join({json.dumps(chr(10))}, {w('list')}))",
            lambda: f"chomp({w('string')})",
            lambda: f'try(regex("[a-z]+", {w("string")}), {w("string")})',
            lambda: f'format("%q %05d %x %.2f", {w("string")}, {self.random.randint(-9, 99)}, 255, {w("number")})',
            lambda: (
                f'formatdate("DD MMM YYYY hh:mm", timeadd("2024-02-28T22:30:00Z", "{self.random.randint(1, 99)}h"))'
            ),
            lambda: f'cidrhost("10.0.0.0/{self.random.randint(8, 30)}", {self.random.randint(0, 3)})',
            lambda: f"element({w('list')}, {self.random.randint(0, 9)})",
            lambda: f"one([{w('string')}])",
            lambda: f'uuidv5("dns", {w("string")})',
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
            lambda: f"slice({w('list')}, 0, 1)",
            lambda: f"coalescelist({w('list')}, {w('list')})",
            lambda: f'regexall("[a-z]", {w("string")})',
            lambda: f"matchkeys([{w('string')}, {w('string')}], [{w('string')}, {w('string')}], {w('list')})",
            lambda: f"[for m in [{w('map')}] : m[*]]",
            lambda: f"[for k, g in {{ for x in {w('list')} : jsonencode(x) => x... }} : length(g)]",
            lambda: f'cidrsubnets("10.0.0.0/8", {self.random.randint(1, 8)}, {self.random.randint(1, 8)})',
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
            lambda: f"transpose({{ a = {w('list')}, b = {w('list')} }})",
            lambda: f"{{ for i, x in {w('list')} : format({json.dumps('%03d')}, i) => x if {w('bool')} }}",
            lambda: f"merge([{w('map')}, {w('map')}]...)",
            lambda: f'try({w("map")}["a"], {w("map")})',
            lambda: f"({w('bool')} ? {w('map')} : {w('map')})",
        ]


@needs_terraform
@pytest.mark.terraform
@pytest.mark.parametrize("seed", [1, 2, 3])
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
