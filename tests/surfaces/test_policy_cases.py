"""`neph test`: cases in files and on stdin, what passes, what fails and where, and what cannot be read."""

from __future__ import annotations

import io
import json
import pathlib
import re
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from nephograph.surfaces.cli.commands.test import answer_line
from tests.support.command import Neph, Outcome

CASES = """\
cases:
- name: the application reads its data
  request:
    principal: arn:aws:iam::111122223333:role/app
    action: s3:GetObject
    resource: arn:aws:s3:::data/x
    resource_account: 111122223333
  policies:
    identity:
    - &read
      Version: 2012-10-17
      Statement:
      - {Sid: Read, Effect: Allow, Action: "s3:Get*", Resource: "arn:aws:s3:::data/*"}
  expect: allowed

- name: a guardrail keeps it out
  request:
    principal: arn:aws:iam::111122223333:role/app
    action: s3:GetObject
    resource: arn:aws:s3:::data/x
    resource_account: 111122223333
  policies:
    identity: [*read]
    scp:
    - [{Version: 2012-10-17, Statement: {Effect: Allow, Action: "ec2:*", Resource: "*"}}]
  expect: implicitly_denied
  blocked_by: scp
"""

FAILING = """
- name: another account reads it
  request:
    principal: arn:aws:iam::111122223333:role/app
    action: s3:GetObject
    resource: arn:aws:s3:::data/x
    resource_account: 444455556666
  policies:
    identity: [*read]
    resource: null
  expect: allowed
"""


@pytest.fixture
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """An empty directory to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def one(**more: Any) -> dict[str, Any]:
    """A case that passes."""
    found: dict[str, Any] = {
        "name": "one",
        "request": {"principal": "anonymous", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/x"},
        "policies": {},
        "expect": "implicitly_denied",
    }
    return found | more


def run(neph: Neph, file: pathlib.Path, content: Any, *words: str) -> Outcome:
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return neph("test", file.name, *words)


def test_all_pass(neph: Neph, here: pathlib.Path, snapshot: SnapshotAssertion) -> None:
    done = run(neph, here / "cases.yaml", CASES)
    assert done.code == 0
    assert done.out == snapshot


def test_what_fails_is_shown_at_its_place(neph: Neph, here: pathlib.Path, snapshot: SnapshotAssertion) -> None:
    done = run(neph, here / "cases.yaml", CASES + FAILING)
    assert done.code == 1
    assert "cases.yaml:38:11" in done.out
    assert done.out == snapshot


def test_a_program_reads_every_case(neph: Neph, here: pathlib.Path) -> None:
    done = run(neph, here / "cases.yaml", CASES + FAILING, "-f", "json")
    told = json.loads(done.out)
    assert (told["command"], told["verdict"], told["passed"], told["failed"]) == ("test", "no", 2, 1)
    first, second, third = told["cases"]
    assert (first["effect"], first["blocked_by"], first["passed"]) == ("allowed", None, True)
    assert first["because"] == ["identity allows: policies.identity[0].Statement[0] (Read)"]
    assert (second["blocked_by"], second["passed"], second["line"]) == ("scp", True, 26)
    assert [layer["verdict"] for layer in third["layers"] if layer["layer"] == "resource"] == ["none"]
    (identity,) = [layer for layer in third["layers"] if layer["layer"] == "identity"]
    (statement,) = identity["statements"]
    assert (statement["sid"], statement["place"]) == ("Read", "policies.identity[0].Statement[0] (Read)")
    # The anchor says where it was written.
    assert (statement["location"]["file"], statement["location"]["line"]) == ("cases.yaml", 13)
    assert (third["expect"], third["effect"], third["blocked_by"]) == ("allowed", "implicitly_denied", "resource")


def test_the_layer_that_blocks_is_compared(neph: Neph, here: pathlib.Path) -> None:
    file = here / "cases.json"
    assert run(neph, file, [one(blocked_by="resource")]).code == 0
    done = run(neph, file, [one(blocked_by="scp")])
    assert done.code == 1
    said = "expected implicitly_denied, blocked by scp, is implicitly_denied, blocked by resource"
    assert said in " ".join(done.out.split())


@pytest.mark.parametrize(
    ("case", "place", "said"),
    [
        ({"expect": "denied"}, "expect", "expect is one of allowed"),
        ({"name": ""}, "name", "a case has a name"),
        ({"request": None}, "request", "a case has a request"),
        ({"request": {"principal": "anonymous"}}, "request", "has an action"),
        ({"request": {"principal": "me", "action": "s3:GetObject"}}, "request.principal", "me is no principal"),
        ({"policies": {"scps": []}}, "policies.scps", "did you mean scp?"),
        ({"policies": {"identity": {}}}, "policies.identity", "a list of policy documents"),
        ({"policies": {"scp": [{}]}}, "policies.scp[0]", "a level is a list"),
        ({"policies": {"identity": [{"Statement": [{"Effect": "allow"}]}]}},
         "policies.identity[0].Statement[0].Effect", "Effect is Allow or Deny"),
        ({"blocked_by": "sdp"}, "blocked_by", "blocked_by is one of"),
        ({"expected": "allowed"}, "expected", "did you mean expect?"),
    ],
)  # fmt: skip
def test_a_malformed_case_is_named_with_its_place(
    neph: Neph, here: pathlib.Path, case: dict[str, Any], place: str, said: str
) -> None:
    done = run(neph, here / "cases.json", json.dumps([one(**case), one(name="two")], indent=1))
    assert done.code == 2
    text = " ".join((done.out + done.err).split())
    assert place in text
    assert said in text
    assert "cases.json:" in text
    # The others were run.
    assert "two" in text
    told = json.loads(neph("test", "cases.json", "-f", "json").out)
    assert (told["passed"], told["malformed"], told["verdict"]) == (1, 1, None)
    assert told["errors"][0]["span"]["line"] > 1


def test_a_case_without_an_expectation_is_malformed(neph: Neph, here: pathlib.Path) -> None:
    case = one()
    del case["expect"]
    assert run(neph, here / "cases.json", [case]).code == 2


@pytest.mark.parametrize(
    ("name", "content", "code", "line"),
    [
        ("a.json", '[{"name": "x", "expect": "allowed",\n "name": "y"}]', "duplicate-key", 2),
        ("a.json", '[{"name": "x", "tags": ["name", {"name": 1}],\n "name": "y"}]', "duplicate-key", 2),
        ("a.yaml", "- name: x\n  name: y\n", "duplicate-key", 2),
        ("a.json", '[{"name": "x",\n  oops}]', "json-syntax", 2),
        ("a.yaml", "- name: x\n  request: [\n", "yaml-syntax", 3),
        ("a.yaml", "- name: !!python/object:os.system x\n  request: {}\n", "malformed-case", 1),
        ("a.yaml", "? [a, b]\n: c\n", "malformed-case", 1),
        ("a.yaml", "plain text", "malformed-case", 1),
        ("a.yaml", "", "malformed-case", 1),
        ("a.json", "{}", "malformed-case", 1),
    ],
)
def test_files_that_cannot_be_read(
    neph: Neph, here: pathlib.Path, name: str, content: str, code: str, line: int
) -> None:
    run(neph, here / name, content)
    done = neph("test", name, "-f", "json")
    assert done.code == 2
    (problem,) = json.loads(done.out)["errors"]
    assert problem["code"] == code
    assert problem["span"]["line"] == line
    assert problem["help"]


def test_anchors_that_multiply_are_bounded(neph: Neph, here: pathlib.Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for name, before in zip("bcdefghi", "abcdefgh", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    done = run(neph, here / "bomb.yaml", bomb + "cases: *i\n")
    assert done.code == 2
    assert "too large once its aliases are followed" in " ".join(done.err.split())
    done = run(neph, here / "loop.yaml", "cases: &a\n- *a\n")
    assert done.code == 2


@pytest.mark.parametrize("name", ["deep.yaml", "deep.json"])
def test_depth_is_bounded(neph: Neph, here: pathlib.Path, name: str) -> None:
    done = run(neph, here / name, "[" * 100_000 + "]" * 100_000)
    assert done.code == 2
    assert "Traceback" not in done.out + done.err


def test_a_policy_from_a_file_beside_the_cases(neph: Neph, here: pathlib.Path) -> None:
    tests = here / "tests"
    (tests / "policies").mkdir(parents=True)
    everybody = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
    }
    (tests / "policies" / "bucket.json").write_text(json.dumps(everybody))
    case = one(policies={"resource": {"file": "policies/bucket.json"}}, expect="allowed")
    (tests / "cases.json").write_text(json.dumps([case]))
    assert neph("test", "tests/cases.json").code == 0
    # In a directory, files without cases that no case names are passed by, and named.
    (tests / "notes.json").write_text("{}")
    done = neph("test", "tests", "-f", "json")
    assert done.code == 0
    (gap,) = json.loads(done.out)["coverage"]["not_evaluated"]
    assert (gap["kind"], gap["subject"]) == ("no-cases", "tests/notes.json")
    (told,) = json.loads(done.out)["cases"]
    (resource,) = [layer for layer in told["layers"] if layer["layer"] == "resource"]
    assert resource["statements"][0]["location"]["file"] == "tests/policies/bucket.json"
    # What is wrong with it is shown in it.
    (tests / "policies" / "bucket.json").write_text(json.dumps(everybody | {"Version": "1"}, indent=1))
    (problem,) = json.loads(neph("test", "tests", "-f", "json").out)["errors"]
    assert (problem["span"]["file"], problem["span"]["line"]) == ("tests/policies/bucket.json", 2)


def test_files_outside_the_directory_of_the_cases_are_not_opened(neph: Neph, here: pathlib.Path) -> None:
    (here / "tests").mkdir()
    (here / "secret.json").write_text('{"Version": "2012-10-17", "Statement": []}')
    (here / "tests" / "link.json").symlink_to(here / "secret.json")
    for name in ("../secret.json", str(here / "secret.json"), "link.json"):
        (here / "tests" / "cases.json").write_text(json.dumps([one(policies={"resource": {"file": name}})]))
        (problem,) = json.loads(neph("test", "tests/cases.json", "-f", "json").out)["errors"]
        assert problem["code"] == "outside-root"
        assert problem["span"]["file"] == "tests/cases.json"


def test_nothing_to_test(neph: Neph, here: pathlib.Path) -> None:
    (here / "empty").mkdir()
    for words in ((), ("empty",)):
        assert neph("test", *words).code == 2
    done = neph("test", "absent.yaml")
    assert done.code == 3
    assert "absent.yaml cannot be read" in done.out + done.err


MERGED = """
- &base
  name: base
  request: &asked {principal: anonymous, action: "s3:GetObject", resource: "arn:aws:s3:::b/x", resource_account: null}
  policies: &open
    resource:
      Version: 2012-10-17
      Statement:
        Effect: Allow
        Principal: "*"
        Action: s3:*
        Resource: "*"
        Condition: {Bool: {aws:SecureTransport: true}}
  expect: implicitly_denied
- <<: *base
  name: over TLS
  request: {<<: *asked, context: {"aws:SecureTransport": true}}
  expect: allowed
- <<: *base
  name: not as expected
  expect: allowed
"""


def test_yaml_is_read_as_people_write_it(neph: Neph, here: pathlib.Path) -> None:
    told = json.loads(run(neph, here / "cases.yaml", MERGED, "-f", "json").out)
    assert [case["passed"] for case in told["cases"]] == [True, True, False]
    assert told["cases"][2]["line"] == 21


GUIDE = pathlib.Path(__file__).parents[2] / "docs" / "guides" / "policy-tests.md"


def test_the_examples_of_the_guide_run(neph: Neph, here: pathlib.Path) -> None:
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    for number, (kind, text) in enumerate(blocks):
        name = "deploy-trust.json" if kind == "json" else f"{number}.yaml"
        (here / name).write_text(text, encoding="utf-8")
    done = neph("test", ".", "-f", "json")
    told = json.loads(done.out)
    assert (done.code, told["failed"], told["errors"]) == (0, 0, [])
    cases = told["cases"]
    assert len(cases) > 15
    assert {case["expect"] for case in cases} == {"allowed", "implicitly_denied", "explicitly_denied", "depends"}
    # Every layer blocks in some example.
    blocked = {case["blocked_by"] for case in cases}
    assert blocked >= {"resource", "boundary", "session", "scp", "rcp", "endpoint"}


# -- lines -----------------------------------------------------------------------------------------------------------


class Pipe:
    """A stdin that can only be read by line."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def stream(neph: Neph, monkeypatch: pytest.MonkeyPatch, *lines: Any) -> tuple[int, list[dict[str, Any]]]:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    monkeypatch.setattr(sys, "stdin", Pipe(b"\n".join(raw)))
    done = neph("test", "--jsonl")
    return done.code, [json.loads(line) for line in done.out.splitlines()]


def test_one_answer_a_line(neph: Neph, monkeypatch: pytest.MonkeyPatch) -> None:
    case = one()
    del case["expect"]
    code, (first, second) = stream(neph, monkeypatch, case, one(expect="implicitly_denied"))
    assert code == 0
    assert (first["name"], first["effect"], first["blocked_by"]) == ("one", "implicitly_denied", "resource")
    assert first["because"] == ["there is no resource policy that allows it"]
    assert "passed" not in first
    assert second["passed"] is True
    assert stream(neph, monkeypatch, one(expect="allowed"))[0] == 1


def test_a_bad_line_does_not_end_the_stream(neph: Neph, monkeypatch: pytest.MonkeyPatch) -> None:
    bad: list[Any] = [
        b"{",
        b"\xff\xfe",
        b'{"name": "x", "name": "y"}',
        b"[" * 100_000,
        b"null",
        b'{"name": 7}',
        one(policies={"resource": {"file": "x.json"}}),
        one(policies={"identity": [7]}),
        one(request={"principal": 7, "action": "a:b"}),
        b'{"name": "n", "request": {"principal": "anonymous", "action": "s3:X", "context": {"a": 1e999}}}',
    ]
    code, answers = stream(neph, monkeypatch, *bad, b"", b"  ", one(name="last"))
    assert code == 2
    assert len(answers) == len(bad) + 1
    assert [("error" in answer) for answer in answers] == [True] * 9 + [False, False]
    assert answers[-1]["name"] == "last"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9**13) | st.floats() | st.text("aA*?:/${}'", max_size=9),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ("Version", "Statement", "Effect", "Action", "NotAction", "Resource", "Principal", "NotPrincipal", "Sid",
             "Condition", "StringLike", "Null", "Bool", "ForAllValues:IpAddress", "AWS", "Service", "file", "aws:x")
        ),
        inner | st.sampled_from(("Allow", "Deny", "2012-10-17", "*", "s3:*", "true", "10.0.0.0/8")),
        max_size=5,
    ),
    max_leaves=12,
)  # fmt: skip
PLACES = (
    ("name",), ("request",), ("request", "principal"), ("request", "action"), ("request", "resource"),
    ("request", "resource_account"), ("request", "context"), ("request", "context", "aws:x"), ("request", "unknown"),
    ("policies",), ("policies", "identity"), ("policies", "resource"), ("policies", "scp"), ("policies", "rcp"),
    ("policies", "endpoint"), ("expect",), ("blocked_by",), (),
)  # fmt: skip


@given(st.sampled_from(PLACES), JSON, st.booleans())
def test_no_data_ends_the_stream(place: tuple[str, ...], data: Any, listed: bool) -> None:
    case = one()
    case["policies"] = {"identity": [{"Version": "2012-10-17", "Statement": []}]}
    holder: Any = case
    for step in place[:-1]:
        holder = holder.setdefault(step, {})
    if place:
        holder[place[-1]] = [data] if listed else data
    answer = answer_line(json.dumps(case if place else data).encode())
    assert ("error" in answer) != ("effect" in answer)
    json.dumps(answer)


def test_every_line_is_answered_before_the_next_is_read(neph: Neph, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    class Slow:
        left = 3

        def readline(self, size: int) -> bytes:
            seen.append(sys.stdout.getvalue().count("\n"))  # type: ignore[attr-defined]
            self.left -= 1
            return json.dumps(one()).encode() + b"\n" if self.left >= 0 else b""

    pipe = Pipe(b"")
    pipe.buffer = Slow()  # type: ignore[assignment]
    monkeypatch.setattr(sys, "stdin", pipe)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    from nephograph.surfaces.cli.commands.test import COMMAND

    COMMAND.main(["--jsonl"], standalone_mode=False)
    assert seen == [0, 1, 2, 3]
