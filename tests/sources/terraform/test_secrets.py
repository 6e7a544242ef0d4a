"""Sensitive values: evaluated, and never handed out in the clear."""

import pytest

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform.secrets import Secret, public
from tests.sources.terraform.console import Plain, run

WORD = "hunter2-of-mars"


def secrets():
    scope = Plain()
    scope.values = {
        "var.s": run(f'sensitive("{WORD}")'),
        "var.m": run(f'sensitive({{ a = "{WORD}", b = "other-word" }})'),
    }
    scope.values["var.l"] = run(f'sensitive(["{WORD}", "x"])')
    return scope


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("var.s", WORD),
        ("upper(var.s)", WORD.upper()),
        ("length(var.s)", len(WORD)),
        ('var.s == "x"', False),
        ('!(var.s == "x")', True),
        ('"a-${var.s}-b"', f"a-{WORD}-b"),
        ('"%{if length(var.s) > 3}long%{else}short%{endif}"', "long"),
        ('length(var.s) > 3 ? "long" : "short"', "long"),
        ("var.m.a", WORD),
        ('var.m["b"]', "other-word"),
        ("[for x in var.l : upper(x)]", [WORD.upper(), "X"]),
        ("{ for k, v in var.m : k => v if k == \"b\" }", {"b": "other-word"}),
        ("var.l[*]", [WORD, "x"]),
        ('{ (var.s) = 1 }', {WORD: 1}),
        ('join(",", [var.s, "y"])', f"{WORD},y"),
        ("jsonencode({ a = var.s })", f'{{"a":"{WORD}"}}'),
        ('try(var.s, "z")', WORD),
        ("-length(var.l)", -2),
        ('var.s != "" && true', True),
        ('templatestring("v=$${x}", { x = var.s })', f"v={WORD}"),
    ],
)  # fmt: skip
def test_what_comes_of_a_sensitive_value_is_sensitive_and_computed(text, meant):
    value = run(text, secrets())
    assert type(value) is Secret
    assert run("nonsensitive(var.x)", _with("var.x", value)) == meant
    assert WORD not in repr(value) + str(value) + value.symbol
    assert WORD.upper() not in repr(public(value))


def _with(name, value):
    scope = Plain()
    scope.values = {name: value}
    return scope


@pytest.mark.parametrize(
    "text",
    ["var.s.x", "var.m[var.s]", "tonumber(var.s)", "var.s + 1", "-var.s", 'regex("z", var.s)', "var.s ? 1 : 2"],
)
def test_a_failure_does_not_tell_the_value(text):
    scope = secrets()
    value = run(text, scope)
    assert value.reason is Reason.INVALID
    assert scope.problems
    assert WORD not in repr(value) + "".join(scope.problems)


def test_a_map_keeps_what_is_not_sensitive_in_it():
    value = run('merge({ a = var.s }, { b = "open" })', secrets())
    assert value["b"] == "open"
    assert type(value["a"]) is Secret


def test_known_parts_of_a_text_stay_known_at_the_edge():
    value = public(run('"arn:aws:x:::${var.s}/*"', secrets()))
    assert value.parts[0] == "arn:aws:x:::"
    assert type(value.parts[1]) is Unknown
    assert value.reason is Reason.SENSITIVE


def test_marks_can_be_asked_for():
    assert run("issensitive(var.s)", secrets()) is True
    assert run('issensitive("x")', secrets()) is False


TREE = {
    "main.tf": """
variable "word" {
  default   = "WORD"
  sensitive = true
}
variable "pin" {
  type      = number
  sensitive = true
}
module "m" {
  source = "./m"
  given  = "spoken-in-the-call"
}
resource "x_y" "a" {
  count   = var.word == "" ? 0 : 1
  plain   = var.word
  made    = "${var.word}!"
  pin     = var.pin
  out     = module.m.out
  twice   = module.m.given
  list    = ["a", var.word]
  open    = nonsensitive(length(var.word))
  nothing = module.m.nothing
}
""".replace("WORD", WORD),
    "m/main.tf": """
variable "given" {
  sensitive = true
}
variable "none" {
  default   = null
  sensitive = true
}
output "out" {
  value     = "output-word"
  sensitive = true
}
output "given" {
  value = "${var.given}"
}
output "nothing" {
  value = var.none
}
""",
    "terraform.tfvars": "pin = 1234567\n",
}


def test_documents_hold_no_sensitive_value_and_count_uses_it(tree):
    loaded = tree.load(TREE)
    attributes = loaded["x_y.a[0]"].attributes
    assert attributes["plain"] == Unknown(Reason.SENSITIVE, "var.word")
    assert attributes["pin"] == Unknown(Reason.SENSITIVE, "var.pin")
    assert attributes["out"] == Unknown(Reason.SENSITIVE, "module.m.output.out")
    assert attributes["list"][0] == "a"
    assert attributes["open"] == len(WORD)
    assert "nothing" not in attributes
    shown = repr(attributes) + repr(loaded.gaps) + repr(loaded.problems) + repr(loaded.assumptions)
    for word in (WORD, "spoken-in-the-call", "output-word", "1234567"):
        assert word not in shown
    assert not any(isinstance(value, Secret) for value in attributes.values())


def test_excerpts_mask_sensitive_values_wherever_they_stand(tree):
    loaded = tree.load(TREE)
    assert loaded.excerpts.line("main.tf", 3) == f'  default   = "{"*" * len(WORD)}"'
    assert "spoken" not in loaded.excerpts.line("main.tf", 12)
    assert "output-word" not in loaded.excerpts.line("m/main.tf", 10)


def test_generated_blocks_of_a_sensitive_collection_keep_their_number(tree):
    loaded = tree.load(
        'variable "s" {\n  default = ["a", "b"]\n  sensitive = true\n}\nresource "x_y" "a" {\n'
        '  dynamic "b" {\n    for_each = var.s\n    content {\n      k = b.key\n      v = b.value\n    }\n  }\n}\n'
        'resource "x_y" "e" {\n  for_each = var.s\n}\n'
    )
    blocks = loaded.value("x_y.a", "b")
    assert [block["k"] for block in blocks] == [0, 1]
    assert {block["v"].reason for block in blocks} == {Reason.SENSITIVE}
    assert type(loaded["x_y.e[*]"].existence) is Unknown


@pytest.mark.parametrize(
    ("type_", "said", "word"),
    [
        ("aws_secretsmanager_secret_version", 'secret_string = "of-the-moon"', "of-the-moon"),
        ("aws_secretsmanager_secret_version", 'secret_string = jsonencode({ p = "of-the-moon" })', "of-the-moon"),
        ("aws_secretsmanager_secret_version", 'secret_string = "of-the-moon-${var.x}"', "of-the-moon"),
        ("tls_private_key", 'private_key_pem = "of-the-moon"', "of-the-moon"),
        ("aws_ssm_parameter", 'type = "SecureString"\n  value = "of-the-moon"', "of-the-moon"),
        ("aws_api_gateway_api_key", 'value = "of-the-moon"', "of-the-moon"),
        ("aws_instance", 'user_data = "export DB_PASSWORD=of-the-moon"', "of-the-moon"),
        ("aws_instance", 'user_data_base64 = base64encode("export DB_PASSWORD=of-the-moon")', "ZXhwb3J0IERC"),
        ("x_y", 'nested {\n    url = "postgres://u:of-the-moon@h/db"\n  }', "of-the-moon"),
        ("x_y", 'list = ["sk_live_abcdefghijklmnopqrst"]', "sk_live"),
    ],
)
def test_a_credential_is_not_kept_whatever_its_attribute_is_called(tree, type_, said, word):
    loaded = tree.load(f'variable "x" {{}}\nresource "{type_}" "z" {{\n  {said}\n}}\n')
    attributes = loaded[f"{type_}.z"].attributes
    assert word not in repr(attributes)
    assert "SENSITIVE" in repr(attributes) or "a part of the value is written in the code" in repr(attributes)


def test_what_is_no_credential_is_kept(tree):
    loaded = tree.load(
        'resource "x_y" "where" {\n  vars = { SMTP_PASSWORD_SECRET_ARN = "arn:aws:x", PRIVATE_KEY_PATH = "a/b" }\n}\n'
        'resource "aws_ssm_parameter" "p" {\n  type = "String"\n  value = "plain"\n}\n'
        'resource "aws_instance" "i" {\n  user_data = "echo hello"\n}\n'
        'resource "x_y" "z" {\n  url = "https://host/path"\n'
        '  hash = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="\n}\n'
    )
    assert loaded.value("x_y.where", "vars") == {"SMTP_PASSWORD_SECRET_ARN": "arn:aws:x", "PRIVATE_KEY_PATH": "a/b"}
    assert loaded.value("aws_ssm_parameter.p", "value") == "plain"
    assert loaded.value("aws_instance.i", "user_data") == "echo hello"
    assert loaded.value("x_y.z", "url") == "https://host/path"
    assert loaded.value("x_y.z", "hash").startswith("n4bQ")
