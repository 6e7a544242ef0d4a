output "security_group_id" {
  value = aws_security_group.balancer.id
}

output "dns_name" {
  value = aws_lb.public.dns_name
}

output "zone_id" {
  value = aws_lb.public.zone_id
}
