"""Every right in an account."""

from nephograph.library.losses.declare import Loss
from nephograph.model.answer import Severity

LOSSES = (Loss("admin", "admin", "administers", "is administrator of {thing}", Severity.CRITICAL),)
