"""Plans and states that are broken or hostile: a problem with a place or a named gap, never an exception."""

import copy
import json
import os
import pathlib
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nephograph.sources import json_files
from nephograph.sources.terraform_plan import SOURCE as PLAN
from nephograph.sources.terraform_state import SOURCE as STATE
from tests.support.loading import load, load_json
from tests.support.plans import change, plan
from tests.support.spellings import write_spellings

ROOT = pathlib.Path(__file__).resolve().parents[3]
GOOD = plan(change("aws_s3_bucket.b", {"bucket": "logs"}))


def codes(loaded):
    return [problem.code for problem in loaded.problems]


def raw(tmp_path, content, source=PLAN, name="plan.json"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load(source, path)


def test_a_truncated_file_says_where_it_ends(tmp_path):
    whole = json.dumps(GOOD, indent=2)
    loaded = raw(tmp_path, whole[: len(whole) // 2])
    (problem,) = loaded.problems
    assert (problem.code, problem.message) == ("json-syntax", "plan.json ends in the middle of a value.")
    assert problem.span.line == whole[: len(whole) // 2].count("\n") + 1


def test_a_wrong_character_is_shown(tmp_path):
    (problem,) = raw(tmp_path, '{"format_version": "1.2",\n "variables": {,}}').problems
    assert (problem.code, problem.span.line, problem.span.column) == ("json-syntax", 2, 16)
    assert problem.excerpt == ' "variables": {,}}'


@pytest.mark.parametrize(
    "content", [b'{"format_version": "1.2", "variables": "\xff"}', json.dumps(GOOD).encode("utf-16")]
)
def test_not_utf8(tmp_path, content):
    assert codes(raw(tmp_path, content)) == ["invalid-utf8"]


def test_a_byte_order_mark_is_no_error(tmp_path):
    loaded = raw(tmp_path, b"\xef\xbb\xbf" + json.dumps(GOOD).encode())
    assert (codes(loaded), len(loaded.documents)) == ([], 1)
    assert PLAN.recognises(tmp_path / "plan.json")


def test_deep_nesting(tmp_path):
    deep = "[" * 200_000 + "]" * 200_000
    assert codes(raw(tmp_path, f'{{"format_version": "1.2", "variables": {deep}}}')) == ["too-deep"]
    # What the decoder still takes must not be too deep for what follows.
    deep = '{"a":' * 400 + "1" + "}" * 400
    loaded = load_json(
        PLAN, tmp_path, plan(change("aws_x.y", {"v": json.loads(deep)}, unknown={"v": json.loads(deep)}))
    )
    assert (codes(loaded), len(loaded.documents)) == ([], 1)


def test_modules_without_end(tmp_path):
    module = {}
    for _ in range(300):
        module = {"child_modules": [module], "address": "module.m"}
    loaded = load_json(STATE, tmp_path, {"format_version": "1.0", "values": {"root_module": module}}, "state.json")
    assert [gap.kind for gap in loaded.gaps] == ["too-deep"]


def test_a_module_that_calls_itself_by_references_ends(tmp_path):
    call = {"expressions": {"x": {"references": ["module.m.o"]}}}
    call["module"] = {"outputs": {"o": {"expression": {"references": ["var.x"]}}}, "resources": []}
    body = {"address": "aws_subnet.s", "expressions": {"vpc_id": {"references": ["module.m.o"]}}}
    changes = [change("aws_subnet.s", {}, unknown={"vpc_id": True}), change("module.m.aws_vpc.v", {})]
    root = {"module_calls": {"m": call}, "resources": [body]}
    loaded = load_json(PLAN, tmp_path, plan(*changes, root=root))
    assert loaded.documents[0].attributes["vpc_id"].ref is None


def test_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(json_files, "MAX_FILE_BYTES", 1000)
    (problem,) = load_json(PLAN, tmp_path, plan(*[change(f"aws_x.y{i}", {}) for i in range(10)])).problems
    assert problem.code == "too-large"


@pytest.mark.parametrize("version", ["2.0", "x", "", None, 1, [], "999999999999.1"])
def test_an_unknown_format_version(tmp_path, version):
    loaded = load_json(PLAN, tmp_path, {**GOOD, "format_version": version})
    assert codes(loaded) == ["unsupported-format"]
    assert loaded.problems[0].span.line == 2


@pytest.mark.parametrize("version", ["0.1", "0.2", "1.0", "1.1", "1.2", "1.99"])
def test_known_format_versions(tmp_path, version):
    assert codes(load_json(PLAN, tmp_path, {**GOOD, "format_version": version})) == []


def test_the_rest_of_a_directory_loads(tmp_path):
    load_json(PLAN, tmp_path, GOOD, "plan-a.json")
    load_json(PLAN, tmp_path, {**GOOD, "format_version": "7.0"}, "plan-b.json")
    (tmp_path / "plan-c.json").write_text('{"format_version": "1.2", "variables": {')
    loaded = load(PLAN, tmp_path)
    assert (codes(loaded), [d.root for d in loaded.documents]) == (
        ["unsupported-format", "json-syntax"],
        ["plan-a.json"],
    )


def test_malformed_entries_are_left_out(tmp_path):
    changes = [
        7,
        {},
        change("aws_x.a", {}),
        {**change("aws_x.b", {}), "change": 3},
        change("aws_x.c", [1]),
        change("aws_x.a", {}),
    ]
    loaded = load_json(PLAN, tmp_path, plan(*changes))
    assert [document.address for document in loaded.documents] == ["aws_x.a"]
    assert codes(loaded) == ["malformed-entry"] * 4 + ["duplicate-address"]
    assert loaded.seen == 6
    lines = (tmp_path / "plan.json").read_text().splitlines()
    assert lines[loaded.problems[0].span.line - 1].strip() == "7,"


def test_problems_of_one_file_are_bounded(tmp_path):
    loaded = load_json(PLAN, tmp_path, plan(*[1] * 1000))
    assert len(loaded.problems) == 50
    assert [(gap.kind, gap.count) for gap in loaded.gaps] == [("malformed-entry", 950)]


def test_a_saved_plan_is_told_how_to_print(tmp_path):
    path = tmp_path / "tfplan"
    path.write_bytes(b"PK\x03\x04 and so on")
    assert PLAN.recognises(path)
    (problem,) = load(PLAN, path).problems
    assert problem.code == "saved-plan"
    assert "terraform show -json tfplan" in problem.help


def test_links_that_leave_the_root_are_not_followed(tmp_path):
    outside, root = tmp_path / "outside", tmp_path / "root"
    outside.mkdir()
    root.mkdir()
    load_json(PLAN, outside, GOOD)
    (root / "plan.json").symlink_to(outside / "plan.json")
    (root / "more").symlink_to(outside)
    assert not PLAN.recognises(root)
    loaded = load(PLAN, root)
    assert (loaded.documents, [gap.kind for gap in loaded.gaps]) == ([], ["outside-root"])


def test_a_link_inside_the_root_is_read(tmp_path):
    (tmp_path / "sub").mkdir()
    load_json(PLAN, tmp_path / "sub", GOOD, "data.json")
    (tmp_path / "plan.json").symlink_to(tmp_path / "sub" / "data.json")
    assert PLAN.recognises(tmp_path)
    assert len(load(PLAN, tmp_path).documents) == 1


def test_a_pipe_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "plan.json")
    os.mkfifo(tmp_path / "x.tfstate")
    assert not PLAN.recognises(tmp_path)
    assert not PLAN.recognises(tmp_path / "plan.json")
    assert codes(load(STATE, tmp_path)) == ["not-a-file"]


def test_code_beside_a_plan_is_read_as_code(tmp_path):
    load_json(PLAN, tmp_path, GOOD)
    load_json(STATE, tmp_path, {"version": 4, "resources": []}, "terraform.tfstate")
    assert (PLAN.recognises(tmp_path), STATE.recognises(tmp_path)) == (True, True)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "main.tofu").write_text("")
    assert (PLAN.recognises(tmp_path), STATE.recognises(tmp_path)) == (False, False)
    assert PLAN.recognises(tmp_path / "plan.json")
    assert STATE.recognises(tmp_path / "terraform.tfstate")


def test_neither_takes_the_others_file(tmp_path):
    shown = {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {}}}
    files = {
        "plan.json": GOOD,
        "state.json": shown,
        "terraform.tfstate": {"version": 4, "serial": 1},
        "x.json": {"a": 1},
    }
    for name, data in files.items():
        (tmp_path / name).write_text(json.dumps(data))
    assert [name for name in files if PLAN.recognises(tmp_path / name)] == ["plan.json"]
    assert [name for name in files if STATE.recognises(tmp_path / name)] == ["state.json", "terraform.tfstate"]


def paths(value, path=()):
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from paths(child, (*path, key))


with tempfile.TemporaryDirectory() as _directory:
    _WRITTEN = write_spellings(ROOT / "examples" / "tiny", pathlib.Path(_directory))
    SPELLED = {name: json.loads(path.read_text()) for name, (path, _) in _WRITTEN.items()}
PLACES = {name: list(paths(data)) for name, data in SPELLED.items()}
ODD = st.sampled_from([None, True, 5, 1.5, "", "x", "module.[", [], {}, [[]], [5], {"x": 5}, {"references": [7]}])


@settings(max_examples=300)
@given(data=st.data())
def test_any_value_of_a_wrong_type_is_survived(data):
    """Wherever something else stands than the format has, the rest loads and nothing is lost without a word."""
    name = data.draw(st.sampled_from(sorted(SPELLED)))
    broken = copy.deepcopy(SPELLED[name])
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(PLACES[name]))
        target = broken
        try:
            for step in path[:-1]:
                target = target[step]
            if path:
                target[path[-1]] = copy.deepcopy(data.draw(ODD))
        except (KeyError, IndexError, TypeError):
            continue
    with tempfile.TemporaryDirectory() as directory:
        side = data.draw(st.sampled_from(["after", "before"]))
        source = PLAN if name == "plan" else STATE
        loaded = load_json(source, pathlib.Path(directory), broken, f"{name}.json", side=side)
        for document in loaded.documents:
            assert document.origin(()).span is not None
            assert isinstance(document.scope.account, str)
        named = len(loaded.problems) + sum(gap.count for gap in loaded.gaps)
        assert len(loaded.documents) <= loaded.seen <= len(loaded.documents) + named
