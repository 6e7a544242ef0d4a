"""From text to documents: variables, locals, instances, references, modules."""

import json

import pytest

from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.json_text import with_symbols


def test_a_flat_directory(tree):
    loaded = tree.load(
        'variable "name" {\n  default = "shop"\n}\nlocals {\n  full = "${var.name}-data"\n}\n'
        'resource "aws_s3_bucket" "b" {\n  bucket = local.full\n\n  rule {\n    id = 1\n  }\n  lifecycle {\n'
        "    prevent_destroy = true\n  }\n  depends_on = [aws_s3_bucket.c]\n}\n"
    )
    assert loaded.addresses == ["aws_s3_bucket.b"]
    assert dict(loaded["aws_s3_bucket.b"].attributes) == {"bucket": "shop-data", "rule": [{"id": 1}]}
    assert (loaded.seen, loaded.files, loaded.problems, loaded.gaps) == (1, 1, [], [])
    assert loaded["aws_s3_bucket.b"].root == "."
    assert loaded["aws_s3_bucket.b"].dialect == "terraform"


def test_variable_precedence(tree):
    names = "abcdef"
    tree.write(
        {
            "main.tf": "".join(f'variable "{n}" {{\n  default = "default"\n}}\n' for n in names)
            + 'resource "x_y" "z" {\n'
            + "".join(f"  {n} = var.{n}\n" for n in names)
            + "}\n",
            "terraform.tfvars": "".join(f'{n} = "tfvars"\n' for n in names[1:]),
            "one.auto.tfvars": "".join(f'{n} = "one"\n' for n in names[2:]),
            "two.auto.tfvars.json": "{" + ",".join(f'"{n}": "two"' for n in names[3:]) + "}",
            "given.vars": "".join(f'{n} = "file"\n' for n in names[4:]),
        }
    )
    loaded = tree.load(var_files=(str(tree.path / "given.vars"),), variables=(("f", "typed"),))
    assert [loaded.value("x_y.z", n) for n in names] == ["default", "tfvars", "one", "two", "file", "typed"]


def test_a_variable_without_a_value_is_unknown_and_the_environment_is_not_read(tree, monkeypatch):
    monkeypatch.setenv("TF_VAR_v", "secret")
    loaded = tree.load('variable "v" {}\nresource "x_y" "z" {\n  a = var.v\n  b = "p-${var.v}"\n}\n')
    assert loaded.value("x_y.z", "a") == Unknown(Reason.NO_VALUE, "var.v")
    assert loaded.value("x_y.z", "b").parts == ("p-", Unknown(Reason.NO_VALUE, "var.v"))


def test_values_take_the_type_of_their_variable(tree):
    loaded = tree.load(
        'variable "v" {\n  type = object({\n    a = number\n    b = optional(string, "none")\n    c = optional(bool)\n'
        '    d = set(string)\n  })\n  default = {\n    a = "1"\n    d = ["y", "x", "y"]\n    e = 1\n  }\n}\n'
        'variable "l" {\n  type = list(number)\n}\n'
        'resource "x_y" "z" {\n  v = var.v\n  l = var.l\n}\n',
        variables=(("l", "[1, 2]"),),
    )
    assert loaded.value("x_y.z", "v") == {"a": 1, "b": "none", "c": None, "d": ["x", "y"]}
    assert loaded.value("x_y.z", "l") == [1, 2]


def test_a_value_that_does_not_fit_its_type_is_named(tree):
    loaded = tree.load('variable "v" {\n  type = number\n  default = "x"\n}\nresource "x_y" "z" {\n  v = var.v\n}\n')
    assert loaded.value("x_y.z", "v").reason is Reason.INVALID
    assert [gap.kind for gap in loaded.gaps] == ["invalid"]


def test_count_and_for_each_make_instances_with_exact_addresses(tree):
    loaded = tree.load(
        'resource "x_y" "n" {\n  count = 2\n  i = count.index\n}\n'
        'resource "x_y" "m" {\n  for_each = { a = 1, "b c" = 2 }\n  k = each.key\n  v = each.value\n}\n'
        'resource "x_y" "s" {\n  for_each = toset(["q"])\n  v = each.value\n}\n'
        'resource "x_y" "none" {\n  count = 0\n}\n'
    )
    assert loaded.addresses == ["x_y.n[0]", "x_y.n[1]", 'x_y.m["a"]', 'x_y.m["b c"]', 'x_y.s["q"]']
    assert loaded.value('x_y.m["b c"]', "v") == 2
    assert loaded.seen == 5
    assert loaded.gaps == []


@pytest.mark.parametrize("meta", ["count = var.v", "for_each = var.v", "for_each = toset([var.v])"])
def test_an_unknown_number_is_one_instance_that_may_exist(tree, meta):
    loaded = tree.load(f'variable "v" {{}}\nresource "x_y" "n" {{\n  {meta}\n  a = 1\n}}\n')
    document = loaded["x_y.n[*]"]
    assert document.existence == Unknown(Reason.NO_VALUE, "var.v")
    assert document.attributes["a"] == 1


def test_for_each_over_another_resource(tree):
    loaded = tree.load(
        'resource "x_y" "a" {\n  for_each = { k = "v" }\n  name = each.value\n}\n'
        'resource "x_y" "b" {\n  for_each = x_y.a\n  name = each.value.name\n  id = each.value.id\n}\n'
    )
    assert loaded.value('x_y.b["k"]', "name") == "v"
    assert loaded.value('x_y.b["k"]', "id") == Unknown(Reason.AFTER_APPLY, ref=Ref('x_y.a["k"]', ("id",)))


def test_references_read_what_is_written_and_leave_the_rest_to_the_provider(tree):
    loaded = tree.load(
        'resource "x_y" "a" {\n  name = "n"\n  empty = null\n  in {\n    p = 1\n  }\n}\n'
        'resource "x_y" "c" {\n  count = 2\n}\n'
        'resource "x_y" "z" {\n  name = x_y.a.name\n  id = x_y.a.id\n  p = x_y.a.in[0].p\n  q = x_y.a.in[0].q\n'
        "  empty = x_y.a.empty\n  all = x_y.c[*].id\n  one = x_y.c[1].arn\n  deep = x_y.a.endpoint[0].address\n"
        '  each = [for c in x_y.c : c.id]\n  whole = x_y.a\n  text = "${x_y.a.id}/*"\n}\n'
    )
    z = loaded["x_y.z"].attributes

    def after(address, *path):
        return Unknown(Reason.AFTER_APPLY, ref=Ref(address, path))

    assert (z["name"], z["p"]) == ("n", 1)
    assert z["id"] == after("x_y.a", "id")
    assert z["q"] == after("x_y.a", "in", 0, "q")
    assert z["empty"] == after("x_y.a", "empty")
    assert z["all"] == z["each"] == [after("x_y.c[0]", "id"), after("x_y.c[1]", "id")]
    assert z["one"] == after("x_y.c[1]", "arn")
    assert z["deep"] == after("x_y.a", "endpoint", 0, "address")
    assert z["whole"] == after("x_y.a")
    assert z["text"].parts == (after("x_y.a", "id"), "/*")


def test_arguments_named_like_meta_arguments_count_inside_nested_blocks(tree):
    loaded = tree.load('resource "x_y" "z" {\n  in {\n    count = 1\n    provider = "p"\n  }\n}\n')
    assert loaded.value("x_y.z", "in") == [{"count": 1, "provider": "p"}]


DYNAMIC = """variable "rules" {}
resource "x_y" "z" {
  dynamic "in" {
    for_each = var.rules
    iterator = rule
    content {
      port = rule.value.port
      key  = rule.key
      dynamic "deep" {
        for_each = rule.value.cidrs
        content {
          cidr = deep.value
          port = rule.value.port
        }
      }
    }
  }
  in {
    port = 1
  }
}
"""


def test_dynamic_blocks_are_generated_in_order(tree):
    loaded = tree.load({"main.tf": DYNAMIC, "terraform.tfvars": 'rules = [{ port = 22, cidrs = ["a", "b"] }]\n'})
    assert loaded.value("x_y.z", "in") == [
        {"port": 22, "key": 0, "deep": [{"cidr": "a", "port": 22}, {"cidr": "b", "port": 22}]},
        {"port": 1},
    ]


def test_a_dynamic_block_over_nothing_known_is_one_block_of_unknown_content(tree):
    loaded = tree.load(DYNAMIC)
    first = loaded.value("x_y.z", "in", 0)
    assert first["port"].reason is Reason.NO_VALUE
    assert first["deep"][0]["cidr"].reason is Reason.NO_VALUE
    assert loaded.value("x_y.z", "in", 1) == {"port": 1}


def test_a_cycle_of_locals_is_one_problem_at_its_place(tree):
    loaded = tree.load('locals {\n  b = local.a\n  a = local.b\n}\nresource "x_y" "z" {\n  v = local.a\n  w = 1\n}\n')
    assert loaded.codes() == ["cycle"]
    problem = loaded.problems[0]
    assert "local.a -> local.b -> local.a" in problem.message
    assert loaded.text(problem.span) == "local.b"
    assert problem.excerpt == "  a = local.b"
    assert loaded.value("x_y.z", "v").reason is Reason.CYCLE
    assert loaded.value("x_y.z", "w") == 1


def test_resources_may_refer_to_each_others_arguments(tree):
    loaded = tree.load(
        'resource "x_y" "a" {\n  n = "a"\n  m = x_y.b.n\n}\nresource "x_y" "b" {\n  n = "b"\n  m = x_y.a.n\n}\n'
    )
    assert loaded.problems == []
    assert (loaded.value("x_y.a", "m"), loaded.value("x_y.b", "m")) == ("b", "a")


def test_a_very_long_chain_of_locals_is_evaluated(tree):
    count = 5000
    lines = "".join(f"  l{i} = local.l{i + 1}\n" for i in range(count))
    loaded = tree.load(f'locals {{\n{lines}  l{count} = "end"\n}}\nresource "x_y" "z" {{\n  v = local.l0\n}}\n')
    assert loaded.value("x_y.z", "v") == "end"


def test_a_long_chain_of_resources_ends_without_a_traceback(tree):
    count = 3000
    blocks = "".join(f'resource "x_y" "r{i}" {{\n  v = x_y.r{i + 1}.v\n}}\n' for i in range(count))
    loaded = tree.load(blocks + f'resource "x_y" "r{count}" {{\n  v = "end"\n}}\n')
    assert len(loaded.documents) == count + 1
    values = [document.attributes["v"] for document in loaded.documents]
    assert all(value == "end" or value.reason is Reason.BUDGET for value in values)
    assert values[-1] == "end"


def test_what_is_not_declared_is_named_and_the_rest_goes_on(tree):
    loaded = tree.load('resource "x_y" "z" {\n  a = x_y.gone.id\n  b = var.gone\n  c = 1\n}\n')
    assert loaded.value("x_y.z", "c") == 1
    assert loaded.value("x_y.z", "a").reason is Reason.INVALID
    assert [gap.subject for gap in loaded.gaps if gap.span] == ["x_y.gone.id"] or len(loaded.gaps) == 2


def test_a_broken_block_costs_itself_and_the_caret_is_right(tree):
    loaded = tree.load(
        'resource "x_y" "a" {\n  v = 1\n}\nresource "x_y" "broken" {\n  v = = 2\n}\nresource "x_y" "c" {\n'
        "  v = x_y.broken.id\n  w = 1\n}\n"
    )
    assert loaded.addresses == ["x_y.a", "x_y.c"]
    assert loaded.codes() == ["syntax"]
    assert (loaded.problems[0].span.line, loaded.problems[0].span.column) == (5, 7)
    assert loaded.problems[0].excerpt == "  v = = 2"
    assert loaded.value("x_y.c", "v").reason is Reason.BROKEN


def test_blocks_that_are_not_evaluated_are_named(tree):
    loaded = tree.load(
        'import {\n  to = x_y.a\n  id = "1"\n}\nremoved {\n  from = x_y.b\n}\ncheck "c" {}\nwhat "d" {}\n'
        'moved {\n  from = x_y.old\n  to   = x_y.new["k"]\n}\nterraform {}\ndata "x_y" "d" {}\n'
    )
    assert loaded.kinds() == [
        ("data-source", "data.x_y.d"),
        ("import", "import of x_y.a"),
        ("removed", "removed x_y.b"),
        ("unsupported-block", "what d"),
    ]
    assert loaded.moved == [(".", "x_y.old", 'x_y.new["k"]')]


def test_a_name_declared_twice_is_named(tree):
    loaded = tree.load('resource "x_y" "a" {\n  v = 1\n}\nresource "x_y" "a" {\n  v = 2\n}\n')
    assert loaded.codes() == ["duplicate"]
    assert loaded.value("x_y.a", "v") == 1


def test_files_in_other_syntaxes_are_named(tree):
    loaded = tree.load({"main.tf": "", "extra.tf.json": "{}", "terragrunt.hcl": ""})
    assert loaded.kinds() == [("terragrunt", "terragrunt.hcl")]


def test_a_data_source_is_unknown_and_counted(tree):
    loaded = tree.load(
        'data "aws_ami" "a" {\n  count = 2\n  owner = "me"\n}\n'
        'resource "x_y" "z" {\n  a = data.aws_ami.a[0].id\n  b = data.aws_ami.a[0].owner\n}\n'
    )
    assert loaded.value("x_y.z", "a") == Unknown(Reason.DATA_SOURCE, ref=Ref("data.aws_ami.a[0]", ("id",)))
    assert loaded.value("x_y.z", "b") == "me"
    (gap,) = loaded.gaps
    assert (gap.kind, gap.subject, gap.count) == ("data-source", "data.aws_ami.a", 2)


def test_a_policy_document_is_text_wherever_it_is_referred_to(tree):
    loaded = tree.load(
        'data "aws_iam_policy_document" "p" {\n  statement {\n    actions = ["a:b"]\n    resources = [x_y.z["k"].arn]\n'
        '  }\n}\nresource "x_y" "z" {\n  for_each = { k = 1 }\n}\n'
        'resource "x_y" "p" {\n  policy = data.aws_iam_policy_document.p.json\n}\n'
    )
    policy = loaded.value("x_y.p", "policy")
    assert json.loads(with_symbols(policy))["Statement"][0]["Resource"] == '⟨x_y.z["k"].arn⟩'


def test_encoded_json_with_unknown_pieces_stays_json(tree):
    loaded = tree.load(
        'resource "x_y" "z" {\n  for_each = { k = 1 }\n}\nresource "x_y" "p" {\n'
        '  policy = jsonencode({ Resource = "${x_y.z["k"].arn}/*", Other = x_y.z["k"].id })\n}\n'
    )
    assert json.loads(with_symbols(loaded.value("x_y.p", "policy"))) == {
        "Other": '⟨x_y.z["k"].id⟩',
        "Resource": '⟨x_y.z["k"].arn⟩/*',
    }


def test_functions_read_files_of_the_tree_only(tree, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text("secret")
    tree.write(
        {
            "live/main.tf": 'resource "x_y" "z" {\n  a = file("${path.module}/in.txt")\n  b = file("../up.txt")\n'
            f'  c = file("{outside}")\n  d = file("../../x")\n  e = file("link.txt")\n  f = fileexists("no")\n}}\n',
            "live/in.txt": "in",
            "up.txt": "up",
        }
    )
    (tree.path / "live" / "link.txt").symlink_to(outside)
    loaded = tree.load()
    values = loaded["x_y.z"].attributes
    assert (values["a"], values["b"], values["f"]) == ("in", "up", False)
    assert [values[name].reason for name in "cde"] == [Reason.OUTSIDE_ROOT] * 3
    assert "secret" not in repr(loaded.loaded.gaps)


def test_override_files_have_the_last_word(tree):
    loaded = tree.load(
        {
            "main.tf": 'resource "x_y" "a" {\n  n = 1\n  m = 2\n  in {\n    p = 1\n  }\n  in {\n    p = 2\n  }\n}\n'
            'locals {\n  l = "base"\n}\nvariable "v" {\n  type    = number\n  default = 1\n}\n'
            'resource "x_y" "b" {\n  l = local.l\n  v = var.v\n}\n',
            "x_override.tf": 'resource "x_y" "a" {\n  n = local.l\n  in {\n    p = 3\n  }\n}\n'
            'locals {\n  l = "over"\n}\nvariable "v" {\n  default = "7"\n}\nresource "x_y" "none" {}\n',
        }
    )
    assert dict(loaded["x_y.a"].attributes) == {"n": "over", "m": 2, "in": [{"p": 3}]}
    assert dict(loaded["x_y.b"].attributes) == {"l": "over", "v": 7}
    assert str(loaded["x_y.a"].origin(("n",)).span) == "x_override.tf:2:7"
    assert loaded.addresses == ["x_y.a", "x_y.b"]
    assert loaded.kinds() == [("override", "resource x_y none")]


def test_policy_documents_that_need_each_other_are_a_cycle(tree):
    loaded = tree.load(
        'data "aws_iam_policy_document" "a" {\n  source_policy_documents = [data.aws_iam_policy_document.b.json]\n}\n'
        'data "aws_iam_policy_document" "b" {\n  source_policy_documents = [data.aws_iam_policy_document.a.json]\n}\n'
        'resource "x_y" "z" {\n  p = data.aws_iam_policy_document.a.json\n}\n'
    )
    assert loaded.codes() == ["cycle"]
    assert loaded.problems[0].span is not None
    assert loaded.value("x_y.z", "p").reason is Reason.CYCLE
