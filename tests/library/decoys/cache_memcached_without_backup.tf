# why: Memcached has no snapshots.
# quiet: aws-elasticache-cluster-not-backed-up, aws-elasticache-cluster-single-node
resource "aws_elasticache_cluster" "c" {
  cluster_id      = "c"
  engine          = "memcached"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 2
}
