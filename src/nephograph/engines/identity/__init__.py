"""Who can do what: IAM policies, boundaries, resource policies and trust, decided or left open with a reason."""

from nephograph.engines.identity.engine import NOT_COVERED, Identity

__all__ = ["NOT_COVERED", "Identity"]
