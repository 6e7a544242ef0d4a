"""ECS task that mounts a sensitive folder of its host.

## What
A volume of the task is the root, the configuration or the container socket of the instance. Other folders of the host
are quiet.

## Why
Through the socket or /etc a container takes over the host and all that runs there. Medium: somebody has to run code
in it first.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "acme/web@sha256:2f5b" }])
  volume {
    name      = "data"
    host_path = "/var/run/docker.sock"
  }
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "acme/web@sha256:2f5b" }])
  volume {
    name      = "data"
    host_path = "/srv/data"
  }
}
```
```hcl
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "acme/web@sha256:2f5b" }])
  volume {
    name = "data"

  }
}
```

## Fix
Mount a folder that holds data alone, or use EFS.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
"""

from collections.abc import Iterator

from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_SENSITIVE = ("/etc", "/root", "/proc", "/sys", "/dev", "/boot", "/var/run", "/run", "/var/lib/docker", "/var/lib/ecs")


def _sensitive(path: object) -> bool:
    """Is this the root of the host, or in one of the folders by which it is controlled?"""
    return path == "/" or any(path == one or str(path).startswith(f"{one}/") for one in _SENSITIVE)


@check(kind="aws_ecs_task_definition", severity=Severity.MEDIUM, topics=("workload-isolation",))
def task_mounts_host(task: Resource, facts: Facts) -> Iterator[Bad]:
    """The path of a volume on the host is one by which the host is controlled."""
    for at in elements(task, "volumes"):
        wrong = test(task, *at, "host_path", when=_sensitive, says="a volume is {value} of the host")
        yield from bad_if(wrong, *at, "host_path", message=f"task {task.label} mounts a sensitive folder of its host")
