"""Build that is root on its host.

## What
Builds run privileged. It takes that to build images with Docker.

## Why
What a dependency runs in the build controls the host. Low: AWS gives each build a host of its own.

## Bad
```hcl
resource "aws_codebuild_project" "web" {
  name         = "web"
  service_role = "arn:aws:iam::111122223333:role/build"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = true
  }
  source {
    type     = "CODECOMMIT"
    location = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web"
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
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = false
  }
  source {
    type     = "CODECOMMIT"
    location = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web"
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
Turn it off where no image is built.

## References
- https://docs.aws.amazon.com/codebuild/latest/userguide/security.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_codebuild_project",
    severity=Severity.LOW,
    topics=("workload-isolation", "supply-chain"),
    tools=("CKV_AWS_316",),
)
def project_privileged(project: Resource, facts: Facts) -> Iterator[Bad]:
    """Builds run privileged."""
    wrong = test(project, "privileged", when=lambda on: on is True, says="privileged_mode is {value}")
    yield from bad_if(
        wrong,
        "privileged",
        message=f"builds of {project.label} are root on their host",
        fix=set_field(project, False, "privileged", title="build without privileges", safe=False),
    )
