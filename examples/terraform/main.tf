# The reaper, deployed from Terraform. Before `terraform apply`, and after each update of the package:
#   npx athena-session-reaper template --out build

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "bucket" {
  description = "A bucket in the region of the stack, for the template and the code of the function"
  type        = string
}

variable "idle_minutes" {
  description = "Idle sessions are ended after this many minutes"
  type        = number
  default     = 30
}

variable "mail" {
  description = "Who gets alarms and digests; the address must confirm the subscription. Empty: nobody"
  type        = string
  default     = ""
}

locals {
  folder   = "${path.module}/build"
  template = "${local.folder}/template.json"
  code     = jsondecode(file(local.template)).Parameters.CodeKey.Default
}

data "aws_s3_bucket" "this" {
  bucket = var.bucket
}

resource "aws_s3_object" "code" {
  bucket = var.bucket
  key    = local.code
  source = "${local.folder}/${local.code}"
}

resource "aws_s3_object" "template" {
  bucket = var.bucket
  # Another key for another template: Terraform updates the stack where its address changes.
  key    = "athena-session-reaper-${filesha256(local.template)}.json"
  source = local.template
}

resource "aws_cloudformation_stack" "reaper" {
  name         = "athena-session-reaper"
  template_url = "https://${data.aws_s3_bucket.this.bucket_regional_domain_name}/${aws_s3_object.template.key}"
  capabilities = ["CAPABILITY_NAMED_IAM"]

  parameters = {
    CodeBucket  = var.bucket
    CodeKey     = aws_s3_object.code.key
    IdleMinutes = var.idle_minutes
    Mail        = var.mail
  }
}

output "commands" {
  description = "Commands that operate the reaper"
  value       = aws_cloudformation_stack.reaper.outputs
}
