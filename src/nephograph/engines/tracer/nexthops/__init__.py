"""What a route can lead to, one file a kind: `follow(walker, gateway, came)`."""
