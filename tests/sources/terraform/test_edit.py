"""Edits are small, keep what stands around them, and say what they were asked to when the tree is loaded again."""

import pytest

from nephograph.model.edit import AddDocument, RemoveAttribute, SetAttribute
from nephograph.model.errors import EditError
from nephograph.sources.terraform import SOURCE


def set_(address, *path, value, root="."):
    return SetAttribute(root, address, path, value)


def remove(address, *path, root="."):
    return RemoveAttribute(root, address, path)


def test_a_literal_is_replaced_in_place(tree):
    loaded = tree.load('resource "a_b" "x" {\n  acl    = "public-read" # why\n  bucket = "b"\n}\n')
    after = tree.edit(loaded, set_("a_b.x", "acl", value="private"))
    assert tree.read() == 'resource "a_b" "x" {\n  acl    = "private" # why\n  bucket = "b"\n}\n'
    assert after.value("a_b.x", "acl") == "private"


def test_a_missing_argument_is_written_under_the_others(tree):
    loaded = tree.load('resource "a_b" "x" {\n  bucket_name = "b"\n\n  nested {\n    y = 1\n  }\n}\n')
    tree.edit(loaded, set_("a_b.x", "acl", value="private"))
    assert tree.read() == (
        'resource "a_b" "x" {\n  bucket_name = "b"\n  acl         = "private"\n\n  nested {\n    y = 1\n  }\n}\n'
    )


@pytest.mark.parametrize(
    "text", ['resource "a_b" "x" {}\n', 'resource "a_b" "x" {\n}\n', 'resource "a_b" "x" { y = 1 }\n']
)
def test_small_blocks_grow(tree, text):
    loaded = tree.load(text)
    after = tree.edit(loaded, set_("a_b.x", "acl", value="private"))
    assert after.problems == []
    assert after.value("a_b.x", "acl") == "private"
    assert dict(after["a_b.x"].attributes).get("y") == loaded["a_b.x"].attributes.get("y")


def test_a_missing_block_is_written_whole(tree):
    loaded = tree.load('resource "a_b" "x" {\n  bucket = "b"\n}\n')
    tree.edit(loaded, set_("a_b.x", "versioning", 0, "status", value="Enabled"))
    assert tree.read() == ('resource "a_b" "x" {\n  bucket = "b"\n\n  versioning {\n    status = "Enabled"\n  }\n}\n')


def test_an_argument_of_a_block_that_is_there(tree):
    loaded = tree.load('resource "a_b" "x" {\n  meta {\n    http = "on"\n  }\n}\n')
    after = tree.edit(loaded, set_("a_b.x", "meta", 0, "tokens", value="required"))
    assert after.value("a_b.x", "meta") == [{"http": "on", "tokens": "required"}]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('["a", "b", "c"]', '["a", "c"]'),
        ('["a", "b"]', '["a"]'),
        ('["b"]', "[]"),
        ('["b", "c"]', '["c"]'),
        ('[\n    "a",\n    "b",\n    "c",\n  ]', '[\n    "a",\n    "c",\n  ]'),
        ('[\n    "a", # one\n    "b"\n  ]', '[\n    "a" # one\n  ]'),
    ],
)
def test_an_element_leaves_with_its_comma(tree, before, after):
    loaded = tree.load(f'resource "a_b" "x" {{\n  list = {before}\n}}\n')
    position = loaded.value("a_b.x", "list").index("b")
    again = tree.edit(loaded, remove("a_b.x", "list", position))
    assert again.problems == []
    assert "b" not in again.value("a_b.x", "list")
    assert len(again.value("a_b.x", "list")) == len(loaded.value("a_b.x", "list")) - 1
    if "#" not in before:
        assert tree.read() == f'resource "a_b" "x" {{\n  list = {after}\n}}\n'


def test_a_block_leaves_with_its_lines(tree):
    loaded = tree.load('resource "a_b" "x" {\n  n = 1\n\n  in {\n    p = 22\n  }\n\n  in {\n    p = 80\n  }\n}\n')
    tree.edit(loaded, remove("a_b.x", "in", 1))
    assert tree.read() == 'resource "a_b" "x" {\n  n = 1\n\n  in {\n    p = 22\n  }\n}\n'


def test_an_argument_and_a_whole_resource_leave(tree):
    loaded = tree.load('resource "a_b" "x" {\n  n = 1\n  m = 2 # two\n}\n\nresource "a_b" "y" {\n  n = 3\n}\n')
    after = tree.edit(loaded, remove("a_b.x", "m"), remove("a_b.y"))
    assert tree.read() == 'resource "a_b" "x" {\n  n = 1\n}\n'
    assert after.addresses == ["a_b.x"]


def test_an_entry_of_an_object_leaves_with_its_key(tree):
    loaded = tree.load('resource "a_b" "x" {\n  tags = {\n    A = 1\n    B = 2\n  }\n  one = { A = 1, B = 2 }\n}\n')
    after = tree.edit(loaded, remove("a_b.x", "one", "B"), remove("a_b.x", "one", "A"))
    assert after.value("a_b.x", "one") == {}


def test_a_variable_is_changed_where_it_was_given(tree):
    loaded = tree.load(
        {
            "main.tf": 'variable "cidrs" {}\nresource "a_b" "x" {\n  cidrs = var.cidrs\n}\n',
            "terraform.tfvars": 'cidrs = ["0.0.0.0/0"] # open\n',
        }
    )
    after = tree.edit(loaded, set_("a_b.x", "cidrs", value=["10.0.0.0/8"]))
    assert tree.read("terraform.tfvars") == 'cidrs = ["10.0.0.0/8"] # open\n'
    assert after.value("a_b.x", "cidrs") == ["10.0.0.0/8"]


def test_an_argument_of_a_module_call_is_changed(tree):
    loaded = tree.load(
        {
            "main.tf": 'module "m" {\n  source = "./m"\n  acl    = "public"\n}\n',
            "m/m.tf": 'variable "acl" {\n  default = "private"\n}\nresource "a_b" "x" {\n  acl = var.acl\n}\n',
        }
    )
    after = tree.edit(loaded, set_("module.m.a_b.x", "acl", value="closed"))
    assert tree.read() == 'module "m" {\n  source = "./m"\n  acl    = "closed"\n}\n'
    assert after.value("module.m.a_b.x", "acl") == "closed"


def test_a_generated_block_leaves_the_list_it_is_generated_from(tree):
    loaded = tree.load(
        'variable "ports" {\n  default = [22, 443]\n}\nresource "a_b" "x" {\n  dynamic "in" {\n'
        "    for_each = var.ports\n    content {\n      port = in.value\n    }\n  }\n}\n"
    )
    after = tree.edit(loaded, remove("a_b.x", "in", 0))
    assert after.value("a_b.x", "in") == [{"port": 443}]


@pytest.mark.parametrize(
    ("config", "code"),
    [
        (
            'variable "v" {\n  default = "p"\n}\nresource "a_b" "x" {\n  acl = var.v\n  other = var.v\n}\n',
            "edit-shared",
        ),
        ('variable "v" {\n  default = "p"\n}\nresource "a_b" "x" {\n  acl = "${var.v}-x"\n}\n', "edit-computed"),
        ('variable "v" {}\nresource "a_b" "x" {\n  acl = var.v\n}\n', "edit-no-value"),
    ],
)
def test_a_value_without_a_place_of_its_own_is_refused_with_the_reason(tree, config, code):
    loaded = tree.load(config)
    with pytest.raises(EditError) as caught:
        tree.edit(loaded, set_("a_b.x", "acl", value="private"))
    assert caught.value.problem.code == code
    assert caught.value.problem.help
    assert caught.value.problem.span is not None


def test_a_value_of_the_command_line_is_refused(tree):
    loaded = tree.load('variable "v" {}\nresource "a_b" "x" {\n  acl = var.v\n}\n', variables=(("v", "p"),))
    with pytest.raises(EditError, match="command line"):
        tree.edit(loaded, set_("a_b.x", "acl", value="private"))


POLICY = """data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["s3:*"]
    resources = ["*"]
  }

  statement {
    sid     = "two"
    actions = ["a:b", "c:d"]
  }
}
resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.p.json
}
"""


def test_a_policy_document_is_edited_at_its_statement(tree):
    loaded = tree.load(POLICY)
    after = tree.edit(
        loaded,
        set_("aws_iam_policy.p", "policy", "Statement", 0, "Action", value=["s3:GetObject", "s3:ListBucket"]),
        remove("aws_iam_policy.p", "policy", "Statement", 1),
    )
    assert tree.read() == (
        'data "aws_iam_policy_document" "p" {\n  statement {\n    actions   = ["s3:GetObject", "s3:ListBucket"]\n'
        '    resources = ["*"]\n  }\n}\nresource "aws_iam_policy" "p" {\n'
        "  policy = data.aws_iam_policy_document.p.json\n}\n"
    )
    assert '"s3:ListBucket"' in after.value("aws_iam_policy.p", "policy")


def test_an_effect_that_is_not_written_is_added_to_its_statement(tree):
    loaded = tree.load(POLICY)
    tree.edit(loaded, set_("aws_iam_policy.p", "policy", "Statement", 1, "Effect", value="Deny"))
    assert '    actions = ["a:b", "c:d"]\n    effect  = "Deny"\n' in tree.read()


def test_an_encoded_policy_is_edited_inside_its_object(tree):
    loaded = tree.load(
        'resource "a_b" "x" {\n  policy = jsonencode({\n    Statement = [{\n      Action = "*"\n'
        '      Principal = "*"\n    }]\n  })\n}\n'
    )
    after = tree.edit(
        loaded,
        set_("a_b.x", "policy", "Statement", 0, "Principal", value={"AWS": "arn:aws:iam::1:root"}),
        set_("a_b.x", "policy", "Statement", 0, "Effect", value="Deny"),
    )
    assert after.problems == []
    assert '"AWS":"arn:aws:iam::1:root"' in after.value("a_b.x", "policy")
    assert '"Effect":"Deny"' in after.value("a_b.x", "policy")


def test_a_policy_in_a_heredoc_is_edited_as_json(tree):
    loaded = tree.load(
        'resource "a_b" "x" {\n  policy = <<EOT\n{"Statement": [{"Action": "*", "Effect": "Allow"}]}\nEOT\n}\n'
    )
    after = tree.edit(loaded, set_("a_b.x", "policy", "Statement", 0, "Action", value=["a:b"]))
    assert after.value("a_b.x", "policy") == '{"Statement": [{"Action": ["a:b"], "Effect": "Allow"}]}\n'


@pytest.mark.parametrize(
    ("meta", "reference"),
    [
        ("", "aws_s3_bucket.b.id"),
        ('  for_each = toset(["x", "y"])\n', "aws_s3_bucket.b[each.key].id"),
        ("  count = 2\n", "aws_s3_bucket.b[count.index].id"),
    ],
)
def test_a_new_document_refers_to_the_old_one(tree, meta, reference):
    loaded = tree.load(f'resource "aws_s3_bucket" "b" {{\n{meta}  bucket = "b"\n}}\n\nlocals {{}}\n')
    address = loaded.addresses[0]
    after = tree.edit(
        loaded, AddDocument(".", address, "aws_s3_bucket_public_access_block", "bucket", {"block_public_acls": True})
    )
    assert after.problems == []
    assert len(after.addresses) == 2 * len(loaded.addresses)
    block = next(d for d in after.documents if d.type == "aws_s3_bucket_public_access_block")
    assert block.attributes["block_public_acls"] is True
    assert str(block.attributes["bucket"].ref) == f"{address}.id"
    assert reference in tree.read()


def test_a_new_document_speaks_with_the_same_provider(tree):
    loaded = tree.load('resource "aws_s3_bucket" "b" {\n  provider = aws.west\n}\n')
    tree.edit(loaded, AddDocument(".", "aws_s3_bucket.b", "aws_s3_bucket_acl", "bucket", {"acl": "private"}))
    assert tree.read() == (
        'resource "aws_s3_bucket" "b" {\n  provider = aws.west\n}\n\nresource "aws_s3_bucket_acl" "b" {\n'
        '  provider = aws.west\n  bucket   = aws_s3_bucket.b.id\n  acl      = "private"\n}\n'
    )


def test_line_ends_of_the_file_are_kept(tree):
    tree.path.joinpath("main.tf").write_bytes(b'resource "a_b" "x" {\r\n  n = 1\r\n}\r\n')
    loaded = tree.load()
    (edit,) = SOURCE.edit(tree.path, loaded, [set_("a_b.x", "m", value=2)])
    assert edit.text == "\r\n  m = 2"


def test_several_attributes_of_a_missing_block_make_one_block(tree):
    loaded = tree.load('resource "a_b" "x" {\n  bucket = "b"\n}\n')
    after = tree.edit(
        loaded,
        set_("a_b.x", "meta", 0, "tokens", value="required"),
        set_("a_b.x", "meta", 0, "hops", value=1),
        set_("a_b.x", "acl", value="private"),
    )
    assert after.problems == []
    assert dict(after["a_b.x"].attributes) == {
        "bucket": "b",
        "acl": "private",
        "meta": [{"tokens": "required", "hops": 1}],
    }


@pytest.mark.parametrize("written", ["[for x in [1, 2] : { n = x }]", "{ for x in [1, 2] : x => { n = x } }"])
def test_an_element_that_a_for_makes_does_not_take_the_for_with_it(tree, written):
    config = f'locals {{\n  made = values({{ a = 1 }})\n}}\nresource "a_b" "x" {{\n  items = {written}\n}}\n'
    loaded = tree.load(config)
    path = ("items", 0) if written.startswith("[") else ("items", "1")
    with pytest.raises(EditError):
        tree.edit(loaded, remove("a_b.x", *path))
    assert tree.read() == config


EACH = 'resource "a_b" "x" {{\n  for_each = {}\n  n        = each.value\n}}\n'
LOCALS = "locals {\n  ports = {\n    http  = 80\n    https = 443\n  }\n}\n\n"


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (EACH.format('toset(["a", "http"])'), EACH.format('toset(["a"])')),
        (EACH.format("{ a = 1, http = 2 }"), EACH.format("{ a = 1 }")),
        (LOCALS + EACH.format("local.ports"), LOCALS.replace("    http  = 80\n", "") + EACH.format("local.ports")),
    ],
)
def test_one_of_several_leaves_with_its_element(tree, written, left):
    loaded = tree.load(written)
    others = [address for address in loaded.addresses if address != 'a_b.x["http"]']
    after = tree.edit(loaded, remove('a_b.x["http"]'))
    assert tree.read() == left
    assert after.addresses == others


def test_all_of_several_leave_with_their_block(tree):
    loaded = tree.load(LOCALS + EACH.format("local.ports"))
    after = tree.edit(loaded, remove('a_b.x["http"]'), remove('a_b.x["https"]'))
    assert after.addresses == []
    assert "a_b" not in tree.read()


MODULE = 'module "m" {\n  for_each = toset(["one", "two"])\n  source   = "./m"\n}\n'


@pytest.mark.parametrize(
    ("files", "address"),
    [
        ({"main.tf": 'resource "a_b" "x" {\n  count = 2\n}\n'}, "a_b.x[0]"),
        (
            {"main.tf": LOCALS + EACH.format("local.ports") + 'output "o" {\n  value = local.ports\n}\n'},
            'a_b.x["http"]',
        ),
        ({"main.tf": EACH.format('{ for k in range(2) : format("%d", k) => k }')}, 'a_b.x["1"]'),
        ({"main.tf": MODULE, "m/main.tf": 'resource "a_b" "x" {\n  n = 1\n}\n'}, 'module.m["one"].a_b.x'),
        ({"main.tf": MODULE, "m/main.tf": EACH.format('toset(["a", "b"])')}, 'module.m["one"].a_b.x["a"]'),
        ({"main.tf": 'resource "a_b" "x" {\n  n = 1\n}\noutput "o" {\n  value = a_b.x.id\n}\n'}, "a_b.x"),
    ],
)
def test_a_block_that_others_need_stays(tree, files, address):
    loaded = tree.load(files)
    with pytest.raises(EditError) as caught:
        tree.edit(loaded, remove(address))
    assert caught.value.problem.code in ("edit-shared", "edit-computed", "edit-generated")
    assert caught.value.problem.span is not None
