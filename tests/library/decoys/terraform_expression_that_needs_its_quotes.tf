# why: texts with more than a sequence, keys of objects and heredocs need their quotes
# quiet: terraform-syntax-expression-interpolated, terraform-syntax-form-removed
variable "name" {
  type = map(list(string))
}

resource "aws_sqs_queue" "q" {
  name       = "${var.name}-orders"
  tags       = { "${var.name}" = <<-EOT
    ${var.name}
  EOT
  }
  depends_on = ["aws_sqs_queue.other"]
}

resource "aws_sqs_queue" "other" {
  name = "$${list}"
}
