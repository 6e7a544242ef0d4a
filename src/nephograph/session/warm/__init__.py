"""A session that stays open while files are edited: the answer of `check` kept in step, edit by edit.

    session = WarmSession("infra")
    session.answer()                      # as `neph check infra` says it
    session.edit("infra/main.tf", text)   # an unsaved buffer stands for the file
    session.refresh(["infra/main.tf"])    # the file on the disk counts again

Every answer equals, byte for byte, that of a cold run over the same texts.
"""

from __future__ import annotations

from nephograph.session.warm.session import Step, WarmSession

__all__ = ["Step", "WarmSession"]
