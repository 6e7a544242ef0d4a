"""Step rules: how an attacker gets from one thing to the next. One file a technique, found by its place."""
