# https://registry.terraform.io/modules/terraform-aws-modules/iam/aws/latest/submodules/iam-role
model {
  since = "6.0"
  until = 6
}

variable "create" { default = true }
variable "name" { default = null }
variable "use_name_prefix" { default = true }
variable "path" { default = null }
variable "policies" { default = {} }
variable "permissions_boundary" { default = null }
variable "max_session_duration" { default = null }
variable "create_inline_policy" { default = false }

# Whom the role trusts is not modelled.
resource "aws_iam_role" "this" {
  count                 = var.create ? 1 : 0
  name                  = var.use_name_prefix ? null : var.name
  name_prefix           = var.use_name_prefix ? "${var.name}-" : null
  path                  = var.path
  permissions_boundary  = var.permissions_boundary
  max_session_duration  = var.max_session_duration
  force_detach_policies = true
  managed_policy_arns   = null
  inline_policy         = var.create_inline_policy ? modelled::unknown("the inline policy of the role") : null
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each   = { for name, arn in var.policies : name => arn if var.create }
  policy_arn = each.value
  role       = aws_iam_role.this[0].name
}

output "arn" { value = try(aws_iam_role.this[0].arn, null) }
output "name" { value = try(aws_iam_role.this[0].name, null) }
