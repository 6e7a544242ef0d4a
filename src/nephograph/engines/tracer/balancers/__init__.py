"""Application, Network and Gateway Load Balancers: listeners, target groups, zones, and whose address is kept."""
