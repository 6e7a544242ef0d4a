"""Plans and states as the real command writes them, against each other: one tree of built-in resources."""

import json
import os
import shutil
import subprocess

import pytest

from nephograph.model.value import Reason, is_unknown
from nephograph.sources.terraform_plan import SOURCE as PLAN
from nephograph.sources.terraform_state import SOURCE as STATE
from tests.support.loading import by_address, load

pytestmark = [
    pytest.mark.terraform,
    pytest.mark.skipif(shutil.which("terraform") is None, reason="the terraform command is not on this machine"),
]

MAIN = """
variable "password" {
  default   = "correct horse"
  sensitive = true
}
variable "size" { default = 2 }
resource "terraform_data" "each" {
  for_each = toset(["x", "y.z", "a\\"b", "$${c}"])
  input    = each.key
}
resource "terraform_data" "count" {
  count            = var.size
  triggers_replace = [terraform_data.each["x"].id, "fixed", count.index]
}
resource "terraform_data" "secret" {
  input = { open = "seen", closed = var.password }
}
module "child" {
  source   = "./child"
  for_each = toset(["p", "q"])
  above    = terraform_data.count[0].id
}
resource "terraform_data" "last" {
  triggers_replace = module.child["q"].below
}
"""
CHILD = """
variable "above" {}
resource "terraform_data" "inner" {
  triggers_replace = var.above
}
output "below" { value = terraform_data.inner.id }
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A directory with plan.json (all to be created), after.json (one replaced, one gone), and the state of between."""
    tree = tmp_path_factory.mktemp("tree")
    (tree / "main.tf").write_text(MAIN)
    (tree / "child").mkdir()
    (tree / "child" / "main.tf").write_text(CHILD)
    out = tmp_path_factory.mktemp("out")
    environment = {**os.environ, "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"}

    def terraform(*arguments):
        command = ["terraform", *arguments]
        return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=True).stdout

    terraform("init", "-backend=false", "-no-color")
    terraform("plan", "-out=first.tfplan", "-no-color")
    (out / "plan.json").write_text(terraform("show", "-json", "first.tfplan"))
    terraform("apply", "-no-color", "first.tfplan")
    shutil.copy(tree / "terraform.tfstate", out / "terraform.tfstate")
    (out / "state.json").write_text(terraform("show", "-json"))
    terraform("plan", "-out=second.tfplan", "-no-color", "-var=size=1", "-replace=terraform_data.last")
    (out / "after.json").write_text(terraform("show", "-json", "second.tfplan"))
    shutil.copy(tree / "second.tfplan", out / "second.tfplan")
    return out


ADDRESSES = {
    *(f"terraform_data.each[{key}]" for key in ('"x"', '"y.z"', '"a\\"b"', '"$${c}"')),
    "terraform_data.count[0]",
    "terraform_data.count[1]",
    "terraform_data.secret",
    "terraform_data.last",
    'module.child["p"].terraform_data.inner',
    'module.child["q"].terraform_data.inner',
}


def test_every_spelling_has_the_same_addresses(written):
    for source, name in ((PLAN, "plan.json"), (STATE, "terraform.tfstate"), (STATE, "state.json")):
        assert source.recognises(written / name)
        loaded = load(source, written / name)
        assert (loaded.problems, loaded.gaps) == ([], [])
        assert set(by_address(loaded)) == ADDRESSES
        assert "correct horse" not in repr(loaded.documents)


def test_both_forms_of_a_state_say_the_same(written):
    raw, shown = (by_address(load(STATE, written / name)) for name in ("terraform.tfstate", "state.json"))
    for address in ADDRESSES:
        assert raw[address].attributes == shown[address].attributes
        assert raw[address].scope == shown[address].scope


def test_a_reference_of_the_plan_is_what_the_state_holds(written):
    plan, state = by_address(load(PLAN, written / "plan.json")), by_address(load(STATE, written / "state.json"))
    followed = 0
    for address in ADDRESSES:
        for name, value in plan[address].attributes.items():
            values = value if isinstance(value, list) else [value]
            known = state[address].attributes[name]
            for said, held in zip(values, known if isinstance(value, list) else [known], strict=True):
                if is_unknown(said) and said.ref is not None:
                    followed += 1
                    assert state[said.ref.address].attributes[str(said.ref.path[0])] == held
    # Of every child its input, and an output of one of them.
    assert followed == 3


def test_what_is_sensitive_is_hidden_and_its_neighbour_is_not(written):
    for source, name in ((PLAN, "plan.json"), (STATE, "state.json")):
        said = by_address(load(source, written / name))["terraform_data.secret"].attributes["input"]
        assert said["open"] == "seen"
        assert said["closed"].reason is Reason.SENSITIVE


def test_both_sides_of_a_change(written):
    after, before = (by_address(load(PLAN, written / "after.json", side=side)) for side in ("after", "before"))
    assert set(after) == ADDRESSES - {"terraform_data.count[1]"}
    assert set(before) == ADDRESSES
    state = by_address(load(STATE, written / "state.json"))
    for address in ADDRESSES:
        assert before[address].attributes == state[address].attributes
    assert "id" not in after["terraform_data.last"].attributes
    assert after["terraform_data.count[0]"].attributes["id"] == state["terraform_data.count[0]"].attributes["id"]


def test_the_saved_plan_itself_is_told_how_to_print(written):
    assert PLAN.recognises(written / "second.tfplan")
    assert [problem.code for problem in load(PLAN, written / "second.tfplan").problems] == ["saved-plan"]


def test_versions_are_those_we_know(written):
    assert json.loads((written / "plan.json").read_text())["format_version"].startswith("1.")
