# why: another folder, whose name begins the same
# quiet: aws-ecs-task-mounts-host
resource "aws_ecs_task_definition" "t" {
  family = "t"
  volume {
    name      = "d"
    host_path = "/etcetera"
  }
  container_definitions = jsonencode([{ name = "a", image = "acme/web@sha256:2f5b" }])
}
