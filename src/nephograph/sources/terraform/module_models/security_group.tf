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
variable "ingress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "computed_ingress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_cidr_blocks" { default = 0 }
variable "ingress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "computed_ingress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_ipv6_cidr_blocks" { default = 0 }
variable "ingress_with_self" {
  type    = list(map(string))
  default = []
}
variable "computed_ingress_with_self" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_self" { default = 0 }
variable "ingress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "computed_ingress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_ingress_with_source_security_group_id" { default = 0 }
variable "egress_cidr_blocks" { default = ["0.0.0.0/0"] }
variable "egress_ipv6_cidr_blocks" { default = ["::/0"] }
variable "egress_prefix_list_ids" { default = [] }
variable "egress_rules" { default = [] }
variable "computed_egress_rules" { default = [] }
variable "number_of_computed_egress_rules" { default = 0 }
variable "egress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "computed_egress_with_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_cidr_blocks" { default = 0 }
variable "egress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "computed_egress_with_ipv6_cidr_blocks" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_ipv6_cidr_blocks" { default = 0 }
variable "egress_with_self" {
  type    = list(map(string))
  default = []
}
variable "computed_egress_with_self" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_self" { default = 0 }
variable "egress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "computed_egress_with_source_security_group_id" {
  type    = list(map(string))
  default = []
}
variable "number_of_computed_egress_with_source_security_group_id" { default = 0 }

# The named rules that are used most; the locals hold the others. A name that is in neither gives ports that are not
# known.
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
  more_tcp = {
    activemq-5671-tcp                  = 5671
    activemq-61614-tcp                 = 61614
    activemq-61617-tcp                 = 61617
    activemq-61619-tcp                 = 61619
    activemq-8883-tcp                  = 8883
    alertmanager-9093-tcp              = 9093
    alertmanager-9094-tcp              = 9094
    carbon-admin-tcp                   = 2004
    carbon-gui-udp                     = 8081
    carbon-line-in-tcp                 = 2003
    carbon-pickle-tcp                  = 2013
    cassandra-clients-tcp              = 9042
    cassandra-jmx-tcp                  = 7199
    cassandra-thrift-clients-tcp       = 9160
    consul-dns-tcp                     = 8600
    consul-grpc-tcp                    = 8502
    consul-grpc-tcp-tls                = 8503
    consul-serf-lan-tcp                = 8301
    consul-serf-wan-tcp                = 8302
    consul-webui-http-tcp              = 8500
    consul-webui-https-tcp             = 8501
    dax-cluster-encrypted-tcp          = 9111
    dax-cluster-unencrypted-tcp        = 8111
    docker-swarm-mngmt-tcp             = 2377
    docker-swarm-node-tcp              = 7946
    etcd-peer-tcp                      = 2380
    graphite-2003-tcp                  = 2003
    graphite-2004-tcp                  = 2004
    graphite-2023-tcp                  = 2023
    graphite-2024-tcp                  = 2024
    graphite-8080-tcp                  = 8080
    graphite-8125-tcp                  = 8125
    graphite-8126-tcp                  = 8126
    graphite-webui                     = 80
    kafka-broker-sasl-iam-public-tcp   = 9198
    kafka-broker-sasl-iam-tcp          = 9098
    kafka-broker-sasl-scram-public-tcp = 9196
    kafka-broker-sasl-scram-tcp        = 9096
    kafka-broker-tls-public-tcp        = 9194
    kafka-broker-tls-tcp               = 9094
    kafka-jmx-exporter-tcp             = 11001
    kafka-node-exporter-tcp            = 11002
    kibana-tcp                         = 5601
    loki-grafana                       = 3100
    loki-grafana-grpc                  = 9095
    mongodb-27018-tcp                  = 27018
    mongodb-27019-tcp                  = 27019
    mssql-analytics-tcp                = 2383
    mssql-broker-tcp                   = 4022
    nomad-http-tcp                     = 4646
    nomad-rpc-tcp                      = 4647
    nomad-serf-tcp                     = 4648
    octopus-tentacle-tcp               = 10933
    openvpn-https-tcp                  = 443
    openvpn-tcp                        = 943
    prometheus-node-exporter-http-tcp  = 9100
    prometheus-pushgateway-http-tcp    = 9091
    promtail-http                      = 9080
    puppet-tcp                         = 8140
    puppetdb-tcp                       = 8081
    rabbitmq-15672-tcp                 = 15672
    rabbitmq-25672-tcp                 = 25672
    rabbitmq-4369-tcp                  = 4369
    rabbitmq-5671-tcp                  = 5671
    smtp-submission-2587-tcp           = 2587
    smtp-submission-587-tcp            = 587
    smtps-2456-tcp                     = 2465
    splunk-hec-tcp                     = 8088
    splunk-indexer-tcp                 = 9997
    splunk-splunkd-tcp                 = 8089
    storm-nimbus-tcp                   = 6627
    storm-ui-tcp                       = 8080
    vault-tcp                          = 8200
    wazuh-dashboard                    = 443
    wazuh-indexer-restful-api          = 9200
    wazuh-server-agent-cluster-daemon  = 1516
    wazuh-server-agent-connection-tcp  = 1514
    wazuh-server-agent-enrollment      = 1515
    wazuh-server-restful-api           = 55000
    wazuh-server-syslog-collector-tcp  = 514
    web-jmx-tcp                        = 1099
    zabbix-agent                       = 10050
    zabbix-proxy                       = 10051
    zabbix-server                      = 10051
    zipkin-admin-query-tcp             = 9901
    zipkin-admin-tcp                   = 9990
    zipkin-admin-web-tcp               = 9991
    zipkin-query-tcp                   = 9411
    zipkin-web-tcp                     = 8080
    zookeeper-2182-tls-tcp             = 2182
    zookeeper-2888-tcp                 = 2888
    zookeeper-3888-tcp                 = 3888
    zookeeper-jmx-tcp                  = 7199
  }
  more_udp = {
    carbon-line-in-udp                = 2003
    carbon-pickle-udp                 = 2013
    consul-dns-udp                    = 8600
    consul-serf-lan-udp               = 8301
    consul-serf-wan-udp               = 8302
    docker-swarm-node-udp             = 7946
    docker-swarm-overlay-udp          = 4789
    graphite-8125-udp                 = 8125
    ipsec-4500-udp                    = 4500
    ipsec-500-udp                     = 500
    nomad-serf-udp                    = 4648
    openvpn-udp                       = 1194
    wazuh-server-agent-connection-udp = 1514
    wazuh-server-syslog-collector-udp = 514
  }
  rules = merge(
    { for name, port in local.more_tcp : name => [port, port, "tcp", local.unknown[3]] },
    { for name, port in local.more_udp : name => [port, port, "udp", local.unknown[3]] },
    {
      saltstack-tcp        = [4505, 4506, "tcp", local.unknown[3]]
      solr-tcp             = [8983, 8987, "tcp", local.unknown[3]]
      storm-supervisor-tcp = [6700, 6703, "tcp", local.unknown[3]]
    },
    var.rules,
  )
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
  from_port         = lookup(local.rules, var.ingress_rules[count.index], local.unknown)[0]
  to_port           = lookup(local.rules, var.ingress_rules[count.index], local.unknown)[1]
  protocol          = lookup(local.rules, var.ingress_rules[count.index], local.unknown)[2]
  description       = lookup(local.rules, var.ingress_rules[count.index], local.unknown)[3]

  source_security_group_id = null
  self                     = null
}

resource "aws_security_group_rule" "ingress_with_cidr_blocks" {
  count             = var.create ? length(var.ingress_with_cidr_blocks) : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.ingress_with_cidr_blocks[count.index], "from_port", lookup(local.rules, lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.ingress_with_cidr_blocks[count.index], "to_port", lookup(local.rules, lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.ingress_with_cidr_blocks[count.index], "protocol", lookup(local.rules, lookup(var.ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = compact(split(",", lookup(var.ingress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.ingress_cidr_blocks))))
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "ingress_with_ipv6_cidr_blocks" {
  count             = var.create ? length(var.ingress_with_ipv6_cidr_blocks) : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "from_port", lookup(local.rules, lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "to_port", lookup(local.rules, lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "protocol", lookup(local.rules, lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = compact(split(",", lookup(var.ingress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.ingress_ipv6_cidr_blocks))))
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "ingress_with_self" {
  count             = var.create ? length(var.ingress_with_self) : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.ingress_with_self[count.index], "from_port", lookup(local.rules, lookup(var.ingress_with_self[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.ingress_with_self[count.index], "to_port", lookup(local.rules, lookup(var.ingress_with_self[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.ingress_with_self[count.index], "protocol", lookup(local.rules, lookup(var.ingress_with_self[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = lookup(var.ingress_with_self[count.index], "self", true)
  source_security_group_id = null
}

resource "aws_security_group_rule" "ingress_with_source_security_group_id" {
  count             = var.create ? length(var.ingress_with_source_security_group_id) : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.ingress_with_source_security_group_id[count.index], "from_port", lookup(local.rules, lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.ingress_with_source_security_group_id[count.index], "to_port", lookup(local.rules, lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.ingress_with_source_security_group_id[count.index], "protocol", lookup(local.rules, lookup(var.ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[2])

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
  from_port         = lookup(local.rules, var.computed_ingress_rules[count.index], local.unknown)[0]
  to_port           = lookup(local.rules, var.computed_ingress_rules[count.index], local.unknown)[1]
  protocol          = lookup(local.rules, var.computed_ingress_rules[count.index], local.unknown)[2]
  description       = lookup(local.rules, var.computed_ingress_rules[count.index], local.unknown)[3]

  source_security_group_id = null
  self                     = null
}

resource "aws_security_group_rule" "computed_ingress_with_cidr_blocks" {
  count             = var.create ? var.number_of_computed_ingress_with_cidr_blocks : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_cidr_blocks[count.index], "from_port", lookup(local.rules, lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_ingress_with_cidr_blocks[count.index], "to_port", lookup(local.rules, lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_ingress_with_cidr_blocks[count.index], "protocol", lookup(local.rules, lookup(var.computed_ingress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = compact(split(",", lookup(var.computed_ingress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.ingress_cidr_blocks))))
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_ingress_with_ipv6_cidr_blocks" {
  count             = var.create ? var.number_of_computed_ingress_with_ipv6_cidr_blocks : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "from_port", lookup(local.rules, lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "to_port", lookup(local.rules, lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "protocol", lookup(local.rules, lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = compact(split(",", lookup(var.computed_ingress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.ingress_ipv6_cidr_blocks))))
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_ingress_with_self" {
  count             = var.create ? var.number_of_computed_ingress_with_self : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_self[count.index], "from_port", lookup(local.rules, lookup(var.computed_ingress_with_self[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_ingress_with_self[count.index], "to_port", lookup(local.rules, lookup(var.computed_ingress_with_self[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_ingress_with_self[count.index], "protocol", lookup(local.rules, lookup(var.computed_ingress_with_self[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = lookup(var.computed_ingress_with_self[count.index], "self", true)
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_ingress_with_source_security_group_id" {
  count             = var.create ? var.number_of_computed_ingress_with_source_security_group_id : 0
  security_group_id = local.id
  type              = "ingress"
  from_port         = lookup(var.computed_ingress_with_source_security_group_id[count.index], "from_port", lookup(local.rules, lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_ingress_with_source_security_group_id[count.index], "to_port", lookup(local.rules, lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_ingress_with_source_security_group_id[count.index], "protocol", lookup(local.rules, lookup(var.computed_ingress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[2])

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
  from_port         = lookup(local.rules, var.egress_rules[count.index], local.unknown)[0]
  to_port           = lookup(local.rules, var.egress_rules[count.index], local.unknown)[1]
  protocol          = lookup(local.rules, var.egress_rules[count.index], local.unknown)[2]
  description       = lookup(local.rules, var.egress_rules[count.index], local.unknown)[3]

  source_security_group_id = null
  self                     = null
}

resource "aws_security_group_rule" "egress_with_cidr_blocks" {
  count             = var.create ? length(var.egress_with_cidr_blocks) : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.egress_with_cidr_blocks[count.index], "from_port", lookup(local.rules, lookup(var.egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.egress_with_cidr_blocks[count.index], "to_port", lookup(local.rules, lookup(var.egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.egress_with_cidr_blocks[count.index], "protocol", lookup(local.rules, lookup(var.egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = compact(split(",", lookup(var.egress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.egress_cidr_blocks))))
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "egress_with_ipv6_cidr_blocks" {
  count             = var.create ? length(var.egress_with_ipv6_cidr_blocks) : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "from_port", lookup(local.rules, lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "to_port", lookup(local.rules, lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.egress_with_ipv6_cidr_blocks[count.index], "protocol", lookup(local.rules, lookup(var.egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = compact(split(",", lookup(var.egress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.egress_ipv6_cidr_blocks))))
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "egress_with_self" {
  count             = var.create ? length(var.egress_with_self) : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.egress_with_self[count.index], "from_port", lookup(local.rules, lookup(var.egress_with_self[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.egress_with_self[count.index], "to_port", lookup(local.rules, lookup(var.egress_with_self[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.egress_with_self[count.index], "protocol", lookup(local.rules, lookup(var.egress_with_self[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = lookup(var.egress_with_self[count.index], "self", true)
  source_security_group_id = null
}

resource "aws_security_group_rule" "egress_with_source_security_group_id" {
  count             = var.create ? length(var.egress_with_source_security_group_id) : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.egress_with_source_security_group_id[count.index], "from_port", lookup(local.rules, lookup(var.egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.egress_with_source_security_group_id[count.index], "to_port", lookup(local.rules, lookup(var.egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.egress_with_source_security_group_id[count.index], "protocol", lookup(local.rules, lookup(var.egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[2])

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
  from_port         = lookup(local.rules, var.computed_egress_rules[count.index], local.unknown)[0]
  to_port           = lookup(local.rules, var.computed_egress_rules[count.index], local.unknown)[1]
  protocol          = lookup(local.rules, var.computed_egress_rules[count.index], local.unknown)[2]
  description       = lookup(local.rules, var.computed_egress_rules[count.index], local.unknown)[3]

  source_security_group_id = null
  self                     = null
}

resource "aws_security_group_rule" "computed_egress_with_cidr_blocks" {
  count             = var.create ? var.number_of_computed_egress_with_cidr_blocks : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_cidr_blocks[count.index], "from_port", lookup(local.rules, lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_egress_with_cidr_blocks[count.index], "to_port", lookup(local.rules, lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_egress_with_cidr_blocks[count.index], "protocol", lookup(local.rules, lookup(var.computed_egress_with_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = compact(split(",", lookup(var.computed_egress_with_cidr_blocks[count.index], "cidr_blocks", join(",", var.egress_cidr_blocks))))
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_egress_with_ipv6_cidr_blocks" {
  count             = var.create ? var.number_of_computed_egress_with_ipv6_cidr_blocks : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "from_port", lookup(local.rules, lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "to_port", lookup(local.rules, lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "protocol", lookup(local.rules, lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = compact(split(",", lookup(var.computed_egress_with_ipv6_cidr_blocks[count.index], "ipv6_cidr_blocks", join(",", var.egress_ipv6_cidr_blocks))))
  self                     = null
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_egress_with_self" {
  count             = var.create ? var.number_of_computed_egress_with_self : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_self[count.index], "from_port", lookup(local.rules, lookup(var.computed_egress_with_self[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_egress_with_self[count.index], "to_port", lookup(local.rules, lookup(var.computed_egress_with_self[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_egress_with_self[count.index], "protocol", lookup(local.rules, lookup(var.computed_egress_with_self[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = lookup(var.computed_egress_with_self[count.index], "self", true)
  source_security_group_id = null
}

resource "aws_security_group_rule" "computed_egress_with_source_security_group_id" {
  count             = var.create ? var.number_of_computed_egress_with_source_security_group_id : 0
  security_group_id = local.id
  type              = "egress"
  from_port         = lookup(var.computed_egress_with_source_security_group_id[count.index], "from_port", lookup(local.rules, lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[0])
  to_port           = lookup(var.computed_egress_with_source_security_group_id[count.index], "to_port", lookup(local.rules, lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[1])
  protocol          = lookup(var.computed_egress_with_source_security_group_id[count.index], "protocol", lookup(local.rules, lookup(var.computed_egress_with_source_security_group_id[count.index], "rule", "_"), local.unknown)[2])

  cidr_blocks              = null
  ipv6_cidr_blocks         = null
  self                     = null
  source_security_group_id = var.computed_egress_with_source_security_group_id[count.index].source_security_group_id
}

output "security_group_id" { value = try(aws_security_group.this[0].id, aws_security_group.this_name_prefix[0].id, "") }
output "security_group_arn" { value = try(aws_security_group.this[0].arn, aws_security_group.this_name_prefix[0].arn, "") }
output "security_group_name" { value = try(aws_security_group.this[0].name, aws_security_group.this_name_prefix[0].name, "") }
output "security_group_vpc_id" { value = try(aws_security_group.this[0].vpc_id, aws_security_group.this_name_prefix[0].vpc_id, "") }
