"""Commands that are not questions to an estate of yours: found by their file."""
