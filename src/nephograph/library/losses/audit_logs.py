"""Logs by which others would see what happens."""

from nephograph.library.losses.declare import Loss
from nephograph.model.answer import Severity

LOSSES = (
    Loss("silences", "audit-logs", "silences", "stops {thing} from recording", Severity.MEDIUM),
    Loss("erases", "audit-logs", "erases", "deletes the audit logs in {thing}", Severity.MEDIUM),
)
