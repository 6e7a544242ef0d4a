"""Project that keeps no log of its builds.

## What
CloudWatch logs are disabled. Logs in S3, which may be on beside them, are not asked for.

## Why
What a build did, or a dependency in it, cannot be told. Low: it hides things and opens none.

## Bad
```hcl
resource "aws_codebuild_project" "web" {
  name         = "web"
  service_role = "arn:aws:iam::111122223333:role/build"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"

  }
  source {
    type     = "CODECOMMIT"
    location = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web"
  }
  logs_config {
    cloudwatch_logs {
      status = "DISABLED"
    }
  }
}
```

## Good
```hcl
resource "aws_codebuild_project" "web" {
  name         = "web"
  service_role = "arn:aws:iam::111122223333:role/build"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"

  }
  source {
    type     = "CODECOMMIT"
    location = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web"
  }
  logs_config {
    cloudwatch_logs {
      status = "ENABLED"
    }
  }
}
```
```hcl
resource "aws_codebuild_project" "web" {
  name         = "web"
  service_role = "arn:aws:iam::111122223333:role/build"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"

  }
  source {
    type     = "CODECOMMIT"
    location = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web"
  }

}
```

## Fix
Turn logs on.

## References
- https://docs.aws.amazon.com/codebuild/latest/userguide/create-project.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_codebuild_project", severity=Severity.LOW, topics=("monitoring", "audit-logging"), tools=("CKV_AWS_314",)
)
def project_unlogged(project: Resource, facts: Facts) -> Iterator[Bad]:
    """CloudWatch logs are disabled."""
    wrong = test(project, "log_group_status", when=lambda mode: mode == "DISABLED", says="CloudWatch logs are {value}")
    yield from bad_if(
        wrong,
        "log_group_status",
        message=f"builds of {project.label} leave no log",
        fix=set_field(project, "ENABLED", "log_group_status", title="log builds", safe=False),
    )
