"""What the root, the units and the accounts of an organization have in common: a place in the tree, and policies.

The root is no kind of its own: an organization has one, and code calls it an attribute of the organization.
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html
"""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Field, Link, Reader, Spelling, reference, references
from nephograph.catalog.readers import tags
from nephograph.model.value import Reason, Unknown

PARENT = reference("aws_organizations_organizational_unit", "aws_organizations_organization")
TARGETS = references(
    "aws_organizations_account", "aws_organizations_organizational_unit", "aws_organizations_organization"
)

_TYPES = {
    "service_control_policies": "SERVICE_CONTROL_POLICY",
    "resource_control_policies": "RESOURCE_CONTROL_POLICY",
}

POLICIES: dict[str, Field] = {field: references("aws_organizations_policy") for field in _TYPES}
"""What is attached to the thing itself, as the API says it when it is asked of the thing; not what is inherited.

Code says an attachment of the policy (`targets`): the edges of both are the same.
"""

POLICY_LINKS = tuple(Link("has_policy", field) for field in _TYPES)

CONTAINED = Link("contains", "parent", inverse=True)


def organization_of(name: str) -> Reader:
    """The organization's id, the second step of the resource part of every ARN of Organizations."""

    def read(document: Cursor) -> Tree:
        arn = document.at(name)
        if not isinstance(arn.value, str):
            return arn
        steps = arn.value.split("/")
        return arn.be(next((step for step in steps[1:] if step.startswith("o-")), None))

    return read


def parent_in(name: str) -> Reader:
    """The step before the thing itself in its path (`o-1/r-1/ou-1/111122223333/`)."""

    def read(document: Cursor) -> Tree:
        path, own = document.at(name), document.at("Id").value
        said = next(path.each(), path).value
        steps = said.strip("/").split("/") if isinstance(said, str) else []
        if own in steps[1:]:
            return path.be(steps[steps.index(own) - 1])
        return path.be(Unknown(Reason.NOT_SEEN, "the answer of organizations:ListParents"))

    return read


def _attached(type_: str) -> Reader:
    def read(document: Cursor) -> Tree:
        asked, said = document.at("Filter"), document.at("Policies")
        types = [asked, *(policy.at("Type") for policy in said.each())]
        if not any(one.value == type_ for one in types):
            return said.be(Unknown(Reason.NOT_SEEN, f"the answer of organizations:ListPoliciesForTarget for {type_}"))
        return [policy.at("Id") for policy in said.each()]

    return read


def policy_answer() -> Spelling:
    """The policies of one type that are attached to one target."""
    return Spelling(
        "api",
        "organizations:ListPoliciesForTarget",
        {field: _attached(type_) for field, type_ in _TYPES.items()},
        part_of="TargetId",
        asks=("TargetId", "Filter"),
    )


def tag_answer() -> Spelling:
    """The tags of one thing, whatever it is."""
    return Spelling(
        "api",
        "organizations:ListTagsForResource",
        {"tags": tags("Tags")},
        part_of="ResourceId",
        asks=("ResourceId",),
    )


def place_answers() -> tuple[Spelling, ...]:
    """Where in the tree a unit or account is."""
    return (
        Spelling(
            "api",
            "organizations:ListParents",
            {"parent": "Id"},
            items="Parents.*",
            part_of="ChildId",
            asks=("ChildId",),
            ignores=("Type",),
        ),
        Spelling(
            "api",
            "organizations:ListChildren",
            {"parent": "ParentId"},
            items="Children.*",
            part_of="Id",
            asks=("ParentId",),
            ignores=("Type",),
        ),
    )
