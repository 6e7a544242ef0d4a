"""Search domain whose master password stands in the code.

## What
The master user's password is a literal of the code. The password is never shown.

## Why
Everybody who reads the repository, its history or the state is master of the domain. High: a credential in the clear.

## Bad
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = true
    master_user_options {
      master_user_name     = "owner"
      master_user_password = "Correct-horse-battery1"
    }
  }
}
```
```yaml
Resources:
  Logs:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainName: logs
      AdvancedSecurityOptions:
        Enabled: true
        InternalUserDatabaseEnabled: true
        MasterUserOptions: {MasterUserName: owner, MasterUserPassword: Correct-horse-battery1}
```

## Good
```hcl
resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
  advanced_security_options {
    enabled = true
    master_user_options {
      master_user_arn = "arn:aws:iam::111122223333:role/search-admin"
    }
  }
}
```
```yaml
Resources:
  Logs:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainName: logs
      AdvancedSecurityOptions:
        Enabled: true
        MasterUserOptions: {MasterUserARN: "arn:aws:iam::111122223333:role/search-admin"}
```

## Fix
Make a role the master user; then change the password, it has leaked.

## References
- https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
"""

from collections.abc import Iterator

import msgspec

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_opensearch_domain", severity=Severity.HIGH, topics=("secrets",))
def domain_password_in_code(domain: Resource, facts: Facts) -> Iterator[Bad]:
    """Search domain whose master password stands in the code."""
    bad = test(
        domain,
        "password_in_code",
        when=lambda written: written is True,
        says="a master password is written in the code",
    )
    for finding in bad_if(
        bad, "password_in_code", message=f"the code holds the master password of domain {domain.label}"
    ):
        yield msgspec.structs.replace(finding)
