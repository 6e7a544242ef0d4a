# https://registry.terraform.io/modules/terraform-aws-modules/lambda/aws
model {
  since = "4.0"
  until = 8
}

# Since version 6 of the AWS provider a resource may name its region.
variable "region" { default = null }
variable "create" { default = true }
variable "create_function" { default = true }
variable "create_layer" { default = false }
variable "create_role" { default = true }
variable "create_lambda_function_url" { default = false }
variable "create_unqualified_alias_lambda_function_url" { default = true }
variable "authorization_type" { default = "NONE" }
variable "function_name" { default = "" }
variable "handler" { default = "" }
variable "runtime" { default = "" }
variable "lambda_role" { default = "" }
variable "lambda_at_edge" { default = false }
variable "role_name" { default = null }
variable "package_type" { default = "Zip" }
variable "publish" { default = false }
variable "snap_start" { default = false }
variable "timeout" { default = 3 }
variable "memory_size" { default = 128 }
variable "reserved_concurrent_executions" { default = -1 }
variable "environment_variables" { default = {} }
variable "vpc_subnet_ids" { default = null }
variable "vpc_security_group_ids" { default = null }
variable "tracing_mode" { default = null }
variable "dead_letter_target_arn" { default = null }
variable "image_uri" { default = null }
variable "kms_key_arn" { default = null }
variable "layers" { default = null }
variable "architectures" { default = null }
variable "code_signing_config_arn" { default = null }

locals {
  here = var.create && var.create_function && !var.create_layer
  role = var.create && var.create_role && var.create_function && !var.create_layer
}

resource "aws_lambda_function" "this" {
  region        = var.region
  count         = local.here ? 1 : 0
  function_name = var.function_name
  role          = var.create_role ? aws_iam_role.lambda[0].arn : var.lambda_role
  package_type  = var.package_type
  handler       = var.package_type == "Zip" ? var.handler : null
  runtime       = var.package_type == "Zip" ? var.runtime : null
  publish       = var.lambda_at_edge || var.snap_start ? true : var.publish
  timeout       = var.lambda_at_edge ? min(var.timeout, 30) : var.timeout
  memory_size   = var.memory_size

  reserved_concurrent_executions = var.reserved_concurrent_executions
  image_uri                      = var.image_uri
  kms_key_arn                    = var.kms_key_arn
  layers                         = var.layers
  architectures                  = var.architectures
  code_signing_config_arn        = var.code_signing_config_arn

  dynamic "environment" {
    for_each = length(keys(var.environment_variables)) > 0 ? [var.environment_variables] : []
    content {
      variables = environment.value
    }
  }
  dynamic "tracing_config" {
    for_each = var.tracing_mode == null ? [] : [var.tracing_mode]
    content {
      mode = tracing_config.value
    }
  }
  dynamic "dead_letter_config" {
    for_each = var.dead_letter_target_arn == null ? [] : [var.dead_letter_target_arn]
    content {
      target_arn = dead_letter_config.value
    }
  }
}

# What the role may do is not modelled: its policies are unknown.
resource "aws_iam_role" "lambda" {
  count = local.role ? 1 : 0
  name  = coalesce(var.role_name, var.function_name, "*")
}

resource "aws_lambda_function_url" "this" {
  region             = var.region
  count              = local.here && var.create_lambda_function_url ? 1 : 0
  function_name      = aws_lambda_function.this[0].function_name
  qualifier          = var.create_unqualified_alias_lambda_function_url ? null : aws_lambda_function.this[0].version
  authorization_type = var.authorization_type
}

output "lambda_function_arn" { value = try(aws_lambda_function.this[0].arn, "") }
output "lambda_function_name" { value = try(aws_lambda_function.this[0].function_name, "") }
output "lambda_function_invoke_arn" { value = try(aws_lambda_function.this[0].invoke_arn, "") }
output "lambda_function_url" { value = try(aws_lambda_function_url.this[0].function_url, "") }
output "lambda_role_arn" { value = try(aws_iam_role.lambda[0].arn, "") }
output "lambda_role_name" { value = try(aws_iam_role.lambda[0].name, "") }
