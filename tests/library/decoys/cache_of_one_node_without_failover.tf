# why: With one node there is nothing to fail over to.
# quiet: aws-elasticache-replication-group-without-failover
resource "aws_elasticache_replication_group" "r" {
  replication_group_id = "r"
  description          = "r"
  node_type            = "cache.t4g.small"
  num_cache_clusters   = 1
}
