resource "aws_lb_target_group" "function" {
  for_each = var.function_routes

  name        = "${var.name}-${each.key}"
  target_type = "lambda"
}

resource "aws_lb_target_group_attachment" "function" {
  for_each = var.function_routes

  target_group_arn = aws_lb_target_group.function[each.key].arn
  target_id        = each.value.function_arn

  depends_on = [aws_lambda_permission.balancer]
}

resource "aws_lb_listener_rule" "function" {
  for_each = var.function_routes

  listener_arn = aws_lb_listener.https.arn
  priority     = local.priorities[each.key]

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.function[each.key].arn
  }

  condition {
    path_pattern {
      values = each.value.paths
    }
  }
}

resource "aws_lambda_permission" "balancer" {
  for_each = var.function_routes

  statement_id  = "AllowBalancer"
  action        = "lambda:InvokeFunction"
  function_name = each.value.function_name
  principal     = "elasticloadbalancing.amazonaws.com"
  source_arn    = aws_lb_target_group.function[each.key].arn
}
