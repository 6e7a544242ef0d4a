"""All pairs at once: who may send what to whom, over a whole estate, as exact sets of protocols and ports.

It shares no code with `engines.tracer`, which follows one packet hop by hop; tests hold the two equal.
"""
