"""ECS container with a capability that opens its host.

## What
A container is given a capability of Linux by which it can leave its isolation: all of them, SYS_ADMIN, SYS_MODULE,
SYS_PTRACE, SYS_RAWIO, DAC_READ_SEARCH or BPF. Capabilities for the network are quiet.

## Why
They let code in the container mount disks, load modules or read other processes. Medium: somebody has to run code in
it first.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name            = "web"
    image           = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
    linuxParameters = { capabilities = { add = ["SYS_ADMIN"] } }
  }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name            = "web"
    image           = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
    linuxParameters = { capabilities = { add = ["NET_BIND_SERVICE"] } }
  }])
}
```

## Fix
Take the capability away.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_DANGEROUS = {"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "DAC_READ_SEARCH", "BPF"}


@check(kind="aws_ecs_task_definition", severity=Severity.MEDIUM, topics=("workload-isolation", "least-privilege"))
def task_capability_dangerous(task: Resource, facts: Facts) -> Iterator[Bad]:
    """One of the added capabilities is in the list of those that break isolation."""
    for at in elements(task, "containers"):
        for which in elements(task, *at, "added_capabilities"):
            wrong = test(task, *which, when=lambda name: name in _DANGEROUS, says="{value} is added")
            name = task.get(*at, "name")
            yield from bad_if(wrong, *which, message=f"container {name} has a capability that opens its host")
