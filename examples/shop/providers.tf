terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.60, < 7.0"
    }
  }
}

# The shop itself: network, web, application, database, functions.
provider "aws" {
  alias               = "shop"
  region              = var.region
  allowed_account_ids = [var.account_ids.shop]

  assume_role {
    role_arn     = "arn:aws:iam::${var.account_ids.shop}:role/terraform"
    session_name = "shop"
  }

  default_tags {
    tags = local.tags
  }
}

# Customer data lives in an account of its own.
provider "aws" {
  alias               = "data"
  region              = var.region
  allowed_account_ids = [var.account_ids.data]

  assume_role {
    role_arn     = "arn:aws:iam::${var.account_ids.data}:role/terraform"
    session_name = "shop"
  }

  default_tags {
    tags = local.tags
  }
}
