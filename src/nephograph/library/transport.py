"""Does a resource's own policy refuse requests that come without TLS?

https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from nephograph.library.policies.actions import grants
from nephograph.library.policies.documents import Document, Statement, Test, carried
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown
from nephograph.model.verdict import Evidence, Verdict, any_of, depends, no, yes

_VERSION_KEYS = ("s3:tlsversion",)


def refuses_plaintext(resource: Resource, action: str) -> Verdict:
    """Yes when a statement denies everybody the action where the request is no TLS; depends on what is not known."""
    found: list[Verdict] = []
    for policy in carried(resource):
        if not isinstance(policy.document, Document):
            found.append(depends(str(policy.document)))
            continue
        for statement in policy.document.statements:
            if _denies(statement, action):
                fact = Evidence.at(f"{statement.words} refuses it", resource, (*policy.path, *statement.path))
                found.append(yes(fact))
            elif statement.open:
                found.append(depends(f"what {statement.words} of the policy says"))
    said = resource.get("policy")
    if is_unknown(said) and not found:
        return depends(str(said))
    return any_of(found) if found else no(Evidence.at("no statement refuses it", resource, ("policy",)))


def _denies(statement: Statement, action: str) -> bool:
    return (
        statement.effect == "Deny"
        and not statement.open
        and statement.everybody
        and grants(statement, action) is not None
        and len(statement.conditions) == 1
        and _without_tls(statement.conditions[0])
    )


def _without_tls(test: Test) -> bool:
    operator, key = test.operator.lower(), test.key.lower()
    values = [text.value.lower() for text in test.values if text.known]
    if key == "aws:securetransport":
        return operator in ("bool", "boolifexists") and values == ["false"]
    return key in _VERSION_KEYS and operator.startswith("numericlessthan") and bool(values)
