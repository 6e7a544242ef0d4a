"""Decide one request against the policies that there are. The public face of the certificate; stable and typed.

    from nephograph.identity import Policies, Request, decide

    decision = decide(
        Request("arn:aws:iam::111122223333:role/app", "s3:GetObject", "arn:aws:s3:::data/x", "111122223333"),
        Policies(identity=[{"Version": "2012-10-17",
                            "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::data/*"}}]),
    )
    decision.effect       # "allowed", "implicitly_denied", "explicitly_denied" or "depends"
    decision.blocked_by   # "scp", "resource", …, or None
    decision.because      # sentences with the place of each deciding statement
    decision.layers       # what each layer said, with its deciding statements

Nothing is read, fetched or guessed: a policy that is not given does not exist, a context key that is not given is
absent, and a key named in `Request.unknown` leaves the answer open where it matters. Rules, and the page each comes
from: docs/semantics/identity-certificate.md.
"""

from __future__ import annotations

from nephograph.engines.certificate.decide import decide
from nephograph.engines.certificate.decision import DecidingStatement, Decision, Effect, LayerAnalysis
from nephograph.engines.certificate.document import Document, Use, document
from nephograph.engines.certificate.implied import implied
from nephograph.engines.certificate.malformed import MalformedError, MalformedPolicyError, MalformedRequestError
from nephograph.engines.certificate.request import Policies, Policy, Request

__all__ = [
    "DecidingStatement",
    "Decision",
    "Document",
    "Effect",
    "LayerAnalysis",
    "MalformedError",
    "MalformedPolicyError",
    "MalformedRequestError",
    "Policies",
    "Policy",
    "Request",
    "Use",
    "decide",
    "document",
    "implied",
]
