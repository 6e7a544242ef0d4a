"""Module that is fetched without TLS.

## What
The source of a module call starts with `http://` or `git://`.

## Why
Anybody on the way can put other code in its place, which then runs with the rights of the provider.

## Bad
```hcl
module "vpc" {
  source = "git::http://git.example.com/vpc.git?ref=v1.2.0"
}
```

## Good
```hcl
module "vpc" {
  source = "git::https://git.example.com/vpc.git?ref=v1.2.0"
}
```

## Fix
Fetch it over https or ssh.

## References
- https://developer.hashicorp.com/terraform/language/modules/sources#http-urls
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="terraform_module_call",
    severity=Severity.LOW,
    topics=(
        "supply-chain",
        "encryption-in-transit",
    ),
    unspelled={"cloudformation": "it is of Terraform"},
)
def source_in_clear(call: Resource, facts: Facts) -> Iterator[Bad]:
    """A module is fetched over http or git in the clear."""
    clear = test(call, "in_clear", when=lambda clear: clear is True, says="its source is fetched without TLS")
    yield from bad_if(clear, "source", message=f"module {call.label} is fetched over a connection anybody can change")
