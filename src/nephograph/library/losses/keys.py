"""Keys: what they encrypt is lost with them."""

from nephograph.library.losses.declare import Loss
from nephograph.model.answer import Severity

LOSSES = (
    Loss("locks_out", "keys", "locks out", "makes what {thing} encrypts unreadable for everybody", Severity.HIGH),
)
