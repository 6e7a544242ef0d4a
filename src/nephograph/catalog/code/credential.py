"""A credential that is written in a file: a key, a token, a password. Only what it is and where it stands is kept.

`mark` is a short hash by which the same credential is known again. The id of an access key of AWS leads, by its hash,
to the key where that is in the estate as well.
"""

from nephograph.catalog.language import Kind, Link, Spelling, flag, items, number, reference, text
from nephograph.model.resource import Class

KIND = Kind(
    native="credential",
    service="credential",
    cls=Class.SECRET,
    identity=("what", "mark"),
    label="what",
    of_code=True,
    fields={
        "what": text(),
        "mark": text(),
        "group": text(),
        "name": text(),
        "sample": flag(default=False),
        "whole": flag(default=False),
        "places": items(file=text(), line=number(), language=text(), sample=flag(), told=flag()),
        "access_key": reference("aws_iam_access_key"),
    },
    links=(Link("opens", "access_key"),),
    spellings=(
        Spelling(
            "written",
            "written/credential",
            {
                "what": "what",
                "mark": "mark",
                "group": "group",
                "name": "name",
                "sample": "sample",
                "whole": "whole",
                "places": "places",
                "access_key": "access_key",
            },
        ),
    ),
    references=("https://cwe.mitre.org/data/definitions/798.html",),
)
