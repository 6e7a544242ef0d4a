"""Who can do what to which resource under which condition, for a whole organization at once.

Permissions are sets: actions are bits, resources and conditions are variables of one decision diagram. Every answer can
be replayed by `engines.certificate`, which shares no code with this package.
"""
