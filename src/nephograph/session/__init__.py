"""The door: open an estate, put a question to it.

    from nephograph.session import open_estate

    session = open_estate(["infra"])
    answer = session.ask("check")
    for path in answer.paths:
        print(path.title)

May use: everything below. Must not know: terminals, servers, editors.
"""

from nephograph.session.door import Session, open_estate, open_for, open_stored
from nephograph.session.gate import exit_code

__all__ = ["Session", "exit_code", "open_estate", "open_for", "open_stored"]
