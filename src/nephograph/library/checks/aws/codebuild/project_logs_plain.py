"""Project whose log files are not encrypted.

## What
Encryption of the logs in S3 is turned off.

## Why
Whoever gets at the bucket reads what builds print. Low: S3 encrypts by itself nowadays.

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
    s3_logs {
      status              = "ENABLED"
      location            = "acme-logs/web"
      encryption_disabled = true
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
    s3_logs {
      status   = "ENABLED"
      location = "acme-logs/web"
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
Leave encryption on.

## References
- https://docs.aws.amazon.com/codebuild/latest/userguide/create-project.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_codebuild_project", severity=Severity.LOW, topics=("encryption-at-rest",), tools=("CKV_AWS_311",))
def project_logs_plain(project: Resource, facts: Facts) -> Iterator[Bad]:
    """Encryption of the logs in S3 is turned off."""
    wrong = test(project, "log_files_plain", when=lambda on: on is True, says="encryption_disabled is {value}")
    yield from bad_if(
        wrong,
        "log_files_plain",
        message=f"log files of {project.label} are not encrypted",
        fix=set_field(project, False, "log_files_plain", title="encrypt log files", safe=False),
    )
