"""Azure storage account."""

from nephograph.catalog.language import Either, Fields, Kind, Spelling, flag, group, mapping, text, texts
from nephograph.model.resource import Class

_RULES: Fields = {
    "network_default_action": "default_action",
    "network_allows.addresses": "ip_rules",
    "network_allows.subnets": "virtual_network_subnet_ids",
    "network_allows.services": "bypass",
}

KIND = Kind(
    native="Microsoft.Storage/storageAccounts",
    service="storage",
    cls=Class.OBJECT_STORAGE,
    identity=("name",),
    id="/subscriptions/{account}/resourceGroups/{resource_group}/providers/Microsoft.Storage/storageAccounts/{name}",
    label="name",
    global_=True,
    fields={
        "name": text(),
        "resource_group": text(),
        "location": text(),
        "public_network_access": flag(default=True),
        "https_only": flag(default=True),
        "minimum_tls": text(default="TLS1_2", since="azurerm 3.0"),
        "blob_public_access": flag(default=True, since="azurerm 3.0"),
        "shared_key_access": flag(default=True),
        "network_default_action": text(default="Allow"),
        "network_allows": group(addresses=texts(), subnets=texts(), services=texts()),
        "tags": mapping(),
    },
    spellings=(
        Spelling(
            "terraform",
            "azurerm_storage_account",
            {
                "name": "name",
                "resource_group": "resource_group_name",
                "location": "location",
                "public_network_access": "public_network_access_enabled",
                # Named enable_https_traffic_only until azurerm 4.
                "https_only": Either(("https_traffic_only_enabled", "enable_https_traffic_only")),
                "minimum_tls": "min_tls_version",
                # Named allow_blob_public_access until azurerm 3.
                "blob_public_access": Either(("allow_nested_items_to_be_public", "allow_blob_public_access")),
                "shared_key_access": "shared_access_key_enabled",
                **{field: f"network_rules.{path}" for field, path in _RULES.items()},
                "tags": "tags",
            },
            computed={
                "name": "{name}",
                "primary_blob_endpoint": "https://{name}.blob.core.windows.net/",
                "primary_blob_host": "{name}.blob.core.windows.net",
            },
            ignores=(
                "access_tier",
                "account_kind",
                "account_replication_type",
                "account_tier",
                "allowed_copy_scope",
                "azure_files_authentication",
                "blob_properties",
                "cross_tenant_replication_enabled",
                "custom_domain",
                "customer_managed_key",
                "default_to_oauth_authentication",
                "dns_endpoint_type",
                "edge_zone",
                "identity",
                "immutability_policy",
                "infrastructure_encryption_enabled",
                "is_hns_enabled",
                "large_file_share_enabled",
                "local_user_enabled",
                "nfsv3_enabled",
                "provisioned_billing_model_version",
                "queue_encryption_key_type",
                "queue_properties",
                "routing",
                "sas_policy",
                "sftp_enabled",
                "share_properties",
                "static_website",
                "table_encryption_key_type",
            ),
        ),
        Spelling(
            "terraform",
            "azurerm_storage_account_network_rules",
            _RULES,
            part_of="storage_account_id",
            ignores=("private_link_access",),
        ),
    ),
    references=("https://learn.microsoft.com/azure/storage/common/storage-network-security",),
)
