"""Whole small estates, each with an attack and with a twin that stands it off."""
