# Two accounts: the hub holds the transit gateway, the ways to the premises and the inspection; the app is attached.

provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["111122223333"]
}

provider "aws" {
  alias               = "app"
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]
}

# -- the hub's VPC ---------------------------------------------------------------------------------------------------

resource "aws_vpc" "hub" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "hub" }
}

resource "aws_vpc_ipv4_cidr_block_association" "hub_more" {
  vpc_id     = aws_vpc.hub.id
  cidr_block = "100.64.0.0/16"
}

resource "aws_subnet" "hub_edge" {
  vpc_id            = aws_vpc.hub.id
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "hub_inspection" {
  vpc_id            = aws_vpc.hub.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "hub_transit" {
  vpc_id            = aws_vpc.hub.id
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_internet_gateway" "hub" {
  vpc_id = aws_vpc.hub.id
}

resource "aws_eip" "nat" {
  domain = "vpc"
}

resource "aws_eip" "bastion" {
  domain = "vpc"
}

resource "aws_network_interface" "bastion" {
  subnet_id         = aws_subnet.hub_edge.id
  private_ips       = ["10.0.0.10"]
  security_groups   = [aws_security_group.bastion.id]
  source_dest_check = false
}

resource "aws_eip_association" "bastion" {
  public_ip            = aws_eip.bastion.public_ip
  network_interface_id = aws_network_interface.bastion.id
}

resource "aws_nat_gateway" "hub" {
  subnet_id     = aws_subnet.hub_edge.id
  allocation_id = aws_eip.nat.id
}

resource "aws_ec2_managed_prefix_list" "offices" {
  name           = "offices"
  address_family = "IPv4"
  max_entries    = 5
}

resource "aws_ec2_managed_prefix_list_entry" "berlin" {
  prefix_list_id = aws_ec2_managed_prefix_list.offices.id
  cidr           = "192.0.2.0/24"
}

resource "aws_security_group" "bastion" {
  name        = "bastion"
  description = "bastion"
  vpc_id      = aws_vpc.hub.id
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.bastion.id
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  prefix_list_id    = aws_ec2_managed_prefix_list.offices.id
}

resource "aws_vpc_security_group_egress_rule" "out" {
  security_group_id = aws_security_group.bastion.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_network_acl" "edge" {
  vpc_id     = aws_vpc.hub.id
  subnet_ids = [aws_subnet.hub_edge.id]
}

resource "aws_network_acl_rule" "in" {
  network_acl_id = aws_network_acl.edge.id
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 22
  to_port        = 22
  cidr_block     = "0.0.0.0/0"
}

resource "aws_network_acl_rule" "back" {
  network_acl_id = aws_network_acl.edge.id
  egress         = true
  rule_number    = 100
  rule_action    = "allow"
  protocol       = "tcp"
  from_port      = 1024
  to_port        = 65535
  cidr_block     = "0.0.0.0/0"
}

# What comes in is sent through the firewall: a route table of the internet gateway itself.
resource "aws_route_table" "ingress" {
  vpc_id = aws_vpc.hub.id
}

resource "aws_route_table_association" "ingress" {
  gateway_id     = aws_internet_gateway.hub.id
  route_table_id = aws_route_table.ingress.id
}

resource "aws_route_table" "inspection" {
  vpc_id = aws_vpc.hub.id
}

resource "aws_main_route_table_association" "inspection" {
  vpc_id         = aws_vpc.hub.id
  route_table_id = aws_route_table.inspection.id
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.inspection.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.hub.id
}

resource "aws_route" "to_app" {
  route_table_id         = aws_route_table.inspection.id
  destination_cidr_block = "10.1.0.0/16"
  transit_gateway_id     = aws_ec2_transit_gateway.hub.id
}

# -- inspection ------------------------------------------------------------------------------------------------------

resource "aws_networkfirewall_rule_group" "five_tuples" {
  name     = "five-tuples"
  type     = "STATELESS"
  capacity = 100

  rule_group {
    rules_source {
      stateless_rules_and_custom_actions {
        stateless_rule {
          priority = 1
          rule_definition {
            actions = ["aws:drop"]
            match_attributes {
              protocols = [6]
              source {
                address_definition = "0.0.0.0/0"
              }
              destination {
                address_definition = "10.0.0.0/8"
              }
              destination_port {
                from_port = 23
                to_port   = 23
              }
            }
          }
        }
      }
    }
  }
}

resource "aws_networkfirewall_rule_group" "stateful" {
  name     = "stateful"
  type     = "STATEFUL"
  capacity = 50

  rule_group {
    rule_variables {
      ip_sets {
        key = "OURS"
        ip_set {
          definition = ["10.0.0.0/8"]
        }
      }
    }
    rules_source {
      stateful_rule {
        action = "PASS"
        header {
          protocol         = "TCP"
          source           = "$OURS"
          source_port      = "ANY"
          direction        = "FORWARD"
          destination      = "ANY"
          destination_port = "443"
        }
        rule_option {
          keyword  = "sid"
          settings = ["1"]
        }
      }
    }
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }
  }
}

resource "aws_networkfirewall_firewall_policy" "hub" {
  name = "hub"

  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:drop"]
    stateful_default_actions           = ["aws:drop_established"]
    stateless_rule_group_reference {
      priority     = 10
      resource_arn = aws_networkfirewall_rule_group.five_tuples.arn
    }
    stateful_rule_group_reference {
      priority     = 1
      resource_arn = aws_networkfirewall_rule_group.stateful.arn
    }
    stateful_engine_options {
      rule_order              = "STRICT_ORDER"
      stream_exception_policy = "DROP"
    }
  }
}

resource "aws_networkfirewall_firewall" "hub" {
  name                = "hub"
  vpc_id              = aws_vpc.hub.id
  firewall_policy_arn = aws_networkfirewall_firewall_policy.hub.arn

  subnet_mapping {
    subnet_id = aws_subnet.hub_inspection.id
  }
}

# -- transit gateway -------------------------------------------------------------------------------------------------

resource "aws_ec2_transit_gateway" "hub" {
  description                        = "hub"
  default_route_table_association    = "disable"
  default_route_table_propagation    = "disable"
  security_group_referencing_support = "enable"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "hub" {
  transit_gateway_id     = aws_ec2_transit_gateway.hub.id
  vpc_id                 = aws_vpc.hub.id
  subnet_ids             = [aws_subnet.hub_transit.id]
  appliance_mode_support = "enable"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "app" {
  provider                           = aws.app
  transit_gateway_id                 = aws_ec2_transit_gateway.hub.id
  vpc_id                             = aws_vpc.app.id
  subnet_ids                         = [aws_subnet.app.id]
  security_group_referencing_support = "disable"
}

resource "aws_ec2_transit_gateway_peering_attachment" "abroad" {
  transit_gateway_id      = aws_ec2_transit_gateway.hub.id
  peer_transit_gateway_id = "tgw-0eeeeeeeeeeeeeeee"
  peer_account_id         = "111122223333"
  peer_region             = "us-east-1"
}

resource "aws_ec2_transit_gateway_connect" "sdwan" {
  transit_gateway_id      = aws_ec2_transit_gateway.hub.id
  transport_attachment_id = aws_ec2_transit_gateway_vpc_attachment.hub.id
}

resource "aws_ec2_transit_gateway_route_table" "spokes" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  tags               = { Name = "spokes" }
}

resource "aws_ec2_transit_gateway_route_table_association" "app" {
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.app.id
}

resource "aws_ec2_transit_gateway_route_table_propagation" "hub" {
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.hub.id
}

resource "aws_ec2_transit_gateway_route" "everything" {
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id
  destination_cidr_block         = "0.0.0.0/0"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.hub.id
}

resource "aws_ec2_transit_gateway_route" "nowhere" {
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id
  destination_cidr_block         = "10.66.0.0/16"
  blackhole                      = true
}

resource "aws_ram_resource_share" "hub" {
  name                      = "hub"
  allow_external_principals = false
}

resource "aws_ram_resource_association" "hub" {
  resource_share_arn = aws_ram_resource_share.hub.arn
  resource_arn       = aws_ec2_transit_gateway.hub.arn
}

resource "aws_ram_principal_association" "app" {
  resource_share_arn = aws_ram_resource_share.hub.arn
  principal          = "444455556666"
}

# -- the premises ----------------------------------------------------------------------------------------------------

resource "aws_customer_gateway" "office" {
  bgp_asn    = 65000
  ip_address = "198.51.100.7"
  type       = "ipsec.1"
}

resource "aws_vpn_connection" "office" {
  customer_gateway_id = aws_customer_gateway.office.id
  transit_gateway_id  = aws_ec2_transit_gateway.hub.id
  type                = "ipsec.1"
  static_routes_only  = true
}

resource "aws_dx_gateway" "premises" {
  name            = "premises"
  amazon_side_asn = "64512"
}

resource "aws_dx_gateway_association" "hub" {
  dx_gateway_id         = aws_dx_gateway.premises.id
  associated_gateway_id = aws_ec2_transit_gateway.hub.id
  allowed_prefixes      = ["10.0.0.0/15"]
}

resource "aws_dx_transit_virtual_interface" "premises" {
  name           = "premises"
  connection_id  = "dxcon-0a1b2c3d"
  dx_gateway_id  = aws_dx_gateway.premises.id
  vlan           = 4094
  address_family = "ipv4"
  bgp_asn        = 65352
}

# -- PrivateLink and appliances --------------------------------------------------------------------------------------

resource "aws_lb" "appliances" {
  name               = "appliances"
  load_balancer_type = "gateway"
  subnets            = [aws_subnet.hub_inspection.id]
}

resource "aws_lb_target_group" "appliances" {
  name        = "appliances"
  port        = 6081
  protocol    = "GENEVE"
  target_type = "ip"
  vpc_id      = aws_vpc.hub.id
}

resource "aws_lb_target_group_attachment" "appliance" {
  target_group_arn = aws_lb_target_group.appliances.arn
  target_id        = "10.0.1.20"
}

resource "aws_lb_listener" "appliances" {
  load_balancer_arn = aws_lb.appliances.arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.appliances.arn
  }
}

resource "aws_vpc_endpoint_service" "appliances" {
  acceptance_required        = false
  gateway_load_balancer_arns = [aws_lb.appliances.arn]
}

resource "aws_vpc_endpoint_service_allowed_principal" "app" {
  vpc_endpoint_service_id = aws_vpc_endpoint_service.appliances.id
  principal_arn           = "arn:aws:iam::444455556666:root"
}

# -- the app's VPC ---------------------------------------------------------------------------------------------------

resource "aws_vpc" "app" {
  provider   = aws.app
  cidr_block = "10.1.0.0/16"
  tags       = { Name = "app" }
}

resource "aws_subnet" "app" {
  provider          = aws.app
  vpc_id            = aws_vpc.app.id
  cidr_block        = "10.1.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_vpc_endpoint" "appliances" {
  provider          = aws.app
  vpc_id            = aws_vpc.app.id
  vpc_endpoint_type = "GatewayLoadBalancer"
  service_name      = aws_vpc_endpoint_service.appliances.service_name
  subnet_ids        = [aws_subnet.app.id]
}

resource "aws_vpc_peering_connection" "app" {
  vpc_id        = aws_vpc.hub.id
  peer_vpc_id   = aws_vpc.app.id
  peer_owner_id = "444455556666"
}

resource "aws_route_table" "app" {
  provider = aws.app
  vpc_id   = aws_vpc.app.id
}

resource "aws_route_table_association" "app" {
  provider       = aws.app
  subnet_id      = aws_subnet.app.id
  route_table_id = aws_route_table.app.id
}

resource "aws_route" "app_to_hub" {
  provider                  = aws.app
  route_table_id            = aws_route_table.app.id
  destination_cidr_block    = "10.0.0.0/16"
  vpc_peering_connection_id = aws_vpc_peering_connection.app.id
}

resource "aws_lb" "api" {
  provider           = aws.app
  name               = "api"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.app.id]

  enable_cross_zone_load_balancing = true
}

resource "aws_lb_target_group" "api" {
  provider           = aws.app
  name               = "api"
  port               = 443
  protocol           = "TCP"
  target_type        = "ip"
  vpc_id             = aws_vpc.app.id
  preserve_client_ip = "true"
}

resource "aws_lb_target_group_attachment" "api" {
  provider         = aws.app
  target_group_arn = aws_lb_target_group.api.arn
  target_id        = "10.1.0.20"
  port             = 8443
}

resource "aws_lb_listener" "api" {
  provider          = aws.app
  load_balancer_arn = aws_lb.api.arn
  port              = 443
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}

resource "aws_globalaccelerator_accelerator" "edge" {
  provider = aws.app
  name     = "edge"
}

resource "aws_globalaccelerator_listener" "edge" {
  provider        = aws.app
  accelerator_arn = aws_globalaccelerator_accelerator.edge.arn
  protocol        = "TCP"
  port_range {
    from_port = 443
    to_port   = 443
  }
}

resource "aws_globalaccelerator_endpoint_group" "edge" {
  provider              = aws.app
  listener_arn          = aws_globalaccelerator_listener.edge.arn
  endpoint_group_region = "eu-west-1"
  endpoint_configuration {
    endpoint_id                    = aws_lb.api.arn
    weight                         = 100
    client_ip_preservation_enabled = true
  }
}

resource "aws_vpc_block_public_access_options" "app" {
  provider                    = aws.app
  internet_gateway_block_mode = "block-bidirectional"
}

resource "aws_vpc_block_public_access_exclusion" "app" {
  provider                        = aws.app
  vpc_id                          = aws_vpc.app.id
  internet_gateway_exclusion_mode = "allow-egress"
}
