"""Build with a credential in its environment.

## What
A plaintext variable whose name speaks of a password, secret, token or key has its value written in the project. One
of the types PARAMETER_STORE and SECRETS_MANAGER names where the value is kept, and is quiet.

## Why
Everybody who may read the project, its builds, the state or this repository has the credential. High: it works for
whoever has it.

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
    environment_variable {
      name  = "NPM_TOKEN"
      value = "correct-horse-battery"
    }
  }
  source {
    type     = "CODECOMMIT"
    location = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web"
  }

}
```
```yaml
Resources:
  Web:
    Type: AWS::CodeBuild::Project
    Properties:
      Name: web
      ServiceRole: arn:aws:iam::111122223333:role/build
      Environment:
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
        Type: LINUX_CONTAINER
        EnvironmentVariables:
          - {Name: NPM_TOKEN, Value: correct-horse-battery}
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
    environment_variable {
      name  = "NPM_TOKEN"
      value = "npm/token"
      type  = "SECRETS_MANAGER"
    }
  }
  source {
    type     = "CODECOMMIT"
    location = "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web"
  }

}
```
```yaml
Resources:
  Web:
    Type: AWS::CodeBuild::Project
    Properties:
      Name: web
      ServiceRole: arn:aws:iam::111122223333:role/build
      Environment:
        ComputeType: BUILD_GENERAL1_SMALL
        Image: aws/codebuild/standard:7.0
        Type: LINUX_CONTAINER
        EnvironmentVariables:
          - {Name: NPM_TOKEN, Value: npm/token, Type: SECRETS_MANAGER}
```

## Fix
Keep it in Secrets Manager, name it there, and change the credential: it has leaked.

## References
- https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
"""

from collections.abc import Iterator

from nephograph.library.credentials import holds_credential, may_be_written
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check, left_open
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_codebuild_project", severity=Severity.HIGH, topics=("secrets",), tools=("CKV_AWS_78",))
def project_secret_in_environment(project: Resource, facts: Facts) -> Iterator[Bad]:
    """The variable's name says what it holds; its value is a literal. The value is never shown."""
    if may_be_written(project.get("environment")):
        yield from left_open(project, "environment", message=f"the environment of {project.label} holds a credential")
    for at in elements(project, "environment"):
        name, kind = project.get(*at, "name"), project.get(*at, "type")
        if kind != "PLAINTEXT" or not isinstance(name, str):
            continue
        if holds_credential(name, project.get(*at, "value")):
            proof = Evidence.at(f"{name} has a literal value", project, (*at, "name"))
            yield Bad(
                message=f"environment variable {name} of {project.label} holds a credential",
                verdict=yes(proof),
                path=(*at, "name"),
                key=name,
            )
