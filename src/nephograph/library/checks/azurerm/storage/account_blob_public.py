"""Azure storage account that allows public blobs.

## What
Anonymous access to blobs is allowed on the account, and its network is open: any container may be made public.

## Why
One container set to public publishes its blobs to everybody.

## Bad
```hcl
resource "azurerm_storage_account" "data" {
  name                            = "acmedata"
  resource_group_name             = "shop"
  location                        = "westeurope"
  allow_nested_items_to_be_public = true
}
```

## Good
```hcl
resource "azurerm_storage_account" "data" {
  name                            = "acmedata"
  resource_group_name             = "shop"
  location                        = "westeurope"
  allow_nested_items_to_be_public = false
}
```

## Fix
Forbid public blobs on the account.

## References
- https://learn.microsoft.com/azure/storage/blobs/anonymous-read-access-prevent
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="azurerm_storage_account",
    severity=Severity.MEDIUM,
    topics=("public-exposure",),
    tools=("CKV_AZURE_190", "AVD-AZU-0007"),
)
def account_blob_public(account: Resource, facts: Facts) -> Iterator[Bad]:
    """Public blobs are allowed and the public network is on."""
    allowed = test(account, "blob_public_access", when=lambda on: on is not False, says="public blobs: {value}")
    open_ = test(
        account, "public_network_access", when=lambda on: on is not False, says="public network access: {value}"
    )
    yield from bad_if(
        all_of((allowed, open_)),
        "blob_public_access",
        message=f"containers of {account.label} may be made public",
        fix=set_field(account, False, "blob_public_access", title="forbid public blobs", safe=False),
    )
