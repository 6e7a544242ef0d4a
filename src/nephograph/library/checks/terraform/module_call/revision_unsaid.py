"""Module of a repository at no particular revision.

## What
A call of a module out of a repository of Git or Mercurial whose source names no revision (`?ref=`).

## Why
It is the default branch that is called: whoever may push there decides what is built, from one run to the next.

## Bad
```hcl
module "vpc" {
  source = "git::https://git.example.com/vpc.git"
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
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.8.1"
}
```

## Fix
Add ?ref= with a tag, or better with a commit.

## References
- https://developer.hashicorp.com/terraform/language/modules/sources#selecting-a-revision
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


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
def revision_unsaid(call: Resource, facts: Facts) -> Iterator[Bad]:
    """A module of a repository is called without a revision."""
    repository = test(
        call, "form", when=lambda form: form in ("git", "hg"), says="its source is a repository of {value}"
    )
    unsaid = test(call, "ref", when=lambda ref: not ref, says="its revision is {value}")
    yield from bad_if(
        all_of((repository, unsaid)), "source", message=f"module {call.label} is called at no particular revision"
    )
