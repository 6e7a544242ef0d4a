"""The words every room speaks: values and where they come from, resources, edges, verdicts, answers, errors.

This room imports nothing of nephograph. It does no input and no output.
"""
