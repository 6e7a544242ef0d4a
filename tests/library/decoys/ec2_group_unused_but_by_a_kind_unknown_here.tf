# why: A serverless cache has the group: of its kind the catalog knows nothing but what it names.
# quiet: aws-ec2-group-unused
resource "aws_security_group" "cache" {
  name        = "cache"
  description = "cache"
}
resource "aws_elasticache_serverless_cache" "cache" {
  engine             = "memcached"
  name               = "cache"
  security_group_ids = [aws_security_group.cache.id]
}
