"""Secret that is rotated more rarely than every 90 days.

## What
Rotation is set up, with a period longer than 90 days.

## Why
A credential that has leaked stays good for months. Low: it has to leak first.

## Bad
```hcl
resource "aws_secretsmanager_secret" "db" {
  name = "db"
}
resource "aws_secretsmanager_secret_rotation" "db" {
  secret_id           = aws_secretsmanager_secret.db.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules {
    automatically_after_days = 365
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
      RotationRules: {AutomaticallyAfterDays: 365}
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
    automatically_after_days = 90
  }
}
```
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
  Rotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: !Ref Db
      RotationLambdaARN: arn:aws:lambda:eu-west-1:111122223333:function:rotate
      RotationRules: {AutomaticallyAfterDays: 90}
```

## Fix
Rotate within 90 days.

## References
- https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_secretsmanager_secret", severity=Severity.LOW, topics=("secret-rotation",), tools=("CKV_AWS_304",))
def secret_rotated_rarely(secret: Resource, facts: Facts) -> Iterator[Bad]:
    """Secret that is rotated more rarely than every 90 days."""
    days = secret.get("rotation", "days")
    bad = test(
        secret,
        "rotation",
        "days",
        when=lambda days: days is not None and days > 90,
        says="automatically_after_days is {value}",
    )
    yield from bad_if(bad, "rotation", "days", message=f"secret {secret.label} is rotated every {days} days")
