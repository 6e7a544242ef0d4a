# why: A flow log records a VPC that another state makes; it may be this one.
# depends: aws-ec2-vpc-unlogged
data "terraform_remote_state" "network" {
  backend = "s3"
}
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_flow_log" "main" {
  vpc_id          = data.terraform_remote_state.network.outputs.vpc_id
  traffic_type    = "ALL"
  log_destination = "arn:aws:logs:eu-west-1:111122223333:log-group:flows"
}
