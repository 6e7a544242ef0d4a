"""Who is asking: the command line today. Surfaces turn what somebody says into an Ask, and an Answer into bytes.

May use: session, render, and the Ask of a lens. Must not know: formats of infrastructure, engines.
"""
