"""Secret that is never rotated.

## What
No rotation is set up for the secret. Secrets that a service of AWS keeps are quiet.

## Why
A credential that has leaked stays good until somebody thinks of it. Low: it has to leak first.

## Bad
```hcl
resource "aws_secretsmanager_secret" "db" {
  name = "db"
}
```
```yaml
Resources:
  Db:
    Type: AWS::SecretsManager::Secret
    Properties: {Name: db}
```

## Good
```hcl
resource "aws_secretsmanager_secret" "db" {
  name = "db"
}
resource "aws_secretsmanager_secret_rotation" "db" {
  secret_id           = aws_secretsmanager_secret.db.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}
```
```yaml
Resources:
  Db:
    Type: AWS::SecretsManager::Secret
    Properties: {Name: db}
  Rotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: !Ref Db
      RotationLambdaARN: arn:aws:lambda:eu-west-1:111122223333:function:rotate
      RotationRules: {AutomaticallyAfterDays: 30}
```

## Fix
Rotate it by a function, or let the service that uses it manage it.

## References
- https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_secretsmanager_secret", severity=Severity.LOW, topics=("secret-rotation",), tools=("CKV2_AWS_57",))
def secret_unrotated(secret: Resource, facts: Facts) -> Iterator[Bad]:
    """Secret that is never rotated."""
    if secret.get("owning_service") is not None:
        return
    off = test(secret, "rotation", "enabled", when=lambda on: on is not True, says="rotation is {value}")
    yield from bad_if(off, "rotation", message=f"secret {secret.label} is never rotated")
