"""What the image of a machine decides where the code says nothing."""

from __future__ import annotations

from nephograph.model.resource import Resource
from nephograph.model.value import Reason, Unknown
from nephograph.model.verdict import YES, Verdict, depends


def leaves_tokens_optional(resource: Resource, *metadata: str | int, image: tuple[str | int, ...]) -> Verdict:
    """May metadata be read without a session token, as far as the image decides it?

    Images that say `imds-support: v2.0` (Amazon Linux 2023 among them) make tokens required where nobody says
    otherwise. Which image a data source finds is not known; one that is named is taken as one that does not.
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
    """
    said = resource.get(*image)
    looked_up = isinstance(said, Unknown) and said.reason is Reason.DATA_SOURCE
    if looked_up and resource.truth(*metadata, "tokens") == "default":
        return depends(f"whether the image asks for session tokens ({said})")
    return YES
