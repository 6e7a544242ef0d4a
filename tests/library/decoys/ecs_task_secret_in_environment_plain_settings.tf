# why: settings whose names speak of credentials and hold none
# quiet: aws-ecs-task-secret-in-environment
resource "aws_ecs_task_definition" "t" {
  family = "t"

  container_definitions = jsonencode([{ name = "a", image = "acme/web@sha256:2f5b", environment = [{ name = "TOKEN_TTL", value = "3600" }, { name = "PASSWORD_FILE", value = "/run/secrets/db" }] }])
}
