# why: the connection was authorized before
# quiet: aws-execute-api-route-unauthorized
resource "aws_apigatewayv2_api" "a" {
  name                       = "a"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}
resource "aws_apigatewayv2_route" "r" {
  api_id    = aws_apigatewayv2_api.a.id
  route_key = "send"
}
