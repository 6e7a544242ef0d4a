"""Secret whose value stands in the code.

## What
A version of the secret has its value written in the code. The value is never shown.

## Why
Everybody who reads the repository, its history or the state has the credential: the store protects nothing. High: a
credential in the clear.

## Bad
```hcl
resource "aws_secretsmanager_secret" "db" {
  name = "db"
}
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = "correct-horse-battery"
}
```
```yaml
Resources:
  Db:
    Type: AWS::SecretsManager::Secret
    Properties: {Name: db, SecretString: correct-horse-battery}
```

## Good
```hcl
resource "aws_secretsmanager_secret" "db" {
  name = "db"
}
```
```hcl
resource "aws_secretsmanager_secret" "db" {
  name = "db"
}
resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = var.password
}
variable "password" {
  type = string
}
```
```yaml
Resources:
  Db:
    Type: AWS::SecretsManager::Secret
    Properties: {Name: db, GenerateSecretString: {PasswordLength: 32}}
```

## Fix
Let it be generated or put in by hand; then change it, it has leaked.

## References
- https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, yes


@check(kind="aws_secretsmanager_secret", severity=Severity.HIGH, topics=("secrets",))
def secret_in_code(secret: Resource, facts: Facts) -> Iterator[Bad]:
    """Secret whose value stands in the code."""
    versions = secret.get("versions")
    for position, version in enumerate(versions if isinstance(versions, list) else ()):
        if isinstance(version, dict) and version.get("in_code") is True:
            path = ("versions", position, "in_code")
            fact = Evidence.at("its value is a literal of the code", secret, path)
            yield Bad(message=f"the code holds the value of secret {secret.label}", verdict=yes(fact), path=path)
