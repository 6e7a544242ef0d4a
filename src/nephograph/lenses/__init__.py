"""The questions. One file a question: `ASK` is what may be asked (surfaces make their options of it), `answer` answers.

May use: engines, estate, library, catalog, render's and model's words. Must not know: formats, surfaces.
"""
