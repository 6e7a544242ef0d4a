# why: TLS between clients and brokers is what MSK does by itself.
# quiet: aws-kafka-cluster-clients-plaintext, aws-kafka-cluster-brokers-plaintext, aws-kafka-cluster-public, aws-kafka-cluster-unauthenticated
resource "aws_msk_cluster" "m" {
  cluster_name           = "m"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3
  broker_node_group_info {
    instance_type   = "kafka.m7g.large"
    client_subnets  = ["subnet-1", "subnet-2", "subnet-3"]
    security_groups = ["sg-1"]
  }
}
