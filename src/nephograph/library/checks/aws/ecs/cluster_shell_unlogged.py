"""ECS cluster that keeps no record of commands.

## What
Logging of ECS Exec is set to NONE. The default logs to where the task logs.

## Why
What people did inside of a task cannot be told later. Medium: it is the first thing an intruder hides behind.

## Bad
```hcl
resource "aws_ecs_cluster" "prod" {
  name = "prod"
  configuration {
    execute_command_configuration {
      logging = "NONE"
    }
  }
}
```

## Good
```hcl
resource "aws_ecs_cluster" "prod" {
  name = "prod"

}
```
```hcl
resource "aws_ecs_cluster" "prod" {
  name = "prod"
  configuration {
    execute_command_configuration {
      logging = "OVERRIDE"
      log_configuration {
        cloud_watch_log_group_name = "/ecs/exec"
      }
    }
  }
}
```

## Fix
Log to a group of CloudWatch Logs.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_ecs_cluster", severity=Severity.MEDIUM, topics=("audit-logging",), tools=("CKV_AWS_223",))
def cluster_shell_unlogged(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """Logging of ECS Exec is set to NONE."""
    wrong = test(cluster, "exec", "logging", when=lambda mode: mode == "NONE", says="logging of commands is {value}")
    yield from bad_if(
        wrong,
        "exec",
        "logging",
        message=f"commands in tasks of {cluster.label} leave no record",
        fix=set_field(cluster, "DEFAULT", "exec", "logging", title="log commands where the task logs"),
    )
