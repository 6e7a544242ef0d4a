"""Whether a statement is tied to the source on whose behalf a service of AWS acts.

https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

from __future__ import annotations

from nephograph.library.policies.conditions import narrows, operator
from nephograph.library.policies.documents import Document, Statement

_SOURCE = ("aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths")


def tied_to_source(document: Document, statement: Statement, *more: str) -> bool:
    """Does the statement demand a source (or one of the keys `more`), or is every other source denied?"""
    return narrows(statement, *_SOURCE, *more) or any(
        one.effect == "Deny" and _denies_other_sources(one) for one in document.statements
    )


def _denies_other_sources(statement: Statement) -> bool:
    keys = {key.lower() for key in _SOURCE}
    hows = [operator(test.operator) for test in statement.conditions if test.key.lower() in keys]
    return any(how is not None and how.negated for how in hows)
