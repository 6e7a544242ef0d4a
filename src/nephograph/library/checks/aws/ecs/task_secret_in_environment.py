"""ECS container with a credential in its environment.

## What
An environment variable whose name speaks of a password, secret, token or key has its value written in the definition.
A name that points to where a credential is kept (an ARN, a path) is quiet.

## Why
Everybody who may describe the task, read the state or this repository has the credential. High: it works for whoever
has it.

## Bad
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name        = "web"
    image       = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
    environment = [{ name = "DB_PASSWORD", value = "correct-horse-battery" }]
  }])
}
```

## Good
```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"

  container_definitions = jsonencode([{
    name    = "web"
    image   = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web@sha256:2f5b"
    secrets = [{ name = "DB_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db" }]
  }])
}
```

## Fix
Keep it in Secrets Manager, name its ARN under secrets, and change the credential: it has leaked.

## References
- https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html
"""

from collections.abc import Iterator

from nephograph.library.credentials import holds_credential, may_be_written
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, left_open
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_ecs_task_definition", severity=Severity.HIGH, topics=("secrets",), tools=("AVD-AWS-0036",))
def task_secret_in_environment(task: Resource, facts: Facts) -> Iterator[Bad]:
    """The variable's name says what it holds; its value is a literal. The value is never shown."""
    for at in elements(task, "containers"):
        environment = task.get(*at, "environment")
        if may_be_written(environment):
            message = f"the environment of a container of {task.label} holds a credential"
            yield from left_open(task, *at, "environment", message=message)
        if not isinstance(environment, dict):
            continue
        for name in sorted(environment):
            if holds_credential(name, environment[name]):
                proof = Evidence.at(f"{name} has a literal value", task, (*at, "environment", name))
                where = task.get(*at, "name")
                yield Bad(
                    message=f"environment variable {name} of container {where} holds a credential",
                    verdict=yes(proof),
                    path=(*at, "environment", name),
                    key=name,
                )
