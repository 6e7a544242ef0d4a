# quiet: the platform that LATEST stands for
resource "aws_ecs_service" "s" {
  name             = "s"
  platform_version = "1.4.0"
}
