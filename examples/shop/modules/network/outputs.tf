output "vpc_id" {
  value = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Zone to subnet."
  value       = { for zone, subnet in aws_subnet.public : zone => subnet.id }
}

output "app_subnet_ids" {
  description = "Zone to subnet."
  value       = { for zone, subnet in aws_subnet.app : zone => subnet.id }
}

output "database_subnet_ids" {
  description = "Zone to subnet."
  value       = { for zone, subnet in aws_subnet.database : zone => subnet.id }
}

output "legacy_subnet_id" {
  value = aws_subnet.legacy.id
}
