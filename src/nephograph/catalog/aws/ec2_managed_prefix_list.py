"""Managed prefix list: address ranges under one name, the customer's own or AWS's."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Spelling, flag, keyed, mapping, number, text
from nephograph.catalog.readers import always, each, one, tags
from nephograph.model.resource import Class


def _entry(entry: Cursor) -> dict[str, Tree]:
    described = entry.first("description", "Description")
    return {"cidr": entry.first("cidr", "Cidr"), "description": None if described.value == "" else described}


def _of_aws(document: Cursor) -> Tree:
    owner = document.at("OwnerId")
    return owner.be(owner.value == "AWS") if owner.present else None


def _ranges(document: Cursor) -> Tree:
    """`DescribePrefixLists` tells the ranges of AWS's lists without descriptions."""
    return [{"cidr": cidr} for cidr in document.at("Cidrs").each()]


KIND = Kind(
    native="AWS::EC2::PrefixList",
    service="ec2",
    cls=Class.GENERIC,
    identity=("id",),
    arn="arn:{partition}:ec2:{region}:{account}:prefix-list/{id}",
    id="{id}",
    label="name",
    fields={
        "id": text(),
        "name": text(),
        "address_family": text(),
        "max_entries": number(),
        # AWS keeps its ranges itself; where they were not asked for they are not known.
        "of_aws": flag(),
        "entries": keyed("cidr", cidr=text(), description=text()),
        "tags": mapping(),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_ec2_managed_prefix_list",
            {
                "id": "id",
                "name": "name",
                "address_family": "address_family",
                "max_entries": "max_entries",
                "entries": each("entry", _entry),
                "tags": "tags",
            },
            ignores=("version",),
        ),
        Spelling("terraform", "aws_ec2_managed_prefix_list_entry", {"entries": one(_entry)}, part_of="prefix_list_id"),
        Spelling(
            "cloudformation",
            "AWS::EC2::PrefixList",
            {
                "name": "PrefixListName",
                "address_family": "AddressFamily",
                "max_entries": "MaxEntries",
                "entries": each("Entries", _entry),
                "tags": tags("Tags"),
            },
            computed={"PrefixListId": "id"},
        ),
        Spelling(
            "api",
            "ec2:DescribeManagedPrefixLists",
            {
                "id": "PrefixListId",
                "name": "PrefixListName",
                "address_family": "AddressFamily",
                "max_entries": "MaxEntries",
                "of_aws": _of_aws,
                "tags": tags("Tags"),
            },
            items="PrefixLists.*",
            key="PrefixListId",
            ignores=(
                "IpamPrefixListResolverSyncEnabled",
                "IpamPrefixListResolverTargetId",
                "PrefixListArn",
                "State",
                "StateMessage",
                "Version",
            ),
        ),
        Spelling(
            "api",
            "ec2:GetManagedPrefixListEntries",
            {"entries": each("Entries", _entry)},
            part_of="PrefixListId",
            asks=("PrefixListId",),
        ),
        Spelling(
            "api",
            "ec2:DescribePrefixLists",
            {"id": "PrefixListId", "name": "PrefixListName", "of_aws": always(True), "entries": _ranges},
            items="PrefixLists.*",
            key="PrefixListId",
        ),
    ),
    references=("https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",),
)
