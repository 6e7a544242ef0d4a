# https://registry.terraform.io/modules/terraform-aws-modules/vpc/aws
model {
  since = "4.0"
  until = 6
}

variable "create_vpc" { default = true }
variable "name" { default = "" }
variable "region" { default = null }
variable "cidr" { default = "10.0.0.0/16" }
variable "use_ipam_pool" { default = false }
variable "secondary_cidr_blocks" { default = [] }
variable "azs" { default = [] }
variable "instance_tenancy" { default = "default" }
variable "enable_dns_hostnames" { default = true }
variable "enable_dns_support" { default = true }
variable "enable_ipv6" { default = false }
variable "map_public_ip_on_launch" { default = false }
variable "create_igw" { default = true }
variable "create_multiple_public_route_tables" { default = false }
variable "create_multiple_intra_route_tables" { default = false }
variable "create_private_nat_gateway_route" { default = true }
variable "create_database_subnet_group" { default = true }
variable "create_database_subnet_route_table" { default = false }
variable "create_database_internet_gateway_route" { default = false }
variable "create_database_nat_gateway_route" { default = false }
variable "database_subnet_group_name" { default = null }
variable "enable_nat_gateway" { default = false }
variable "single_nat_gateway" { default = false }
variable "one_nat_gateway_per_az" { default = false }
variable "reuse_nat_ips" { default = false }
variable "external_nat_ip_ids" { default = [] }
variable "nat_gateway_destination_cidr_block" { default = "0.0.0.0/0" }
variable "manage_default_security_group" { default = true }
variable "default_security_group_name" { default = null }
variable "default_security_group_ingress" {
  type    = list(map(string))
  default = []
}
variable "default_security_group_egress" {
  type    = list(map(string))
  default = []
}
variable "default_security_group_tags" { default = {} }
variable "tags" { default = {} }
variable "vpc_tags" { default = {} }
variable "igw_tags" { default = {} }
variable "public_subnets" { default = [] }
variable "public_subnet_names" { default = [] }
variable "public_subnet_suffix" { default = "public" }
variable "public_subnet_tags" { default = {} }
variable "public_subnet_ipv6_prefixes" { default = [] }
variable "public_subnet_ipv6_native" { default = false }
variable "public_route_table_tags" { default = {} }
variable "public_dedicated_network_acl" { default = false }
variable "private_subnets" { default = [] }
variable "private_subnet_names" { default = [] }
variable "private_subnet_suffix" { default = "private" }
variable "private_subnet_tags" { default = {} }
variable "private_subnet_ipv6_prefixes" { default = [] }
variable "private_subnet_ipv6_native" { default = false }
variable "private_route_table_tags" { default = {} }
variable "private_dedicated_network_acl" { default = false }
variable "database_subnets" { default = [] }
variable "database_subnet_names" { default = [] }
variable "database_subnet_suffix" { default = "db" }
variable "database_subnet_tags" { default = {} }
variable "database_subnet_ipv6_prefixes" { default = [] }
variable "database_subnet_ipv6_native" { default = false }
variable "database_route_table_tags" { default = {} }
variable "database_dedicated_network_acl" { default = false }
variable "intra_subnets" { default = [] }
variable "intra_subnet_names" { default = [] }
variable "intra_subnet_suffix" { default = "intra" }
variable "intra_subnet_tags" { default = {} }
variable "intra_subnet_ipv6_prefixes" { default = [] }
variable "intra_subnet_ipv6_native" { default = false }
variable "intra_route_table_tags" { default = {} }
variable "intra_dedicated_network_acl" { default = false }

# These tiers are counted here, because their number decides that of the NAT gateways; their subnets are not modelled.
variable "redshift_subnets" { default = [] }
variable "elasticache_subnets" { default = [] }

locals {
  vpc_id = try(aws_vpc_ipv4_cidr_block_association.this[0].vpc_id, aws_vpc.this[0].id, "")

  public   = var.create_vpc ? max(length(var.public_subnets), length(var.public_subnet_ipv6_prefixes)) : 0
  private  = var.create_vpc ? max(length(var.private_subnets), length(var.private_subnet_ipv6_prefixes)) : 0
  database = var.create_vpc ? max(length(var.database_subnets), length(var.database_subnet_ipv6_prefixes)) : 0
  intra    = var.create_vpc ? max(length(var.intra_subnets), length(var.intra_subnet_ipv6_prefixes)) : 0
  widest   = max(local.public, local.private, local.database, length(var.redshift_subnets), length(var.elasticache_subnets))

  gateways      = var.single_nat_gateway ? 1 : var.one_nat_gateway_per_az ? length(var.azs) : local.widest
  public_tables = local.public == 0 ? 0 : var.create_multiple_public_route_tables ? local.public : 1
  own_tables    = local.database > 0 && var.create_database_subnet_route_table
  one_table     = var.single_nat_gateway || var.create_database_internet_gateway_route
}

resource "aws_vpc" "this" {
  count                = var.create_vpc ? 1 : 0
  region               = var.region
  cidr_block           = var.use_ipam_pool ? null : var.cidr
  instance_tenancy     = var.instance_tenancy
  enable_dns_hostnames = var.enable_dns_hostnames
  enable_dns_support   = var.enable_dns_support
  tags                 = merge({ Name = var.name }, var.tags, var.vpc_tags)
}

resource "aws_vpc_ipv4_cidr_block_association" "this" {
  count      = var.create_vpc ? length(var.secondary_cidr_blocks) : 0
  region     = var.region
  vpc_id     = aws_vpc.this[0].id
  cidr_block = var.secondary_cidr_blocks[count.index]
}

resource "aws_internet_gateway" "this" {
  count  = local.public > 0 && var.create_igw ? 1 : 0
  region = var.region
  vpc_id = local.vpc_id
  tags   = merge({ Name = var.name }, var.tags, var.igw_tags)
}

resource "aws_subnet" "public" {
  count                   = local.public > 0 && (!var.one_nat_gateway_per_az || local.public >= length(var.azs)) ? local.public : 0
  region                  = var.region
  vpc_id                  = local.vpc_id
  cidr_block              = var.public_subnet_ipv6_native ? null : element(concat(var.public_subnets, [""]), count.index)
  ipv6_native             = var.enable_ipv6 && var.public_subnet_ipv6_native
  ipv6_cidr_block         = var.enable_ipv6 ? modelled::unknown("the IPv6 range of a subnet") : null
  availability_zone       = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? element(var.azs, count.index) : null
  map_public_ip_on_launch = var.map_public_ip_on_launch
  tags = merge(
    { Name = try(var.public_subnet_names[count.index], "${var.name}-${var.public_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags,
    var.public_subnet_tags,
  )
}

resource "aws_subnet" "private" {
  count                   = local.private
  region                  = var.region
  vpc_id                  = local.vpc_id
  cidr_block              = var.private_subnet_ipv6_native ? null : element(concat(var.private_subnets, [""]), count.index)
  ipv6_native             = var.enable_ipv6 && var.private_subnet_ipv6_native
  ipv6_cidr_block         = var.enable_ipv6 ? modelled::unknown("the IPv6 range of a subnet") : null
  availability_zone       = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? element(var.azs, count.index) : null
  map_public_ip_on_launch = null
  tags = merge(
    { Name = try(var.private_subnet_names[count.index], "${var.name}-${var.private_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags,
    var.private_subnet_tags,
  )
}

resource "aws_subnet" "database" {
  count                   = local.database
  region                  = var.region
  vpc_id                  = local.vpc_id
  cidr_block              = var.database_subnet_ipv6_native ? null : element(concat(var.database_subnets, [""]), count.index)
  ipv6_native             = var.enable_ipv6 && var.database_subnet_ipv6_native
  ipv6_cidr_block         = var.enable_ipv6 ? modelled::unknown("the IPv6 range of a subnet") : null
  availability_zone       = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? element(var.azs, count.index) : null
  map_public_ip_on_launch = null
  tags = merge(
    { Name = try(var.database_subnet_names[count.index], "${var.name}-${var.database_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags,
    var.database_subnet_tags,
  )
}

resource "aws_subnet" "intra" {
  count                   = local.intra
  region                  = var.region
  vpc_id                  = local.vpc_id
  cidr_block              = var.intra_subnet_ipv6_native ? null : element(concat(var.intra_subnets, [""]), count.index)
  ipv6_native             = var.enable_ipv6 && var.intra_subnet_ipv6_native
  ipv6_cidr_block         = var.enable_ipv6 ? modelled::unknown("the IPv6 range of a subnet") : null
  availability_zone       = can(regex("^[a-z]{2}-", element(var.azs, count.index))) ? element(var.azs, count.index) : null
  map_public_ip_on_launch = null
  tags = merge(
    { Name = try(var.intra_subnet_names[count.index], "${var.name}-${var.intra_subnet_suffix}-${element(var.azs, count.index)}") },
    var.tags,
    var.intra_subnet_tags,
  )
}

resource "aws_route_table" "public" {
  count            = local.public_tables
  region           = var.region
  vpc_id           = local.vpc_id
  route            = null
  propagating_vgws = null
  tags = merge(
    { Name = var.create_multiple_public_route_tables ? "${var.name}-${var.public_subnet_suffix}-${element(var.azs, count.index)}" : "${var.name}-${var.public_subnet_suffix}" },
    var.tags,
    var.public_route_table_tags,
  )
}

resource "aws_route_table_association" "public" {
  count          = local.public
  region         = var.region
  gateway_id     = null
  subnet_id      = element(aws_subnet.public[*].id, count.index)
  route_table_id = element(aws_route_table.public[*].id, var.create_multiple_public_route_tables ? count.index : 0)
}

resource "aws_route" "public_internet_gateway" {
  count                  = var.create_igw ? local.public_tables : 0
  region                 = var.region
  route_table_id         = aws_route_table.public[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route" "public_internet_gateway_ipv6" {
  count                       = var.create_igw && var.enable_ipv6 ? local.public_tables : 0
  region                      = var.region
  route_table_id              = aws_route_table.public[count.index].id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.this[0].id
}

resource "aws_route_table" "private" {
  count            = local.private > 0 && local.widest > 0 ? local.gateways : 0
  region           = var.region
  vpc_id           = local.vpc_id
  route            = null
  propagating_vgws = null
  tags = merge(
    { Name = var.single_nat_gateway ? "${var.name}-${var.private_subnet_suffix}" : "${var.name}-${var.private_subnet_suffix}-${element(var.azs, count.index)}" },
    var.tags,
    var.private_route_table_tags,
  )
}

resource "aws_route_table_association" "private" {
  count          = local.private
  region         = var.region
  gateway_id     = null
  subnet_id      = element(aws_subnet.private[*].id, count.index)
  route_table_id = element(aws_route_table.private[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_eip" "nat" {
  count  = var.create_vpc && var.enable_nat_gateway && !var.reuse_nat_ips ? local.gateways : 0
  region = var.region
}

resource "aws_nat_gateway" "this" {
  count         = var.create_vpc && var.enable_nat_gateway ? local.gateways : 0
  region        = var.region
  allocation_id = element(var.reuse_nat_ips ? var.external_nat_ip_ids : aws_eip.nat[*].id, var.single_nat_gateway ? 0 : count.index)
  subnet_id     = element(aws_subnet.public[*].id, var.single_nat_gateway ? 0 : count.index)
}

resource "aws_route" "private_nat_gateway" {
  count                  = var.create_vpc && var.enable_nat_gateway && var.create_private_nat_gateway_route ? local.gateways : 0
  region                 = var.region
  route_table_id         = element(aws_route_table.private[*].id, count.index)
  destination_cidr_block = var.nat_gateway_destination_cidr_block
  nat_gateway_id         = element(aws_nat_gateway.this[*].id, count.index)
}

resource "aws_route_table" "database" {
  count            = local.own_tables ? local.one_table ? 1 : local.database : 0
  region           = var.region
  vpc_id           = local.vpc_id
  route            = null
  propagating_vgws = null
}

resource "aws_route_table_association" "database" {
  count      = local.database
  region     = var.region
  gateway_id = null
  subnet_id  = element(aws_subnet.database[*].id, count.index)
  route_table_id = element(
    coalescelist(aws_route_table.database[*].id, aws_route_table.private[*].id),
    var.create_database_subnet_route_table && local.one_table ? 0 : count.index,
  )
}

resource "aws_route" "database_internet_gateway" {
  count                  = local.own_tables && var.create_igw && var.create_database_internet_gateway_route && !var.create_database_nat_gateway_route ? 1 : 0
  region                 = var.region
  route_table_id         = aws_route_table.database[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_db_subnet_group" "database" {
  count      = local.database > 0 && var.create_database_subnet_group ? 1 : 0
  region     = var.region
  name       = lower(coalesce(var.database_subnet_group_name, var.name))
  subnet_ids = aws_subnet.database[*].id
}

resource "aws_route_table" "intra" {
  count            = local.intra == 0 ? 0 : var.create_multiple_intra_route_tables ? local.intra : 1
  region           = var.region
  vpc_id           = local.vpc_id
  route            = null
  propagating_vgws = null
}

resource "aws_route_table_association" "intra" {
  count          = local.intra
  region         = var.region
  gateway_id     = null
  subnet_id      = element(aws_subnet.intra[*].id, count.index)
  route_table_id = element(aws_route_table.intra[*].id, var.create_multiple_intra_route_tables ? count.index : 0)
}

resource "aws_default_security_group" "this" {
  count  = var.create_vpc && var.manage_default_security_group ? 1 : 0
  region = var.region
  vpc_id = aws_vpc.this[0].id

  dynamic "ingress" {
    for_each = var.default_security_group_ingress
    content {
      self             = lookup(ingress.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(ingress.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(ingress.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(ingress.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(ingress.value, "security_groups", "")))
      description      = lookup(ingress.value, "description", null)
      from_port        = lookup(ingress.value, "from_port", 0)
      to_port          = lookup(ingress.value, "to_port", 0)
      protocol         = lookup(ingress.value, "protocol", "-1")
    }
  }

  dynamic "egress" {
    for_each = var.default_security_group_egress
    content {
      self             = lookup(egress.value, "self", null)
      cidr_blocks      = compact(split(",", lookup(egress.value, "cidr_blocks", "")))
      ipv6_cidr_blocks = compact(split(",", lookup(egress.value, "ipv6_cidr_blocks", "")))
      prefix_list_ids  = compact(split(",", lookup(egress.value, "prefix_list_ids", "")))
      security_groups  = compact(split(",", lookup(egress.value, "security_groups", "")))
      description      = lookup(egress.value, "description", null)
      from_port        = lookup(egress.value, "from_port", 0)
      to_port          = lookup(egress.value, "to_port", 0)
      protocol         = lookup(egress.value, "protocol", "-1")
    }
  }
  tags = merge({ Name = coalesce(var.default_security_group_name, "${var.name}-default") }, var.tags, var.default_security_group_tags)
}

# The rules of network ACLs of their own are not modelled.
resource "aws_network_acl" "public" {
  count      = local.public > 0 && var.public_dedicated_network_acl ? 1 : 0
  region     = var.region
  vpc_id     = local.vpc_id
  subnet_ids = aws_subnet.public[*].id
}

# The rules of network ACLs of their own are not modelled.
resource "aws_network_acl" "private" {
  count      = local.private > 0 && var.private_dedicated_network_acl ? 1 : 0
  region     = var.region
  vpc_id     = local.vpc_id
  subnet_ids = aws_subnet.private[*].id
}

# The rules of network ACLs of their own are not modelled.
resource "aws_network_acl" "database" {
  count      = local.database > 0 && var.database_dedicated_network_acl ? 1 : 0
  region     = var.region
  vpc_id     = local.vpc_id
  subnet_ids = aws_subnet.database[*].id
}

# The rules of network ACLs of their own are not modelled.
resource "aws_network_acl" "intra" {
  count      = local.intra > 0 && var.intra_dedicated_network_acl ? 1 : 0
  region     = var.region
  vpc_id     = local.vpc_id
  subnet_ids = aws_subnet.intra[*].id
}

output "vpc_id" { value = try(aws_vpc.this[0].id, null) }
output "vpc_arn" { value = try(aws_vpc.this[0].arn, null) }
output "vpc_cidr_block" { value = try(aws_vpc.this[0].cidr_block, null) }
output "vpc_secondary_cidr_blocks" { value = compact(aws_vpc_ipv4_cidr_block_association.this[*].cidr_block) }
output "default_security_group_id" { value = try(aws_vpc.this[0].default_security_group_id, null) }
output "igw_id" { value = try(aws_internet_gateway.this[0].id, null) }
output "natgw_ids" { value = aws_nat_gateway.this[*].id }
output "nat_ids" { value = aws_eip.nat[*].id }
output "database_subnet_group" { value = try(aws_db_subnet_group.database[0].id, null) }
output "database_subnet_group_name" { value = try(aws_db_subnet_group.database[0].name, null) }
output "azs" { value = var.azs }
output "name" { value = var.name }
output "public_subnets" { value = aws_subnet.public[*].id }
output "public_subnet_arns" { value = aws_subnet.public[*].arn }
output "public_subnets_cidr_blocks" { value = compact(aws_subnet.public[*].cidr_block) }
output "private_subnets" { value = aws_subnet.private[*].id }
output "private_subnet_arns" { value = aws_subnet.private[*].arn }
output "private_subnets_cidr_blocks" { value = compact(aws_subnet.private[*].cidr_block) }
output "database_subnets" { value = aws_subnet.database[*].id }
output "database_subnet_arns" { value = aws_subnet.database[*].arn }
output "database_subnets_cidr_blocks" { value = compact(aws_subnet.database[*].cidr_block) }
output "intra_subnets" { value = aws_subnet.intra[*].id }
output "intra_subnet_arns" { value = aws_subnet.intra[*].arn }
output "intra_subnets_cidr_blocks" { value = compact(aws_subnet.intra[*].cidr_block) }
output "public_route_table_ids" { value = aws_route_table.public[*].id }
output "private_route_table_ids" { value = aws_route_table.private[*].id }
output "intra_route_table_ids" { value = aws_route_table.intra[*].id }
