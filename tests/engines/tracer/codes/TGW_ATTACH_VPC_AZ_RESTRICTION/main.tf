# from: a
# to: b
# traffic: tcp/22
# code: TGW_ATTACH_VPC_AZ_RESTRICTION

provider "aws" {
  region = "eu-west-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "far" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc" "look" {
  cidr_block = "10.9.0.0/16"
}

resource "aws_ec2_transit_gateway" "hub" {
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"
}

resource "aws_subnet" "here" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_route_table" "here" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = aws_ec2_transit_gateway.hub.id
  }
}

resource "aws_route_table_association" "here" {
  subnet_id      = aws_subnet.here.id
  route_table_id = aws_route_table.here.id
}

resource "aws_subnet" "there" {
  vpc_id            = aws_vpc.far.id
  cidr_block        = "10.1.1.0/24"
  availability_zone = "eu-west-1b"
}

resource "aws_route_table" "there" {
  vpc_id = aws_vpc.far.id
  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = aws_ec2_transit_gateway.hub.id
  }
}

resource "aws_route_table_association" "there" {
  subnet_id      = aws_subnet.there.id
  route_table_id = aws_route_table.there.id
}

resource "aws_networkfirewall_firewall" "wall" {
  name                = "wall"
  vpc_id              = aws_vpc.look.id
  firewall_policy_arn = aws_networkfirewall_firewall_policy.wall.arn
  subnet_mapping {
    subnet_id = aws_subnet.wall_a.id
  }
  subnet_mapping {
    subnet_id = aws_subnet.wall_b.id
  }
}

resource "aws_networkfirewall_firewall_policy" "wall" {
  name = "wall"
  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]
  }
}

resource "aws_subnet" "wall_a" {
  vpc_id            = aws_vpc.look.id
  cidr_block        = "10.9.1.0/28"
  availability_zone = "eu-west-1a"
}

resource "aws_route_table" "wall_a" {
  vpc_id = aws_vpc.look.id
  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = aws_ec2_transit_gateway.hub.id
  }
}

resource "aws_route_table_association" "wall_a" {
  subnet_id      = aws_subnet.wall_a.id
  route_table_id = aws_route_table.wall_a.id
}

resource "aws_subnet" "in_a" {
  vpc_id            = aws_vpc.look.id
  cidr_block        = "10.9.3.0/28"
  availability_zone = "eu-west-1a"
}

resource "aws_route_table" "in_a" {
  vpc_id = aws_vpc.look.id
  route {
    cidr_block      = "0.0.0.0/0"
    vpc_endpoint_id = tolist(aws_networkfirewall_firewall.wall.firewall_status[0].sync_states)[0].attachment[0].endpoint_id
  }
}

resource "aws_route_table_association" "in_a" {
  subnet_id      = aws_subnet.in_a.id
  route_table_id = aws_route_table.in_a.id
}

resource "aws_subnet" "wall_b" {
  vpc_id            = aws_vpc.look.id
  cidr_block        = "10.9.2.0/28"
  availability_zone = "eu-west-1b"
}

resource "aws_route_table" "wall_b" {
  vpc_id = aws_vpc.look.id
  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = aws_ec2_transit_gateway.hub.id
  }
}

resource "aws_route_table_association" "wall_b" {
  subnet_id      = aws_subnet.wall_b.id
  route_table_id = aws_route_table.wall_b.id
}

resource "aws_subnet" "in_b" {
  vpc_id            = aws_vpc.look.id
  cidr_block        = "10.9.4.0/28"
  availability_zone = "eu-west-1b"
}

resource "aws_route_table" "in_b" {
  vpc_id = aws_vpc.look.id
  route {
    cidr_block      = "0.0.0.0/0"
    vpc_endpoint_id = tolist(aws_networkfirewall_firewall.wall.firewall_status[0].sync_states)[0].attachment[0].endpoint_id
  }
}

resource "aws_route_table_association" "in_b" {
  subnet_id      = aws_subnet.in_b.id
  route_table_id = aws_route_table.in_b.id
}

resource "aws_ec2_transit_gateway_vpc_attachment" "main" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.main.id
  subnet_ids         = [aws_subnet.here.id]
}

resource "aws_ec2_transit_gateway_vpc_attachment" "far" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.far.id
  subnet_ids         = [aws_subnet.there.id]
}

resource "aws_ec2_transit_gateway_vpc_attachment" "look" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.look.id
  subnet_ids         = [aws_subnet.in_a.id, aws_subnet.in_b.id]
}

resource "aws_ec2_transit_gateway_route_table" "spokes" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
}

resource "aws_ec2_transit_gateway_route_table" "back" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
}

resource "aws_ec2_transit_gateway_route_table_association" "main" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.main.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id
}

resource "aws_ec2_transit_gateway_route_table_association" "far" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.far.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id
}

resource "aws_ec2_transit_gateway_route_table_association" "look" {
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.look.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.back.id
}

resource "aws_ec2_transit_gateway_route" "all" {
  destination_cidr_block         = "0.0.0.0/0"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.look.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id
}

resource "aws_ec2_transit_gateway_route" "main" {
  destination_cidr_block         = "10.0.0.0/16"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.main.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.back.id
}

resource "aws_ec2_transit_gateway_route" "far" {
  destination_cidr_block         = "10.1.0.0/16"
  transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.far.id
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.back.id
}

resource "aws_security_group" "open" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "far" {
  vpc_id = aws_vpc.far.id
  ingress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "a" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.here.id
  vpc_security_group_ids = [aws_security_group.open.id]
}

resource "aws_instance" "b" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.there.id
  vpc_security_group_ids = [aws_security_group.far.id]
}
