"""AND-OR graphs on flat arrays: what follows from what, what one failure ends, what every way passes, what to cut.

Attack paths, blast radius, choke points and resilience ask the same thing of different facts: an *atom* (a principal is
held, a zone is up) holds when a *move* into it fires; a move fires when enough of its premises hold.
"""
