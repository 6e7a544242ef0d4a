"""Resource that runs commands when it is made.

## What
A provisioner of type local-exec or remote-exec. It may be the only way there is; that it is there is worth knowing.

## Why
What the commands do stands in no plan and in no state. A local one runs with all rights of whoever runs Terraform; a
remote one needs a way into the machine.

## Bad
```hcl
resource "aws_sqs_queue" "jobs" {
  name = "jobs"

  provisioner "local-exec" {
    command = "./announce.sh"
  }
}
```

## Good
```hcl
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
```

## Fix
Use what the provider offers: user data, an image that is ready, a resource of its own.

## References
- https://developer.hashicorp.com/terraform/language/provisioners
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="terraform_provisioner",
    severity=Severity.INFO,
    topics=("configuration-management",),
    unspelled={"cloudformation": "it is of Terraform"},
)
def commands_run(provisioner: Resource, facts: Facts) -> Iterator[Bad]:
    """A provisioner runs commands."""
    runs = test(provisioner, "type", when=lambda t: t in ("local-exec", "remote-exec"), says="it is of type {value}")
    yield from bad_if(runs, "type", message=f"{provisioner.get('resource')} runs commands that no plan shows")
