"""Lambda function: its URL, when nobody is asked for credentials.

Source: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
"""

from __future__ import annotations

from nephograph.engines.network.door import Door, shut
from nephograph.engines.network.permissions import permitted
from nephograph.engines.network.view import View, name, present
from nephograph.model.facts import Exposure, Ports
from nephograph.model.resource import Resource
from nephograph.model.value import Unknown
from nephograph.model.verdict import NO, Verdict, all_of, depends, yes

_HTTPS = Ports("tcp", 443, 443)


def door(view: View, resource: Resource) -> Door:
    """Who reaches the function's URL: URLs stand outside of VPCs, on IPv4 and IPv6."""
    kind = resource.get("url", "auth_type")
    if kind is None:
        return shut(view.evidence(f"{name(resource)} has no URL", resource))
    proof = view.evidence(f"the URL of {name(resource)} asks nobody for credentials", resource, "url", "auth_type")
    if isinstance(kind, Unknown):
        opened = depends(f"how the URL of {name(resource)} authenticates ({kind})", because=(proof,))
    elif kind != "NONE":
        refusal = view.evidence(f"the URL of {name(resource)} asks for AWS credentials", resource, "url", "auth_type")
        return shut(refusal)
    else:
        opened = yes(proof)
    verdict = all_of((opened, _granted(view, resource), present(resource)))
    if not verdict.possible:
        return shut(view.evidence(f"no permission of {name(resource)} is for everybody", resource))
    return Door([Exposure(resource.urn, resource.urn, _HTTPS, ("0.0.0.0/0", "::/0"), verdict)], [])


def _granted(view: View, resource: Resource) -> Verdict:
    """The permissions an open URL needs: both actions since October 2025, one for URLs that are older."""
    url = permitted(view, resource, "lambda:InvokeFunctionUrl", "*")
    invoke = permitted(view, resource, "lambda:InvokeFunction", "*")
    origin = resource.origin("url", "auth_type")
    if url.possible and invoke.possible:
        return all_of((url, invoke))
    if origin is not None and origin.said in ("code", "plan"):
        # Tools that make an open URL may grant these permissions along with it, without a word in the code.
        told = f"whether the tool that makes the URL of {name(resource)} opens it to everybody by itself"
        return depends(*url.depends_on, told, because=url.because)
    if url.possible:
        told = f"whether the URL of {name(resource)} was made before October 2025, when one permission was enough"
        return depends(*url.depends_on, told, because=url.because)
    return NO
