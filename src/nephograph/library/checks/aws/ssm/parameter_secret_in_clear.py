"""Parameter that holds a credential in the clear.

## What
The parameter's name speaks of a password, token or key, and its type is `String`: it is not encrypted.

## Why
Everybody who may read parameters has the credential, and it stands in the state and in the console. Medium: it helps
whoever is inside.

## Bad
```hcl
resource "aws_ssm_parameter" "one" {
  name  = "/app/db_password"
  type  = "String"
  value = var.password
}
variable "password" {
  type = string
}
```
```yaml
Parameters:
  Password: {Type: String, NoEcho: true}
Resources:
  One:
    Type: AWS::SSM::Parameter
    Properties: {Name: /app/db_password, Type: String, Value: !Ref Password}
```

## Good
```hcl
resource "aws_ssm_parameter" "one" {
  name  = "/app/db_password"
  type  = "SecureString"
  value = var.password
}
variable "password" {
  type = string
}
```
```hcl
resource "aws_ssm_parameter" "one" {
  name  = "/app/level"
  type  = "String"
  value = "debug"
}
```
```hcl
resource "aws_ssm_parameter" "one" {
  name  = "/app/db_password_length"
  type  = "String"
  value = "20"
}
```
```yaml
Resources:
  One:
    Type: AWS::SSM::Parameter
    Properties: {Name: /app/level, Type: String, Value: debug}
```

## Fix
Make it a SecureString, or a secret of Secrets Manager.

## References
- https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-securestring.html
"""

import re
from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource

_NAME = re.compile(r"(?i)(passw(or)?d|secret|token|api_?key|private_?key|credential)")
_POINTER = re.compile(r"(?i)([_/-](arn|name|id|path|file|url|ttl|expiry|length|version))$")


@check(
    kind="aws_ssm_parameter", severity=Severity.MEDIUM, topics=("secrets", "encryption-at-rest"), tools=("CKV2_AWS_34",)
)
def parameter_secret_in_clear(parameter: Resource, facts: Facts) -> Iterator[Bad]:
    """Parameter that holds a credential in the clear."""
    name = parameter.get("name")
    if not isinstance(name, str) or not _NAME.search(name) or _POINTER.search(name):
        return
    clear = test(parameter, "type", when=lambda type_: type_ in ("String", "StringList"), says="its type is {value}")
    yield from bad_if(clear, "type", message=f"parameter {name} holds a credential in the clear")
