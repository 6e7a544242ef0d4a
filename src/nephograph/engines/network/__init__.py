"""Network reachability: what the internet can send a packet to, and why, or why not."""
