"""Global Accelerator: fixed addresses at AWS's edge, behind which endpoints of any region answer."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Spelling, flag, mapping, text, texts
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class


def _addresses(document: Cursor) -> Tree:
    """The addresses of either family."""
    sets = [one for one in document.first("ip_sets", "IpSets").each() if not one.unknown]
    return [address for one in sets for address in one.first("ip_addresses", "IpAddresses").each()] or None


KIND = Kind(
    native="AWS::GlobalAccelerator::Accelerator",
    service="globalaccelerator",
    cls=Class.LOAD_BALANCER,
    identity=("id",),
    arn="{id}",
    id="{id}",
    label="name",
    global_=True,
    aliases=("dns_name",),
    fields={
        # Its ARN: arn:aws:globalaccelerator::<account>:accelerator/<id>.
        "id": text(),
        "name": text(),
        "enabled": flag(default=True),
        "ip_address_type": text(default="IPV4"),
        "ip_addresses": texts(),
        "dns_name": text(),
        # DEPLOYED or IN_PROGRESS.
        "state": text(),
        "tags": mapping(),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_globalaccelerator_accelerator",
            {
                "id": "id",
                "name": "name",
                "enabled": "enabled",
                "ip_address_type": "ip_address_type",
                "ip_addresses": _addresses,
                "dns_name": "dns_name",
                "tags": "tags",
            },
            computed={"dns_name": "{dns_name}"},
            ignores=("attributes", "dual_stack_dns_name", "hosted_zone_id", "ip_addresses"),
        ),
        Spelling(
            "cloudformation",
            "AWS::GlobalAccelerator::Accelerator",
            {
                "name": "Name",
                "enabled": "Enabled",
                "ip_address_type": "IpAddressType",
                "ip_addresses": "IpAddresses",
                "tags": tags("Tags"),
            },
            computed={"AcceleratorArn": "id", "DnsName": "{dns_name}"},
            ignores=("FlowLogsEnabled", "FlowLogsS3Bucket", "FlowLogsS3Prefix"),
        ),
        Spelling(
            "api",
            "globalaccelerator:ListAccelerators",
            {
                "id": "AcceleratorArn",
                "name": "Name",
                "enabled": "Enabled",
                "ip_address_type": "IpAddressType",
                "ip_addresses": _addresses,
                "dns_name": "DnsName",
                "state": "Status",
            },
            items="Accelerators.*",
            key="AcceleratorArn",
            ignores=("CreatedTime", "DualStackDnsName", "Events", "LastModifiedTime"),
        ),
        Spelling(
            "api",
            "globalaccelerator:ListTagsForResource",
            {"tags": tags("Tags")},
            part_of="ResourceArn",
            asks=("ResourceArn",),
        ),
    ),
    references=("https://docs.aws.amazon.com/global-accelerator/latest/dg/introduction-components.html",),
)
