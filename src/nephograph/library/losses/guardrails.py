"""Limits that an organization puts on its accounts."""

from nephograph.library.losses.declare import Loss
from nephograph.model.answer import Severity

LOSSES = (Loss("lifts", "guardrails", "lifts", "takes {thing} from the accounts that it limits", Severity.HIGH),)
