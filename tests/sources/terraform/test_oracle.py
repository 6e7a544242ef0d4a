"""Variables, locals and modules against the real command: `terraform console` in the same tree."""

import json
import shutil
import subprocess

import pytest

pytestmark = [
    pytest.mark.terraform,
    pytest.mark.skipif(shutil.which("terraform") is None, reason="the terraform command is not on this machine"),
]

TREE = {
    "main.tf": """variable "settings" {
  type = object({
    name  = string
    port  = optional(number, 443)
    open  = optional(bool)
    tags  = optional(map(string), { team = "core" })
    rules = optional(list(object({ port = number, cidrs = optional(set(string), ["b", "a"]) })), [])
  })
  default = { name = 5 }
}
variable "untyped" {
  default = [1, "a", true]
}
variable "pair" {
  type    = tuple([string, number])
  default = [1, "2"]
}
variable "names" {
  type    = set(string)
  default = ["z", "a", "z"]
}
variable "nothing" {
  type     = string
  default  = "kept"
  nullable = false
}
locals {
  ports = { for r in var.settings.rules : r.port => r.cidrs }
  deep  = merge(local.ports, { extra = [var.settings.name] })
}
module "one" {
  source = "./inner"
  name   = var.settings.name
}
module "many" {
  source   = "./inner"
  for_each = { x = 1, y = "two" }
  name     = "${each.key}-${each.value}"
}
module "counted" {
  source = "./inner"
  count  = 2
  name   = count.index
}
""",
    "inner/inner.tf": """variable "name" {
  type = string
}
variable "list" {
  type    = list(number)
  default = ["1", 2]
}
output "said" {
  value = { name = var.name, path = path.module, list = var.list }
}
""",
    "terraform.tfvars": """settings = {
  name  = true
  extra = "dropped"
  rules = [{ port = "22" }, { port = 80, cidrs = ["c", "c"] }]
}
nothing = null
""",
}

EXPRESSIONS = [
    "var.settings",
    "var.untyped",
    "var.pair",
    "var.names",
    "var.nothing",
    "local.deep",
    "module.one.said",
    "module.many",
    "module.counted[*].said.name",
    '[for k, m in module.many : "${k}=${m.said.name}"]',
    "path.module",
    "terraform.workspace",
]


def test_values_are_those_of_the_command(tree):
    tree.write(TREE)
    run = subprocess.run(["terraform", "init", "-backend=false"], cwd=tree.path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    asked = f"jsonencode([{', '.join(EXPRESSIONS)}])\n"
    run = subprocess.run(["terraform", "console"], cwd=tree.path, input=asked, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    expected = json.loads(json.loads(run.stdout))
    outputs = "".join(f"  v{i} = {expression}\n" for i, expression in enumerate(EXPRESSIONS))
    loaded = tree.load({"asked.tf": f'resource "x_y" "z" {{\n{outputs}}}\n'})
    assert loaded.problems == []
    for position, expression in enumerate(EXPRESSIONS):
        assert loaded.value("x_y.z", f"v{position}") == expected[position], expression
