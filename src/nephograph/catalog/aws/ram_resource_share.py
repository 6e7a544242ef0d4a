"""Resource share: subnets, transit gateways, prefix lists … of one account that others may use."""

from nephograph.catalog.language import Kind, Link, Otherwise, Spelling, flag, mapping, references, text, texts
from nephograph.catalog.readers import element, tags
from nephograph.model.resource import Class

KIND = Kind(
    native="AWS::RAM::ResourceShare",
    service="ram",
    cls=Class.GENERIC,
    identity=("id",),
    arn="{id}",
    id="{id}",
    label="name",
    fields={
        # Its ARN.
        "id": text(),
        "name": text(),
        # Accounts, organizations and their units (ARNs), roles, users, services.
        "principals": texts(),
        "resources": references(
            "aws_subnet",
            "aws_ec2_transit_gateway",
            "aws_ec2_managed_prefix_list",
            "aws_networkfirewall_rule_group",
            "aws_networkfirewall_firewall_policy",
            "aws_networkfirewall_firewall",
        ),
        "allows_strangers": flag(default=True),
        # PENDING, ACTIVE, FAILED, DELETING or DELETED.
        "state": text(),
        "tags": mapping(),
    },
    links=(Link("shares", "resources"),),
    spellings=(
        Spelling(
            "terraform",
            "aws_ram_resource_share",
            {
                "id": "id",
                "name": "name",
                # The provider's default; AWS's is yes.
                "allows_strangers": Otherwise("allow_external_principals", False),
                "tags": "tags",
            },
            ignores=("permission_arns",),
        ),
        Spelling(
            "terraform",
            "aws_ram_principal_association",
            {"principals": element("principal")},
            part_of="resource_share_arn",
        ),
        Spelling(
            "terraform",
            "aws_ram_resource_association",
            {"resources": element("resource_arn")},
            part_of="resource_share_arn",
        ),
        Spelling(
            "cloudformation",
            "AWS::RAM::ResourceShare",
            {
                "name": "Name",
                "principals": "Principals",
                "resources": "ResourceArns",
                "allows_strangers": "AllowExternalPrincipals",
                "tags": tags("Tags"),
            },
            computed={"Arn": "id"},
            ignores=("PermissionArns", "ResourceShareConfiguration", "Sources"),
        ),
        Spelling(
            "cloudformation",
            "AWS::RAM::PrincipalAssociation",
            {"principals": element("Principal")},
            part_of="ResourceShareArn",
        ),
        Spelling(
            "cloudformation",
            "AWS::RAM::ResourceAssociation",
            {"resources": element("ResourceArn")},
            part_of="ResourceShareArn",
        ),
        Spelling(
            "api",
            "ram:GetResourceShares",
            {
                "id": "resourceShareArn",
                "name": "name",
                "allows_strangers": "allowExternalPrincipals",
                "state": "status",
                "tags": tags("tags"),
            },
            items="resourceShares.*",
            key="resourceShareArn",
            ignores=(
                "creationTime",
                "featureSet",
                "lastUpdatedTime",
                "owningAccountId",
                "resourceShareConfiguration",
                "statusMessage",
            ),
        ),
        # (Associations are told by type, one at a time: these two say at once what is shared and with whom.)
        Spelling(
            "api",
            "ram:ListPrincipals",
            {"principals": element("id")},
            items="principals.*",
            part_of="resourceShareArn",
            ignores=("creationTime", "external", "lastUpdatedTime"),
        ),
        Spelling(
            "api",
            "ram:ListResources",
            {"resources": element("arn")},
            items="resources.*",
            part_of="resourceShareArn",
            ignores=(
                "creationTime",
                "lastUpdatedTime",
                "resourceGroupArn",
                "resourceRegionScope",
                "status",
                "statusMessage",
                "type",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html",),
)
