"""Module of a repository at a branch.

## What
A call of a module out of a repository whose revision has the name of a branch: main, master, develop, trunk, HEAD,
default. A branch of another name cannot be told from a tag here.

## Why
A branch moves: whoever may push to it decides what is built, from one run to the next.

## Bad
```hcl
module "vpc" {
  source = "git::https://git.example.com/vpc.git?ref=main"
}
```

## Good
```hcl
module "vpc" {
  source = "git::https://git.example.com/vpc.git?ref=v1.2.0"
}
```
```hcl
module "vpc" {
  source = "git::https://git.example.com/vpc.git?ref=51d462976d84fdea54b47d80dcabbf680badcdb8"
}
```

## Fix
Name a tag, or better a commit.

## References
- https://developer.hashicorp.com/terraform/language/modules/sources#selecting-a-revision
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_BRANCHES = ("main", "master", "develop", "trunk", "HEAD", "default")


@check(
    kind="terraform_module_call",
    severity=Severity.LOW,
    topics=("supply-chain",),
    tools=(
        "CKV_TF_1",
        "terraform_module_pinned_source",
    ),
    unspelled={"cloudformation": "it is of Terraform"},
)
def revision_is_branch(call: Resource, facts: Facts) -> Iterator[Bad]:
    """The revision of a module is a branch."""
    branch = test(call, "ref", when=lambda ref: ref in _BRANCHES, says="its revision is {value}")
    yield from bad_if(branch, "ref", message=f"module {call.label} is called at a branch")
