# quiet: another folder, whose name begins the same
resource "aws_ecs_task_definition" "t" {
  family = "t"
  volume {
    name      = "d"
    host_path = "/etcetera"
  }
  container_definitions = jsonencode([{ name = "a", image = "acme/web@sha256:2f5b" }])
}
