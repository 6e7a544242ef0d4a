"""Policy documents as checks judge them: where they stand, what is written, and which words AWS knows.

documents   where policies stand on a resource, and a document taken apart: statements, patterns, tests
lint        a rule over one document, turned into findings of every resource that carries it
actions     what the Action element of a statement names, by AWS's vocabulary (`nephograph.catalog.vocabulary`)
globs       what a pattern matches, covers, and may have in common with another
"""
