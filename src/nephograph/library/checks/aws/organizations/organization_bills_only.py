"""Organization that shares a bill and nothing else.

## What
The feature set is CONSOLIDATED_BILLING: no policy of the organization binds its accounts.

## Why
Whoever is administrator of an account may turn off every log there. Medium: one has to be one.

## Bad
```hcl
resource "aws_organizations_organization" "main" {
  feature_set = "CONSOLIDATED_BILLING"
}
```

## Good
```hcl
resource "aws_organizations_organization" "main" {
  feature_set = "ALL"
}
```

## Fix
Enable all features.

## References
- https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_org_support-all-features.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_organizations_organization",
    severity=Severity.MEDIUM,
    topics=("least-privilege", "configuration-management"),
)
def organization_bills_only(organization: Resource, facts: Facts) -> Iterator[Bad]:
    """The feature set is CONSOLIDATED_BILLING: no policy of the organization binds its accounts."""
    wrong = test(organization, "features", when=lambda mode: mode != "ALL", says="its features are {value}")
    yield from bad_if(
        wrong,
        "features",
        message="no policy binds the accounts of the organization",
    )
