"""Who can do what: IAM policies, boundaries, resource policies and trust, decided or left open with a reason."""

from nephograph.engines.identity.analysis import Explained
from nephograph.engines.identity.engine import Identity

__all__ = ["Explained", "Identity"]
