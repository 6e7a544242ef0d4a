"""User who signs in to the console by a password of IAM.

## What
The user has a password for the console. Whether a second factor is asked for cannot be told from code: people
register devices by themselves. Where the cloud was asked and has no device of theirs, the finding is one of medium
severity.

## Why
A password that was phished or reused opens the console, and it stays when the person leaves. Low: it has to be
stolen, and a second factor may be there.

## Bad
```hcl
resource "aws_iam_user" "ann" {
  name = "ann"
}

resource "aws_iam_user_login_profile" "ann" {
  user = aws_iam_user.ann.name
}
```
```yaml
Resources:
  Ann:
    Type: AWS::IAM::User
    Properties:
      UserName: ann
      LoginProfile: {Password: '{{resolve:secretsmanager:ann}}'}
```

## Good
```hcl
resource "aws_iam_user" "ann" {
  name = "ann"
}
```
```yaml
Resources:
  Ann:
    Type: AWS::IAM::User
    Properties:
      UserName: ann
```

## Fix
Let people sign in through IAM Identity Center; ask for a second factor until then.

## References
- https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html
- https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_iam_user", severity=Severity.LOW, topics=("authentication",))
def user_signs_in_by_password(user: Resource, facts: Facts) -> Iterator[Bad]:
    """A password; and no device, where the cloud was asked."""
    console = test(user, "console_access", when=lambda on: on is True, says="it has a password for the console")
    alone = user.said != "code" and unset(user, "mfa_devices", says="its MFA devices are {value}").answer == "yes"
    if console.possible:
        yield Bad(
            message=f"{user.label} signs in with a password alone"
            if alone
            else f"{user.label} signs in with a password",
            verdict=console,
            path=("console_access",),
            severity=Severity.MEDIUM if alone else None,
        )
