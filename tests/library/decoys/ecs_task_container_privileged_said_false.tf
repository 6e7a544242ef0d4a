# why: the flag is there and is off
# quiet: aws-ecs-task-container-privileged
resource "aws_ecs_task_definition" "t" {
  family = "t"

  container_definitions = jsonencode([{ name = "a", image = "acme/web@sha256:2f5b", privileged = false }])
}
