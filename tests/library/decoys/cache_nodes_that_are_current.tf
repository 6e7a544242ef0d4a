# why: By AWS's page t2 is a current generation of cache nodes; for instances it would be an old one.
# quiet: aws-elasticache-replication-group-nodes-previous
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.t2.small"
}
