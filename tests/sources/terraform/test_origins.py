"""Where a value was said, exactly, and what made it what it is."""


def test_plain_places(tree):
    loaded = tree.load(
        'resource "x_y" "z" {\n  a = "1"\n  l = ["p", "q"]\n  o = { k = { d = 2 } }\n  in {\n    p = 22\n  }\n}\n'
    )
    assert loaded.said("x_y.z", "a") == '"1"'
    assert loaded.said("x_y.z", "l", 1) == '"q"'
    assert loaded.said("x_y.z", "o", "k", "d") == "2"
    assert loaded.said("x_y.z", "in", 0, "p") == "22"
    assert loaded.said("x_y.z", "in", 0) == "in {\n    p = 22\n  }"
    assert loaded.said("x_y.z").startswith('resource "x_y" "z" {')
    assert loaded["x_y.z"].origin(("absent",)) is None
    assert loaded["x_y.z"].origin(("in", 0, "absent")) is None
    origin = loaded["x_y.z"].origin(("a",))
    assert (origin.said, origin.address, str(origin.span)) == ("code", "x_y.z", "main.tf:2:7")


def test_a_default_decides(tree):
    loaded = tree.load('variable "c" {\n  default = ["a", "b"]\n}\nresource "x_y" "z" {\n  l = var.c\n}\n')
    assert loaded.said("x_y.z", "l", 1) == "var.c"
    assert loaded.causes("x_y.z", "l", 1) == [
        ("variable c", 'variable "c"'),
        ("default of variable c", '"b"'),
    ]


def test_a_variable_file_decides(tree):
    loaded = tree.load(
        {
            "main.tf": 'variable "c" {\n  default = 1\n}\nresource "x_y" "z" {\n  l = var.c.k\n}\n',
            "terraform.tfvars": "c = {\n  k = 2\n}\n",
        }
    )
    assert loaded.causes("x_y.z", "l")[-1] == ("c in terraform.tfvars", "2")


def test_a_module_argument_decides_through_locals_and_loops(tree):
    loaded = tree.load(
        {
            "main.tf": 'locals {\n  open = { ssh = "0.0.0.0/0" }\n}\nmodule "m" {\n  source = "./m"\n'
            "  rules  = [for k, v in local.open : { name = k, cidr = v }]\n}\n",
            "m/m.tf": 'variable "rules" {}\nresource "x_y" "z" {\n  dynamic "in" {\n    for_each = var.rules\n'
            "    content {\n      cidr = in.value.cidr\n    }\n  }\n}\n",
        }
    )
    assert loaded.said("module.m.x_y.z", "in", 0, "cidr") == "in.value.cidr"
    assert loaded.causes("module.m.x_y.z", "in", 0, "cidr") == [
        ("for_each", "var.rules"),
        ("variable rules", 'variable "rules"'),
        ("argument rules of module.m", "v"),
        ("for_each", "local.open"),
        ("local.open", '"0.0.0.0/0"'),
    ]
    assert loaded.causes("module.m.x_y.z") == [("called as module.m", 'module "m"')]


def test_the_branch_that_was_taken_is_shown(tree):
    loaded = tree.load('resource "x_y" "z" {\n  a = true ? ["p"] : ["q"]\n  b = merge({ k = 1 }, { k = 2 }).k\n}\n')
    assert loaded.said("x_y.z", "a", 0) == '"p"'
    assert loaded.said("x_y.z", "b") == "2"


def test_functions_that_keep_elements_are_looked_through(tree):
    loaded = tree.load(
        'locals {\n  l = ["b", "a"]\n}\nresource "x_y" "z" {\n  s = toset(concat(["c"], local.l))\n'
        '  f = flatten([["x"], ["y"]])\n  k = lookup({ k = "v" }, "k", "d")\n  t = try(local.l[7], "t")\n}\n'
    )
    assert loaded.causes("x_y.z", "s", 0) == [("local.l", '"a"')]
    assert loaded.said("x_y.z", "s", 2) == '"c"'
    assert loaded.said("x_y.z", "f", 1) == '"y"'
    assert loaded.said("x_y.z", "k") == '"v"'
    assert loaded.said("x_y.z", "t") == '"t"'


def test_each_value_leads_to_its_element(tree):
    loaded = tree.load(
        'resource "x_y" "z" {\n  for_each = { a = { n = 1 }, b = { n = 2 } }\n  n = each.value.n\n  k = each.key\n}\n'
    )
    assert loaded.causes('x_y.z["b"]', "n") == [("for_each of x_y.z", "2")]


def test_what_is_computed_lists_its_ingredients(tree):
    loaded = tree.load('variable "p" {\n  default = "x"\n}\nresource "x_y" "z" {\n  n = "${var.p}-data"\n}\n')
    assert loaded.said("x_y.z", "n") == '"${var.p}-data"'
    assert loaded.causes("x_y.z", "n") == [("variable p", 'variable "p"'), ("default of variable p", '"x"')]


def test_an_attribute_of_another_resource_leads_there(tree):
    loaded = tree.load('resource "x_y" "a" {\n  n = "v"\n}\nresource "x_y" "z" {\n  n = x_y.a.n\n  i = x_y.a.id\n}\n')
    assert loaded.causes("x_y.z", "n") == [("x_y.a.n", '"v"')]
    assert loaded.causes("x_y.z", "i") == [("x_y.a", 'resource "x_y" "a"')]


DOCUMENT = """data "aws_iam_policy_document" "base" {
  statement {
    sid     = "base"
    actions = ["b:b"]
  }
}
data "aws_iam_policy_document" "p" {
  source_policy_documents = [data.aws_iam_policy_document.base.json]
  statement {
    actions   = ["s3:Get", "s3:Put"]
    resources = [var.resource]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}
variable "resource" {
  default = "*"
}
locals {
  policy = data.aws_iam_policy_document.p.json
}
resource "x_y" "z" {
  policy = local.policy
}
"""


def test_a_path_goes_on_into_a_policy_document(tree):
    loaded = tree.load(DOCUMENT)
    assert loaded.said("x_y.z", "policy") == "local.policy"
    assert loaded.said("x_y.z", "policy", "Statement", 1).startswith("statement {\n    actions   =")
    assert loaded.said("x_y.z", "policy", "Statement", 1, "Action") == '["s3:Get", "s3:Put"]'
    # The provider writes sets in descending order.
    assert loaded.said("x_y.z", "policy", "Statement", 1, "Action", 0) == '"s3:Put"'
    assert loaded.said("x_y.z", "policy", "Statement", 1, "Principal").startswith("principals {")
    assert loaded.said("x_y.z", "policy", "Statement", 1, "Principal", "AWS") == '["*"]'
    assert loaded.said("x_y.z", "policy", "Statement", 1, "Resource", 0) == "var.resource"
    assert loaded.causes("x_y.z", "policy", "Statement", 1, "Resource", 0)[-1] == (
        "default of variable resource",
        '"*"',
    )
    assert loaded.said("x_y.z", "policy", "Statement", 0, "Action") == '["b:b"]'
    assert loaded.said("x_y.z", "policy", "Statement", 0, "Effect").startswith('statement {\n    sid     = "base"')


def test_a_path_goes_on_into_encoded_json(tree):
    loaded = tree.load(
        'resource "x_y" "z" {\n  policy = jsonencode({\n    Statement = [{ Action = ["a:b", "c:d"] }]\n  })\n}\n'
    )
    assert loaded.said("x_y.z", "policy", "Statement", 0, "Action", 1) == '"c:d"'
    assert loaded.said("x_y.z", "policy", "Statement", 0) == '{ Action = ["a:b", "c:d"] }'


def test_a_path_goes_on_into_json_text(tree):
    loaded = tree.load(
        'resource "x_y" "z" {\n  h = <<EOT\n{\n  "Statement": [{"Action": "a:*", "Resource": "${x_y.z.arn}/*"}]\n}\n'
        "EOT\n"
        '  q = "{\\"Statement\\": [{\\"Action\\": \\"a:*\\"}]}"\n  f = <<-EOT\n    {"Version": "1"}\n  EOT\n}\n'
    )
    assert loaded.said("x_y.z", "h", "Statement", 0, "Action") == '"a:*"'
    assert loaded.said("x_y.z", "h", "Statement", 0, "Resource") == '"${x_y.z.arn}/*"'
    assert loaded.said("x_y.z", "q", "Statement", 0, "Action") == '\\"a:*\\"'
    assert loaded.said("x_y.z", "f", "Version") == '"1"'


def test_a_path_goes_on_into_a_json_file(tree):
    loaded = tree.load(
        {
            "main.tf": 'resource "x_y" "z" {\n  policy = file("${path.module}/policy.json")\n}\n',
            "policy.json": '{\n  "Statement": [{"Action": "a:*"}]\n}\n',
        }
    )
    origin = loaded["x_y.z"].origin(("policy", "Statement", 0, "Action"))
    assert origin.span.file == "policy.json"
    assert loaded.text(origin.span) == '"a:*"'


def test_asking_for_origins_names_nothing_twice(tree):
    loaded = tree.load('resource "x_y" "z" {\n  a = [1, 2][5]\n  b = x_y.gone.id\n}\n')
    before = list(loaded.gaps)
    loaded["x_y.z"].origin(("a",))
    loaded["x_y.z"].origin(("b",))
    assert loaded.tree.load().gaps == before
