"""Checks: `<provider>/<service>/<bad_state>.py`. A check names a bad state; its docstring documents and tests it."""
