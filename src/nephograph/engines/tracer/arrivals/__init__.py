"""What is done with a packet by what it reaches before its target, one file a kind: `arrive(walker, interface)`."""
