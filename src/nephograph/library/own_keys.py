"""Whose key encrypts a resource: one of the account's own, or one that AWS manages.

AWS fills in the ARN of its own key where nobody named one, so that a key is named is not enough in what is read from
the cloud. Source: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-mgmt
"""

from __future__ import annotations

from nephograph.library.absence import unset
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import Evidence, Verdict, depends, yes


def under_key_of_aws(resource: Resource, *path: str, facts: Facts) -> Verdict:
    """Is the key at `path` none of the account's own? Depends where the key that is named was not read."""
    none = unset(resource, *path, says="its KMS key is {value}")
    if none.answer != "no":
        return none
    named = resource.get(*path)
    if isinstance(named, str) and "alias/aws/" in named:
        return yes(Evidence.at(f"{named} is the alias of a key of AWS", resource, path))
    keys = facts.attached(resource, "encrypted_by", "aws_kms_key")
    managed = [key for key in keys if key.get("manager") == "AWS"]
    if managed:
        proof = Evidence.at(f"its KMS key is {managed[0].label}", resource, path)
        return yes(proof, Evidence.at("AWS manages this key", managed[0], ("manager",)))
    if keys or resource.said == "code":
        return none  # (who writes a key's ARN into code means that key)
    return depends(f"who manages the key {named}, which is not among what was read")
