"""S3 access points: a request through one is asked of its ARN, and passes its policy and the bucket's.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
"""

from __future__ import annotations

import msgspec

from nephograph.engines.identity.analysis import Explained
from nephograph.engines.identity.condition import MAYBE, Known
from nephograph.engines.identity.request import Principal, account_of, same_account
from nephograph.engines.identity.scope import is_object_action
from nephograph.model.resource import Resource
from nephograph.model.value import CLOSE, OPEN
from nephograph.model.verdict import Verdict, all_of, depends


def object_arn(arn: str, point: Resource, action: str) -> str:
    """What policies see: an object action asked of the whole access point means an object nobody has named."""
    return f"{point.arn}/object/{OPEN}object{CLOSE}" if arn == point.arn and is_object_action(action) else arn


def behind(arn: str, point: Resource, bucket: Resource) -> str:
    """The bucket, or the object in it, that an ARN of the access point leads to."""
    key = arn.removeprefix(point.arn).removeprefix("/object/")
    return f"{bucket.arn}/{key}" if key else bucket.arn


def context(point: Resource) -> dict[str, Known]:
    """The keys that a request through an access point carries."""
    origin = point.get("network_origin")
    return {
        "s3:DataAccessPointArn": (point.arn,),
        "s3:DataAccessPointAccount": (account_of(point.arn) or point.scope.account,),
        "s3:AccessPointNetworkOrigin": (origin,) if isinstance(origin, str) else MAYBE,
    }


def let_through(inner: Explained, who: Principal, bucket: Resource) -> Verdict:
    """Does the bucket let pass what the access point granted?

    What is not denied and only granted to the access point's ARN, within one account, the page does not decide.
    """
    verdict = inner.decision.verdict
    denied = inner.analysis is not None and inner.analysis.effect == "explicitly_denied"
    home = account_of(bucket.arn) or bucket.scope.account
    if verdict.answer != "no" or denied or not who.signed or same_account(who.account, home).answer == "no":
        return verdict
    name = bucket.label or bucket.address
    return depends(f"whether bucket {name} lets pass what is granted at its access point only", because=verdict.because)


def joined(door: Explained, bucket: Verdict) -> Explained:
    """Both sides as one decision. The layers told are those of the access point."""
    verdict = all_of((door.decision.verdict, bucket))
    decision = msgspec.structs.replace(door.decision, verdict=verdict)
    if door.analysis is None or verdict.answer == door.decision.verdict.answer:
        return Explained(decision, door.analysis)
    if verdict.answer == "no":
        effect = msgspec.structs.replace(door.analysis, effect="implicitly_denied", blocked_by="resource")
        return Explained(decision, effect)
    return Explained(decision, msgspec.structs.replace(door.analysis, effect="depends", blocked_by=""))
