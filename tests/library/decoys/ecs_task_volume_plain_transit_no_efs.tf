# why: nothing crosses the network
# quiet: aws-ecs-task-volume-plain-transit
resource "aws_ecs_task_definition" "t" {
  family = "t"
  volume {
    name = "d"
  }
  container_definitions = jsonencode([{ name = "a", image = "acme/web@sha256:2f5b" }])
}
