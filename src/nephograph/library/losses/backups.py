"""Backups that are deleted: what is encrypted or deleted afterwards cannot be had back."""

from nephograph.library.losses.declare import Loss
from nephograph.model.answer import Severity

LOSSES = (Loss("destroys", "backups", "destroys", "deletes the backups in {thing}", Severity.HIGH),)
