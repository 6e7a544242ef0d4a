# why: TLS is what AWS takes
# quiet: aws-kafka-cluster-clients-plaintext
resource "aws_msk_cluster" "c" {
  cluster_name           = "c"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-0a1b2c3d"]
    security_groups = ["sg-0a1b2c3d"]
  }
}
