"""Project whose builds everybody reads.

## What
The project's visibility is PUBLIC_READ.

## Why
Logs and artifacts of every build are on the internet, with whatever a command prints. Medium: builds of open projects
are meant to be.

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
  project_visibility = "PUBLIC_READ"
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
  project_visibility = "PRIVATE"
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
Make it private.

## References
- https://docs.aws.amazon.com/codebuild/latest/userguide/public-builds.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_codebuild_project", severity=Severity.MEDIUM, topics=("public-exposure",))
def project_public(project: Resource, facts: Facts) -> Iterator[Bad]:
    """The project's visibility is PUBLIC_READ."""
    wrong = test(project, "visibility", when=lambda mode: mode == "PUBLIC_READ", says="its visibility is {value}")
    yield from bad_if(
        wrong,
        "visibility",
        message=f"everybody reads builds of {project.label}",
        fix=set_field(project, "PRIVATE", "visibility", title="make builds private", safe=False),
    )
