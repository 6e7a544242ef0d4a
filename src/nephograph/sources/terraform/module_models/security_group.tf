# https://registry.terraform.io/modules/terraform-aws-modules/security-group/aws
model {
  since = "4.0"
  until = 5
}

variable "create" { default = true }
variable "create_sg" { default = true }
variable "security_group_id" { default = null }
variable "vpc_id" { default = null }
variable "name" { default = null }
variable "use_name_prefix" { default = true }
variable "description" { default = "Security Group managed by Terraform" }
variable "revoke_rules_on_delete" { default = false }
variable "tags" { default = {} }

variable "ingress_cidr_blocks" { default = [] }
variable "ingress_ipv6_cidr_blocks" { default = [] }
variable "ingress_prefix_list_ids" { default = [] }
variable "ingress_rules" { default = [] }
variable "computed_ingress_rules" { default = [] }
variable "number_of_computed_ingress_rules" { default = 0 }
variable "ingress_with_cidr_blocks" { default = [] }
variable "computed_ingress_with_cidr_blocks" { default = [] }
variable "number_of_computed_ingress_with_cidr_blocks" { default = 0 }
variable "ingress_with_ipv6_cidr_blocks" { default = [] }
variable "computed_ingress_with_ipv6_cidr_blocks" { default = [] }
variable "number_of_computed_ingress_with_ipv6_cidr_blocks" { default = 0 }
variable "ingress_with_self" { default = [] }
variable "computed_ingress_with_self" { default = [] }
variable "number_of_computed_ingress_with_self" { default = 0 }
variable "ingress_with_source_security_group_id" { default = [] }
variable "computed_ingress_with_source_security_group_id" { default = [] }
variable "number_of_computed_ingress_with_source_security_group_id" { default = 0 }
variable "egress_cidr_blocks" { default = ["0.0.0.0/0"] }
variable "egress_ipv6_cidr_blocks" { default = ["::/0"] }
variable "egress_prefix_list_ids" { default = [] }
variable "egress_rules" { default = [] }
variable "computed_egress_rules" { default = [] }
variable "number_of_computed_egress_rules" { default = 0 }
variable "egress_with_cidr_blocks" { default = [] }
variable "computed_egress_with_cidr_blocks" { default = [] }
variable "number_of_computed_egress_with_cidr_blocks" { default = 0 }
variable "egress_with_ipv6_cidr_blocks" { default = [] }
variable "computed_egress_with_ipv6_cidr_blocks" { default = [] }
variable "number_of_computed_egress_with_ipv6_cidr_blocks" { default = 0 }
variable "egress_with_self" { default = [] }
variable "computed_egress_with_self" { default = [] }
variable "number_of_computed_egress_with_self" { default = 0 }
variable "egress_with_source_security_group_id" { default = [] }
variable "computed_egress_with_source_security_group_id" { default = [] }
variable "number_of_computed_egress_with_source_security_group_id" { default = 0 }

# The named rules that are used most. A name that is not here gives ports that are not known.
variable "rules" {
  default = {
    all-all                = [-1, -1, "-1", "All protocols"]
    all-tcp                = [0, 65535, "tcp", "All TCP ports"]
    all-udp                = [0, 65535, "udp", "All UDP ports"]
    all-icmp               = [-1, -1, "icmp", "All IPV4 ICMP"]
    all-ipv6-icmp          = [-1, -1, 58, "All IPV6 ICMP"]
    ssh-tcp                = [22, 22, "tcp", "SSH"]
    rdp-tcp                = [3389, 3389, "tcp", "Remote Desktop"]
    rdp-udp                = [3389, 3389, "udp", "Remote Desktop"]
    http-80-tcp            = [80, 80, "tcp", "HTTP"]
    http-8080-tcp          = [8080, 8080, "tcp", "HTTP"]
    https-443-tcp          = [443, 443, "tcp", "HTTPS"]
    https-8443-tcp         = [8443, 8443, "tcp", "HTTPS"]
    mysql-tcp              = [3306, 3306, "tcp", "MySQL/Aurora"]
    postgresql-tcp         = [5432, 5432, "tcp", "PostgreSQL"]
    mssql-tcp              = [1433, 1433, "tcp", "MSSQL Server"]
    mssql-udp              = [1434, 1434, "udp", "MSSQL Browser"]
    oracle-db-tcp          = [1521, 1521, "tcp", "Oracle"]
    redis-tcp              = [6379, 6379, "tcp", "Redis"]
    memcached-tcp          = [11211, 11211, "tcp", "Memcached"]
    mongodb-27017-tcp      = [27017, 27017, "tcp", "MongoDB"]
    nfs-tcp                = [2049, 2049, "tcp", "NFS/EFS"]
    dns-tcp                = [53, 53, "tcp", "DNS"]
    dns-udp                = [53, 53, "udp", "DNS"]
    ntp-udp                = [123, 123, "udp", "NTP"]
    smtp-tcp               = [25, 25, "tcp", "SMTP"]
    smtps-465-tcp          = [465, 465, "tcp", "SMTPS"]
    ldap-tcp               = [389, 389, "tcp", "LDAP"]
    ldaps-tcp              = [636, 636, "tcp", "LDAPS"]
    elasticsearch-rest-tcp = [9200, 9200, "tcp", "Elasticsearch REST interface"]
    elasticsearch-java-tcp = [9300, 9300, "tcp", "Elasticsearch Java interface"]
    kubernetes-api-tcp     = [6443, 6443, "tcp", "Kubernetes API Server"]
    kafka-broker-tcp       = [9092, 9092, "tcp", "Kafka PLAINTEXT enable broker 0.8.2+"]
    redshift-tcp           = [5439, 5439, "tcp", "Redshift"]
    winrm-http-tcp         = [5985, 5985, "tcp", "WinRM HTTP"]
    winrm-https-tcp        = [5986, 5986, "tcp", "WinRM HTTPS"]
    consul-tcp             = [8300, 8300, "tcp", "Consul server"]
    etcd-client-tcp        = [2379, 2379, "tcp", "Etcd Client"]
    grafana-tcp            = [3000, 3000, "tcp", "Grafana Dashboard"]
    splunk-web-tcp         = [8000, 8000, "tcp", "Splunk Web"]
    rabbitmq-5672-tcp      = [5672, 5672, "tcp", "RabbitMQ"]
    zookeeper-2181-tcp     = [2181, 2181, "tcp", "Zookeeper"]
    minio-tcp              = [9000, 9000, "tcp", "MinIO"]
    prometheus-http-tcp    = [9090, 9090, "tcp", "Prometheus"]
    squid-proxy-tcp        = [3128, 3128, "tcp", "Squid default proxy"]
    logstash-tcp           = [5044, 5044, "tcp", "Logstash"]
  }
}

locals {
  unknown = [for part in ["from", "to", "protocol", "description"] : modelled::unknown("a named rule of the module: ${part}")]
  id      = var.create_sg ? concat(aws_security_group.this[*].id, aws_security_group.this_name_prefix[*].id, [""])[0] : var.security_group_id
}

resource "aws_security_group" "this" {
  count                  = var.create && var.create_sg && !var.use_name_prefix ? 1 : 0
  name                   = var.name
  description            = var.description
  vpc_id                 = var.vpc_id
  revoke_rules_on_delete = var.revoke_rules_on_delete
  tags                   = merge({ Name = "${var.name}" }, var.tags)
  ingress                = null
  egress                 = null
}

resource "aws_security_group" "this_name_prefix" {
  count                  = var.create && var.create_sg && var.use_name_prefix ? 1 : 0
  name_prefix            = "${var.name}-"
  description            = var.description
  vpc_id                 = var.vpc_id
  revoke_rules_on_delete = var.revoke_rules_on_delete
  tags                   = merge({ Name = "${var.name}" }, var.tags)
  ingress                = null
  egress                 = null
}

resource "aws_security_group_rule" "ingress_rules" {
  count             = var.create ? length(var.ingress_rules) : 0
  security_group_id = local.id
  type              = "ingress"
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  prefix_list_ids   = var.ingress_prefix_list_ids
  from_port         = lookup(var.rules, var.ingress_rules[count.index], local.unknown)[0]
  to_port           = lookup(var.rules, var.ingress_rules[count.index], local.unknown)[1]
  protocol          = lookup(var.rules, var.ingress_rules[count.index], local.unknown)[2]
  description       = lookup(var.rules, var.ingress_rules[count.index], local.unknown)[3]

  source_security_group_id = null
  self                     = null
}

resource "aws_security_group_rule" "ingress_with_cidr_blocks" {
  count             = var.create ? length(var.ingress_with_cidr_blocks) : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.ingress_with_cidr_blocks[count.index], "from_port", lookup(var.rules, lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.ingress_with_cidr_blocks[count.index], "to_port", lookup(var.rules, lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.ingress_with_cidr_blocks[count.index], "protocol", lookup(var.rules, lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = compact(split(",", lookup(var.ingress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.ingress_cidr_blocks))))
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "ingress_with_ipv6_cidr_blocks" {
  count             = var.create ? length(var.ingress_with_ipv6_cidr_blocks) : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "from_port", lookup(var.rules, lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "to_port", lookup(var.rules, lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "protocol", lookup(var.rules, lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = compact(split(",", lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.ingress_ipv6_cidr_blocks))))
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "ingress_with_self" {
  count             = var.create ? length(var.ingress_with_self) : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.ingress_with_self[count.index], "from_port", lookup(var.rules, lookup(var.ingress_with_self[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.ingress_with_self[count.index], "to_port", lookup(var.rules, lookup(var.ingress_with_self[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.ingress_with_self[count.index], "protocol", lookup(var.rules, lookup(var.ingress_with_self[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = lookup(var.ingress_with_self[count.index], "self", true)
  source_security_group_id = null
}

resource "aws_security_group_rule" "ingress_with_source_security_group_id" {
  count             = var.create ? length(var.ingress_with_source_security_group_id) : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.ingress_with_source_security_group_id[count.index], "from_port", lookup(var.rules, lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.ingress_with_source_security_group_id[count.index], "to_port", lookup(var.rules, lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.ingress_with_source_security_group_id[count.index], "protocol", lookup(var.rules, lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = var.ingress_with_source_security_group_id[count.index].source_security_group_id
}

resource "aws_security_group_rule" "computed_ingress_rules" {
  count             = var.create ? var.number_of_computed_ingress_rules : 0
  security_group_id = local.id
  type              = "ingress"
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  prefix_list_ids   = var.ingress_prefix_list_ids
  from_port         = lookup(var.rules, var.computed_ingress_rules[count.index], local.unknown)[0]
  to_port           = lookup(var.rules, var.computed_ingress_rules[count.index], local.unknown)[1]
  protocol          = lookup(var.rules, var.computed_ingress_rules[count.index], local.unknown)[2]
  description       = lookup(var.rules, var.computed_ingress_rules[count.index], local.unknown)[3]

  source_security_group_id = null
  self                     = null
}

resource "aws_security_group_rule" "computed_ingress_with_cidr_blocks" {
  count             = var.create ? var.number_of_computed_ingress_with_cidr_blocks : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_cidr_blocks[count.index], "from_port", lookup(var.rules, lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_ingress_with_cidr_blocks[count.index], "to_port", lookup(var.rules, lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_ingress_with_cidr_blocks[count.index], "protocol", lookup(var.rules, lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = compact(split(",", lookup(var.computed_ingress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.ingress_cidr_blocks))))
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_ingress_with_ipv6_cidr_blocks" {
  count             = var.create ? var.number_of_computed_ingress_with_ipv6_cidr_blocks : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "from_port", lookup(var.rules, lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "to_port", lookup(var.rules, lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "protocol", lookup(var.rules, lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = compact(split(",", lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.ingress_ipv6_cidr_blocks))))
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_ingress_with_self" {
  count             = var.create ? var.number_of_computed_ingress_with_self : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_self[count.index], "from_port", lookup(var.rules, lookup(var.computed_ingress_with_self[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_ingress_with_self[count.index], "to_port", lookup(var.rules, lookup(var.computed_ingress_with_self[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_ingress_with_self[count.index], "protocol", lookup(var.rules, lookup(var.computed_ingress_with_self[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = lookup(var.computed_ingress_with_self[count.index], "self", true)
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_ingress_with_source_security_group_id" {
  count             = var.create ? var.number_of_computed_ingress_with_source_security_group_id : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_source_security_group_id[count.index], "from_port", lookup(var.rules, lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_ingress_with_source_security_group_id[count.index], "to_port", lookup(var.rules, lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_ingress_with_source_security_group_id[count.index], "protocol", lookup(var.rules, lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = var.computed_ingress_with_source_security_group_id[count.index].source_security_group_id
}

resource "aws_security_group_rule" "egress_rules" {
  count             = var.create ? length(var.egress_rules) : 0
  security_group_id = local.id
  type              = "egress"
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.rules, var.egress_rules[count.index], local.unknown)[0]
  to_port           = lookup(var.rules, var.egress_rules[count.index], local.unknown)[1]
  protocol          = lookup(var.rules, var.egress_rules[count.index], local.unknown)[2]
  description       = lookup(var.rules, var.egress_rules[count.index], local.unknown)[3]

  source_security_group_id = null
  self                     = null
}

resource "aws_security_group_rule" "egress_with_cidr_blocks" {
  count             = var.create ? length(var.egress_with_cidr_blocks) : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.egress_with_cidr_blocks[count.index], "from_port", lookup(var.rules, lookup(var.egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.egress_with_cidr_blocks[count.index], "to_port", lookup(var.rules, lookup(var.egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.egress_with_cidr_blocks[count.index], "protocol", lookup(var.rules, lookup(var.egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = compact(split(",", lookup(var.egress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.egress_cidr_blocks))))
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "egress_with_ipv6_cidr_blocks" {
  count             = var.create ? length(var.egress_with_ipv6_cidr_blocks) : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "from_port", lookup(var.rules, lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "to_port", lookup(var.rules, lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "protocol", lookup(var.rules, lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = compact(split(",", lookup(var.egress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.egress_ipv6_cidr_blocks))))
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "egress_with_self" {
  count             = var.create ? length(var.egress_with_self) : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.egress_with_self[count.index], "from_port", lookup(var.rules, lookup(var.egress_with_self[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.egress_with_self[count.index], "to_port", lookup(var.rules, lookup(var.egress_with_self[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.egress_with_self[count.index], "protocol", lookup(var.rules, lookup(var.egress_with_self[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = lookup(var.egress_with_self[count.index], "self", true)
  source_security_group_id = null
}

resource "aws_security_group_rule" "egress_with_source_security_group_id" {
  count             = var.create ? length(var.egress_with_source_security_group_id) : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.egress_with_source_security_group_id[count.index], "from_port", lookup(var.rules, lookup(var.egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.egress_with_source_security_group_id[count.index], "to_port", lookup(var.rules, lookup(var.egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.egress_with_source_security_group_id[count.index], "protocol", lookup(var.rules, lookup(var.egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = var.egress_with_source_security_group_id[count.index].source_security_group_id
}

resource "aws_security_group_rule" "computed_egress_rules" {
  count             = var.create ? var.number_of_computed_egress_rules : 0
  security_group_id = local.id
  type              = "egress"
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  prefix_list_ids   = var.egress_prefix_list_ids
  from_port         = lookup(var.rules, var.computed_egress_rules[count.index], local.unknown)[0]
  to_port           = lookup(var.rules, var.computed_egress_rules[count.index], local.unknown)[1]
  protocol          = lookup(var.rules, var.computed_egress_rules[count.index], local.unknown)[2]
  description       = lookup(var.rules, var.computed_egress_rules[count.index], local.unknown)[3]

  source_security_group_id = null
  self                     = null
}

resource "aws_security_group_rule" "computed_egress_with_cidr_blocks" {
  count             = var.create ? var.number_of_computed_egress_with_cidr_blocks : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_cidr_blocks[count.index], "from_port", lookup(var.rules, lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_egress_with_cidr_blocks[count.index], "to_port", lookup(var.rules, lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_egress_with_cidr_blocks[count.index], "protocol", lookup(var.rules, lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = compact(split(",", lookup(var.computed_egress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.egress_cidr_blocks))))
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_egress_with_ipv6_cidr_blocks" {
  count             = var.create ? var.number_of_computed_egress_with_ipv6_cidr_blocks : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "from_port", lookup(var.rules, lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "to_port", lookup(var.rules, lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "protocol", lookup(var.rules, lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = compact(split(",", lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.egress_ipv6_cidr_blocks))))
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_egress_with_self" {
  count             = var.create ? var.number_of_computed_egress_with_self : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_self[count.index], "from_port", lookup(var.rules, lookup(var.computed_egress_with_self[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_egress_with_self[count.index], "to_port", lookup(var.rules, lookup(var.computed_egress_with_self[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_egress_with_self[count.index], "protocol", lookup(var.rules, lookup(var.computed_egress_with_self[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = lookup(var.computed_egress_with_self[count.index], "self", true)
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_egress_with_source_security_group_id" {
  count             = var.create ? var.number_of_computed_egress_with_source_security_group_id : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_source_security_group_id[count.index], "from_port", lookup(var.rules, lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_egress_with_source_security_group_id[count.index], "to_port", lookup(var.rules, lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_egress_with_source_security_group_id[count.index], "protocol", lookup(var.rules, lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = var.computed_egress_with_source_security_group_id[count.index].source_security_group_id
}

output "security_group_id" { value = try(aws_security_group.this[0].id, aws_security_group.this_name_prefix[0].id, "") }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, aws_security_group.this_name_prefix[0].arn, "") }
output "security_group_name" { value = try(aws_security_group.this[0].name, aws_security_group.this_name_prefix[0].name, "") }
output "security_group_vpc_id" { value = try(aws_security_group.this[0].vpc_id, aws_security_group.this_name_prefix[0].vpc_id, "") }
