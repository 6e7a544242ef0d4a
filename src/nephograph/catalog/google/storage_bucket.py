"""Google Cloud Storage bucket, with who may do what with it."""

import json

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Either, Kind, Link, Spelling, flag, group, items, mapping, reference, text
from nephograph.catalog.readers import one
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown


def _member(document: Cursor) -> dict[str, Tree]:
    return {
        "role": document.at("role"),
        "member": document.at("member"),
        "condition": document.at("condition", "expression"),
    }


def _binding(document: Cursor) -> Tree:
    """One role for many members: an item each."""
    return [{**_member(document), "member": member} for member in document.at("members").each()]


def _policy(document: Cursor) -> Tree:
    """A whole policy as JSON: bindings of a role to its members."""
    data = document.at("policy_data")
    text_ = data.value
    if isinstance(text_, Unknown) and text_.parts:
        text_ = "".join(part if isinstance(part, str) else json.dumps(part.symbol)[1:-1] for part in text_.parts)
    if isinstance(text_, Unknown):
        return [data]
    try:
        policy = json.loads(text_) if isinstance(text_, str) else text_
    except (ValueError, RecursionError) as error:
        return [data.be(Unknown(Reason.INVALID, f"policy is not JSON: {error}"))]
    bindings = Cursor(policy, data.path).at("bindings")
    return [
        {"role": binding.at("role"), "member": member, "condition": binding.at("condition", "expression")}
        for binding in bindings.each()
        for member in binding.at("members").each()
    ]


def _entity_grants(document: Cursor) -> Tree:
    """`role_entity = ["READER:allUsers"]` as a grant each."""
    grants: list[Tree] = []
    for pair in document.at("role_entity").each():
        if pair.unknown or not isinstance(pair.value, str):
            grants.append(pair)
            continue
        role, _, entity = pair.value.partition(":")
        grants.append({"role": pair.be(role), "entity": pair.be(entity)})
    return grants or None


KIND = Kind(
    native="storage.googleapis.com/Bucket",
    service="storage",
    cls=Class.OBJECT_STORAGE,
    identity=("name",),
    id="{name}",
    label="name",
    global_=True,
    fields={
        "name": text(),
        "location": text(),
        "project": text(),
        "public_access_prevention": text(default="inherited"),
        "uniform_access": flag(default=False),
        "members": items(role=text(), member=text(), condition=text()),
        "acl": text(),
        "grants": items(role=text(), entity=text()),
        "encryption_key": reference("google_kms_crypto_key"),
        "versioning": flag(default=False),
        "logging": group(bucket=reference("google_storage_bucket"), prefix=text()),
        "tags": mapping(),
    },
    links=(Link("encrypted_by", "encryption_key"), Link("logs_to", "logging.bucket")),
    spellings=(
        Spelling(
            "terraform",
            "google_storage_bucket",
            {
                "name": "name",
                "location": "location",
                "project": "project",
                "public_access_prevention": "public_access_prevention",
                # Named bucket_policy_only until provider v4.
                "uniform_access": Either(("uniform_bucket_level_access", "bucket_policy_only")),
                "encryption_key": "encryption.default_kms_key_name",
                "versioning": "versioning.enabled",
                "logging.bucket": "logging.log_bucket",
                "logging.prefix": "logging.log_object_prefix",
                "tags": "labels",
            },
            computed={"name": "{name}", "url": "gs://{name}"},
            ignores=(
                "autoclass",
                "cors",
                "custom_placement_config",
                "default_event_based_hold",
                "enable_object_retention",
                "force_destroy",
                "hierarchical_namespace",
                "ip_filter",
                "lifecycle_rule",
                "requester_pays",
                "retention_policy",
                "rpo",
                "soft_delete_policy",
                "storage_class",
                "website",
            ),
        ),
        Spelling("terraform", "google_storage_bucket_iam_member", {"members": one(_member)}, part_of="bucket"),
        Spelling("terraform", "google_storage_bucket_iam_binding", {"members": _binding}, part_of="bucket"),
        Spelling("terraform", "google_storage_bucket_iam_policy", {"members": _policy}, part_of="bucket"),
        Spelling(
            "terraform",
            "google_storage_bucket_acl",
            {"acl": "predefined_acl", "grants": _entity_grants},
            part_of="bucket",
            ignores=("default_acl",),
        ),
        Spelling(
            "terraform",
            "google_storage_bucket_access_control",
            {"grants": one(lambda document: {"role": document.at("role"), "entity": document.at("entity")})},
            part_of="bucket",
        ),
    ),
    references=("https://cloud.google.com/storage/docs/public-access-prevention",),
)
