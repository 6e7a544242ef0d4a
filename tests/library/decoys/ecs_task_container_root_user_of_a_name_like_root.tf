# why: another user, in the group of root
# quiet: aws-ecs-task-container-root
resource "aws_ecs_task_definition" "t" {
  family = "t"

  container_definitions = jsonencode([{ name = "a", image = "acme/web@sha256:2f5b", user = "rootless:0" }])
}
