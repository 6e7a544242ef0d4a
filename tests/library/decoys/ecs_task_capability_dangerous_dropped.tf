# why: all are taken away, one harmless is given back
# quiet: aws-ecs-task-capability-dangerous
resource "aws_ecs_task_definition" "t" {
  family = "t"

  container_definitions = jsonencode([{ name = "a", image = "acme/web@sha256:2f5b", linuxParameters = { capabilities = { drop = ["ALL"], add = ["NET_BIND_SERVICE"] } } }])
}
