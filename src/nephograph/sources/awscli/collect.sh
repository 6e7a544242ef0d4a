#!/bin/sh
# Writes what nephograph reads of an AWS account into accounts/<account>/<region>/<service>/<operation>.json:
#
#   sh collect.sh [REGION...]      # default: every region that is enabled
#   neph load accounts/
#
# It needs the AWS CLI version 2 and credentials that may list and read (the managed policies SecurityAudit and
# ViewOnlyAccess do). It changes nothing. An answer that is refused is kept as the error it is, so that nothing that
# was not seen is taken for absent. Secrets are not asked for.
set -u
account=$(aws sts get-caller-identity --query Account --output text) || exit 1
regions=${*:-$(aws ec2 describe-regions --query 'Regions[].RegionName' --output text)}

# ask FILE COMMAND...: one answer into one file, an error into it, too.
ask() {
  file=$1
  shift
  mkdir -p "$(dirname "$file")"
  aws "$@" --output json > "$file" 2>&1 < /dev/null || true
}

# each QUERY COMMAND...: the values a listing holds, one a line.
each() {
  query=$1
  shift
  aws "$@" --query "$query" --output text 2> /dev/null < /dev/null | tr '\t' '\n' | grep -v '^None$' | sort -u
}

# A value as a part of a file's name.
named() { printf '%s' "$1" | sed 's/%/%25/g; s|/|%2F|g'; }
# Not asked here, for they need more than one value: what only they say stays not known.
#   apigateway:GetMethod, apigateway:GetStage, backup:GetBackupSelection, bedrock-agent:GetAgentActionGroup,
#   bedrock-agent:GetDataSource, bedrock-agent:ListTagsForResource, cloudformation:DescribeStackSet,
#   dynamodb:GetResourcePolicy, dynamodb:ListTagsOfResource, es:ListTags, iam:GetAccessKeyLastUsed,
#   iam:GetGroupPolicy, iam:GetPolicyVersion, iam:GetRolePolicy, iam:GetUserPolicy, opensearch:ListTags,
#   organizations:DescribeOrganizationalUnit, organizations:ListChildren,
#   organizations:ListOrganizationalUnitsForParent, organizations:ListPoliciesForTarget,
#   route53:ListTagsForResource, route53:ListTagsForResources, s3control:GetAccessPoint,
#   s3control:GetAccessPointPolicy, s3control:GetAccessPointPolicyStatus, s3control:ListTagsForResource,
#   ssm:ListTagsForResource, sso-admin:DescribePermissionSet, sso-admin:GetInlinePolicyForPermissionSet,
#   sso-admin:GetPermissionsBoundaryForPermissionSet, sso-admin:ListAccountAssignments,
#   sso-admin:ListCustomerManagedPolicyReferencesInPermissionSet, sso-admin:ListManagedPoliciesInPermissionSet,
#   sso-admin:ListPermissionSets, sso-admin:ListTagsForResource

base="accounts/$account/global"
aws_in=us-east-1
export AWS_DEFAULT_REGION=$aws_in
ask "$base/sts/get-caller-identity.json" sts get-caller-identity
each 'DistributionList.Items[].Id' cloudfront list-distributions | while IFS= read -r value; do ask "$base/cloudfront/get-distribution.$(named "$value").json" cloudfront get-distribution --id "$value"; done
each 'DistributionList.Items[].Id' cloudfront list-distributions | while IFS= read -r value; do ask "$base/cloudfront/get-distribution-config.$(named "$value").json" cloudfront get-distribution-config --id "$value"; done
ask "$base/cloudfront/list-distributions.json" cloudfront list-distributions
each 'DistributionList.Items[].Id' cloudfront list-distributions | while IFS= read -r value; do ask "$base/cloudfront/list-tags-for-resource.$(named "$value").json" cloudfront list-tags-for-resource --resource "$value"; done
each 'directConnectGateways[].directConnectGatewayId' directconnect describe-direct-connect-gateways | while IFS= read -r value; do ask "$base/directconnect/describe-direct-connect-gateway-associations.$(named "$value").json" directconnect describe-direct-connect-gateway-associations --direct-connect-gateway-id "$value"; done
ask "$base/directconnect/describe-direct-connect-gateways.json" directconnect describe-direct-connect-gateways
ask "$base/globalaccelerator/list-accelerators.json" globalaccelerator list-accelerators --region us-west-2
each 'Accelerators[].AcceleratorArn' globalaccelerator list-accelerators --region us-west-2 | while IFS= read -r value; do each 'Listeners[].ListenerArn' globalaccelerator list-listeners --region us-west-2 --accelerator-arn "$value" | while IFS= read -r inner; do ask "$base/globalaccelerator/list-endpoint-groups/ListenerArn=$(named "$inner").json" globalaccelerator list-endpoint-groups --region us-west-2 --listener-arn "$inner"; done; done
each 'Accelerators[].AcceleratorArn' globalaccelerator list-accelerators --region us-west-2 | while IFS= read -r value; do ask "$base/globalaccelerator/list-listeners.$(named "$value").json" globalaccelerator list-listeners --region us-west-2 --accelerator-arn "$value"; done
each 'Accelerators[].AcceleratorArn' globalaccelerator list-accelerators --region us-west-2 | while IFS= read -r value; do ask "$base/globalaccelerator/list-tags-for-resource.$(named "$value").json" globalaccelerator list-tags-for-resource --region us-west-2 --resource-arn "$value"; done
ask "$base/iam/get-account-authorization-details.json" iam get-account-authorization-details
ask "$base/iam/get-account-password-policy.json" iam get-account-password-policy
each 'GroupDetailList[].GroupName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/get-group.$(named "$value").json" iam get-group --group-name "$value"; done
each 'InstanceProfiles[].InstanceProfileName' iam list-instance-profiles | while IFS= read -r value; do ask "$base/iam/get-instance-profile.$(named "$value").json" iam get-instance-profile --instance-profile-name "$value"; done
each 'UserDetailList[].UserName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/get-login-profile.$(named "$value").json" iam get-login-profile --user-name "$value"; done
each 'OpenIDConnectProviderList[].Arn' iam list-open-id-connect-providers | while IFS= read -r value; do ask "$base/iam/get-open-id-connect-provider.$(named "$value").json" iam get-open-id-connect-provider --open-id-connect-provider-arn "$value"; done
each 'Policies[].Arn' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/get-policy.$(named "$value").json" iam get-policy --policy-arn "$value"; done
each 'RoleDetailList[].RoleName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/get-role.$(named "$value").json" iam get-role --role-name "$value"; done
each 'SAMLProviderList[].Arn' iam list-saml-providers | while IFS= read -r value; do ask "$base/iam/get-saml-provider.$(named "$value").json" iam get-saml-provider --saml-provider-arn "$value"; done
each 'UserDetailList[].UserName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/get-user.$(named "$value").json" iam get-user --user-name "$value"; done
each 'UserDetailList[].UserName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-access-keys.$(named "$value").json" iam list-access-keys --user-name "$value"; done
each 'GroupDetailList[].GroupName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-attached-group-policies.$(named "$value").json" iam list-attached-group-policies --group-name "$value"; done
each 'RoleDetailList[].RoleName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-attached-role-policies.$(named "$value").json" iam list-attached-role-policies --role-name "$value"; done
each 'UserDetailList[].UserName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-attached-user-policies.$(named "$value").json" iam list-attached-user-policies --user-name "$value"; done
each 'GroupDetailList[].GroupName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-group-policies.$(named "$value").json" iam list-group-policies --group-name "$value"; done
ask "$base/iam/list-groups.json" iam list-groups
each 'UserDetailList[].UserName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-groups-for-user.$(named "$value").json" iam list-groups-for-user --user-name "$value"; done
each 'InstanceProfiles[].InstanceProfileName' iam list-instance-profiles | while IFS= read -r value; do ask "$base/iam/list-instance-profile-tags.$(named "$value").json" iam list-instance-profile-tags --instance-profile-name "$value"; done
ask "$base/iam/list-instance-profiles.json" iam list-instance-profiles
each 'InstanceProfiles[].InstanceProfileName' iam list-instance-profiles | while IFS= read -r value; do ask "$base/iam/list-instance-profiles-for-role.$(named "$value").json" iam list-instance-profiles-for-role --role-name "$value"; done
each 'UserDetailList[].UserName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-mfa-devices.$(named "$value").json" iam list-mfa-devices --user-name "$value"; done
ask "$base/iam/list-open-id-connect-providers.json" iam list-open-id-connect-providers
ask "$base/iam/list-policies.json" iam list-policies
each 'Policies[].Arn' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-policy-tags.$(named "$value").json" iam list-policy-tags --policy-arn "$value"; done
each 'RoleDetailList[].RoleName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-role-policies.$(named "$value").json" iam list-role-policies --role-name "$value"; done
each 'RoleDetailList[].RoleName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-role-tags.$(named "$value").json" iam list-role-tags --role-name "$value"; done
ask "$base/iam/list-roles.json" iam list-roles
ask "$base/iam/list-saml-providers.json" iam list-saml-providers
each 'UserDetailList[].UserName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-user-policies.$(named "$value").json" iam list-user-policies --user-name "$value"; done
each 'UserDetailList[].UserName' iam get-account-authorization-details | while IFS= read -r value; do ask "$base/iam/list-user-tags.$(named "$value").json" iam list-user-tags --user-name "$value"; done
ask "$base/iam/list-users.json" iam list-users
each 'Accounts[].Id' organizations list-accounts | while IFS= read -r value; do ask "$base/organizations/describe-account.$(named "$value").json" organizations describe-account --account-id "$value"; done
ask "$base/organizations/describe-organization.json" organizations describe-organization
each 'Policies[].Id' organizations list-policies --filter SERVICE_CONTROL_POLICY | while IFS= read -r value; do ask "$base/organizations/describe-policy.$(named "$value").json" organizations describe-policy --policy-id "$value"; done
each 'Policies[].Id' organizations list-policies --filter RESOURCE_CONTROL_POLICY | while IFS= read -r value; do ask "$base/organizations/describe-policy.$(named "$value").json" organizations describe-policy --policy-id "$value"; done
ask "$base/organizations/list-accounts.json" organizations list-accounts
each 'Accounts[].Id' organizations list-accounts | while IFS= read -r value; do ask "$base/organizations/list-accounts-for-parent.$(named "$value").json" organizations list-accounts-for-parent --parent-id "$value"; done
each 'Accounts[].Id' organizations list-accounts | while IFS= read -r value; do ask "$base/organizations/list-delegated-services-for-account.$(named "$value").json" organizations list-delegated-services-for-account --account-id "$value"; done
each 'Accounts[].Id' organizations list-accounts | while IFS= read -r value; do ask "$base/organizations/list-parents.$(named "$value").json" organizations list-parents --child-id "$value"; done
ask "$base/organizations/list-policies.RESOURCE_CONTROL_POLICY.json" organizations list-policies --filter RESOURCE_CONTROL_POLICY
ask "$base/organizations/list-policies.SERVICE_CONTROL_POLICY.json" organizations list-policies --filter SERVICE_CONTROL_POLICY
ask "$base/organizations/list-roots.json" organizations list-roots
each 'Accounts[].Id' organizations list-accounts | while IFS= read -r value; do ask "$base/organizations/list-tags-for-resource.$(named "$value").json" organizations list-tags-for-resource --resource-id "$value"; done
each 'Policies[].Id' organizations list-policies --filter SERVICE_CONTROL_POLICY | while IFS= read -r value; do ask "$base/organizations/list-targets-for-policy.$(named "$value").json" organizations list-targets-for-policy --policy-id "$value"; done
each 'Policies[].Id' organizations list-policies --filter RESOURCE_CONTROL_POLICY | while IFS= read -r value; do ask "$base/organizations/list-targets-for-policy.$(named "$value").json" organizations list-targets-for-policy --policy-id "$value"; done
each 'HostedZones[].Id' route53 list-hosted-zones | while IFS= read -r value; do ask "$base/route53/get-dnssec.$(named "$value").json" route53 get-dnssec --hosted-zone-id "$value"; done
each 'HostedZones[].Id' route53 list-hosted-zones | while IFS= read -r value; do ask "$base/route53/get-hosted-zone.$(named "$value").json" route53 get-hosted-zone --id "$value"; done
ask "$base/route53/list-hosted-zones.json" route53 list-hosted-zones
ask "$base/route53/list-hosted-zones-by-name.json" route53 list-hosted-zones-by-name
ask "$base/route53/list-query-logging-configs.json" route53 list-query-logging-configs
each 'HostedZones[].HostedZoneId' route53 list-hosted-zones-by-name | while IFS= read -r value; do ask "$base/route53/list-resource-record-sets.$(named "$value").json" route53 list-resource-record-sets --hosted-zone-id "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-accelerate-configuration.$(named "$value").json" s3api get-bucket-accelerate-configuration --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-acl.$(named "$value").json" s3api get-bucket-acl --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-cors.$(named "$value").json" s3api get-bucket-cors --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-encryption.$(named "$value").json" s3api get-bucket-encryption --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-lifecycle-configuration.$(named "$value").json" s3api get-bucket-lifecycle-configuration --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-location.$(named "$value").json" s3api get-bucket-location --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-logging.$(named "$value").json" s3api get-bucket-logging --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-notification-configuration.$(named "$value").json" s3api get-bucket-notification-configuration --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-ownership-controls.$(named "$value").json" s3api get-bucket-ownership-controls --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-policy.$(named "$value").json" s3api get-bucket-policy --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-policy-status.$(named "$value").json" s3api get-bucket-policy-status --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-replication.$(named "$value").json" s3api get-bucket-replication --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-request-payment.$(named "$value").json" s3api get-bucket-request-payment --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-tagging.$(named "$value").json" s3api get-bucket-tagging --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-versioning.$(named "$value").json" s3api get-bucket-versioning --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-bucket-website.$(named "$value").json" s3api get-bucket-website --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-object-lock-configuration.$(named "$value").json" s3api get-object-lock-configuration --bucket "$value"; done
each 'Buckets[].Name' s3api list-buckets | while IFS= read -r value; do ask "$base/s3/get-public-access-block.$(named "$value").json" s3api get-public-access-block --bucket "$value"; done
ask "$base/s3/list-buckets.json" s3api list-buckets
ask "$base/s3control/get-public-access-block.json" s3control get-public-access-block --account-id "$account"

for region in $regions; do
  base="accounts/$account/$region"
  export AWS_DEFAULT_REGION=$region
  each 'analyzers[].name' accessanalyzer list-analyzers | while IFS= read -r value; do ask "$base/accessanalyzer/get-analyzer.$(named "$value").json" accessanalyzer get-analyzer --analyzer-name "$value"; done
  ask "$base/accessanalyzer/list-analyzers.json" accessanalyzer list-analyzers
  each 'analyzers[].name' accessanalyzer list-analyzers | while IFS= read -r value; do ask "$base/accessanalyzer/list-archive-rules.$(named "$value").json" accessanalyzer list-archive-rules --analyzer-name "$value"; done
  each 'CertificateSummaryList[].CertificateArn' acm list-certificates | while IFS= read -r value; do ask "$base/acm/describe-certificate.$(named "$value").json" acm describe-certificate --certificate-arn "$value"; done
  ask "$base/acm/list-certificates.json" acm list-certificates
  each 'CertificateSummaryList[].CertificateArn' acm list-certificates | while IFS= read -r value; do ask "$base/acm/list-tags-for-certificate.$(named "$value").json" acm list-tags-for-certificate --certificate-arn "$value"; done
  each 'items[].id' apigateway get-rest-apis | while IFS= read -r value; do ask "$base/apigateway/get-authorizers.$(named "$value").json" apigateway get-authorizers --rest-api-id "$value"; done
  each 'items[].id' apigateway get-rest-apis | while IFS= read -r value; do ask "$base/apigateway/get-resources.$(named "$value").json" apigateway get-resources --rest-api-id "$value"; done
  each 'items[].id' apigateway get-rest-apis | while IFS= read -r value; do ask "$base/apigateway/get-rest-api.$(named "$value").json" apigateway get-rest-api --rest-api-id "$value"; done
  ask "$base/apigateway/get-rest-apis.json" apigateway get-rest-apis
  each 'items[].id' apigateway get-rest-apis | while IFS= read -r value; do ask "$base/apigateway/get-stages.$(named "$value").json" apigateway get-stages --rest-api-id "$value"; done
  each 'Items[].ApiId' apigatewayv2 get-apis | while IFS= read -r value; do ask "$base/apigatewayv2/get-api.$(named "$value").json" apigatewayv2 get-api --api-id "$value"; done
  ask "$base/apigatewayv2/get-apis.json" apigatewayv2 get-apis
  each 'Items[].ApiId' apigatewayv2 get-apis | while IFS= read -r value; do ask "$base/apigatewayv2/get-authorizers.$(named "$value").json" apigatewayv2 get-authorizers --api-id "$value"; done
  each 'Items[].ApiId' apigatewayv2 get-apis | while IFS= read -r value; do ask "$base/apigatewayv2/get-integrations.$(named "$value").json" apigatewayv2 get-integrations --api-id "$value"; done
  each 'Items[].ApiId' apigatewayv2 get-apis | while IFS= read -r value; do ask "$base/apigatewayv2/get-routes.$(named "$value").json" apigatewayv2 get-routes --api-id "$value"; done
  each 'Items[].ApiId' apigatewayv2 get-apis | while IFS= read -r value; do ask "$base/apigatewayv2/get-stages.$(named "$value").json" apigatewayv2 get-stages --api-id "$value"; done
  each 'ServiceSummaryList[].ServiceArn' apprunner list-services | while IFS= read -r value; do ask "$base/apprunner/describe-service.$(named "$value").json" apprunner describe-service --service-arn "$value"; done
  ask "$base/apprunner/list-services.json" apprunner list-services
  each 'ServiceSummaryList[].ServiceArn' apprunner list-services | while IFS= read -r value; do ask "$base/apprunner/list-tags-for-resource.$(named "$value").json" apprunner list-tags-for-resource --resource-arn "$value"; done
  ask "$base/autoscaling/describe-auto-scaling-groups.json" autoscaling describe-auto-scaling-groups
  ask "$base/autoscaling/describe-launch-configurations.json" autoscaling describe-launch-configurations
  each 'BackupVaultList[].BackupVaultName' backup list-backup-vaults | while IFS= read -r value; do ask "$base/backup/describe-backup-vault.$(named "$value").json" backup describe-backup-vault --backup-vault-name "$value"; done
  each 'BackupPlansList[].BackupPlanId' backup list-backup-plans | while IFS= read -r value; do ask "$base/backup/get-backup-plan.$(named "$value").json" backup get-backup-plan --backup-plan-id "$value"; done
  each 'BackupVaultList[].BackupVaultName' backup list-backup-vaults | while IFS= read -r value; do ask "$base/backup/get-backup-vault-access-policy.$(named "$value").json" backup get-backup-vault-access-policy --backup-vault-name "$value"; done
  each 'BackupVaultList[].BackupVaultName' backup list-backup-vaults | while IFS= read -r value; do ask "$base/backup/get-backup-vault-notifications.$(named "$value").json" backup get-backup-vault-notifications --backup-vault-name "$value"; done
  ask "$base/backup/list-backup-plans.json" backup list-backup-plans
  each 'BackupPlansList[].BackupPlanId' backup list-backup-plans | while IFS= read -r value; do ask "$base/backup/list-backup-selections.$(named "$value").json" backup list-backup-selections --backup-plan-id "$value"; done
  ask "$base/backup/list-backup-vaults.json" backup list-backup-vaults
  each 'BackupPlansList[].BackupPlanArn' backup list-backup-plans | while IFS= read -r value; do ask "$base/backup/list-tags.$(named "$value").json" backup list-tags --resource-arn "$value"; done
  each 'modelSummaries[].modelArn' bedrock list-custom-models | while IFS= read -r value; do ask "$base/bedrock/get-custom-model.$(named "$value").json" bedrock get-custom-model --model-identifier "$value"; done
  each 'guardrails[].id' bedrock list-guardrails | while IFS= read -r value; do ask "$base/bedrock/get-guardrail.$(named "$value").json" bedrock get-guardrail --guardrail-identifier "$value"; done
  each 'modelCustomizationJobSummaries[].jobArn' bedrock list-model-customization-jobs | while IFS= read -r value; do ask "$base/bedrock/get-model-customization-job.$(named "$value").json" bedrock get-model-customization-job --job-identifier "$value"; done
  ask "$base/bedrock/get-model-invocation-logging-configuration.json" bedrock get-model-invocation-logging-configuration
  each 'provisionedModelSummaries[].provisionedModelArn' bedrock list-provisioned-model-throughputs | while IFS= read -r value; do ask "$base/bedrock/get-provisioned-model-throughput.$(named "$value").json" bedrock get-provisioned-model-throughput --provisioned-model-id "$value"; done
  ask "$base/bedrock/list-custom-models.json" bedrock list-custom-models
  ask "$base/bedrock/list-guardrails.json" bedrock list-guardrails
  ask "$base/bedrock/list-provisioned-model-throughputs.json" bedrock list-provisioned-model-throughputs
  each 'modelSummaries[].modelArn' bedrock list-custom-models | while IFS= read -r value; do ask "$base/bedrock/list-tags-for-resource.$(named "$value").json" bedrock list-tags-for-resource --resource-arn "$value"; done
  each 'agentSummaries[].agentId' bedrock-agent list-agents | while IFS= read -r value; do ask "$base/bedrock-agent/get-agent.$(named "$value").json" bedrock-agent get-agent --agent-id "$value"; done
  each 'knowledgeBaseSummaries[].knowledgeBaseId' bedrock-agent list-knowledge-bases | while IFS= read -r value; do ask "$base/bedrock-agent/get-knowledge-base.$(named "$value").json" bedrock-agent get-knowledge-base --knowledge-base-id "$value"; done
  each 'agentSummaries[].agentId' bedrock-agent list-agents | while IFS= read -r value; do ask "$base/bedrock-agent/list-agent-knowledge-bases.$(named "$value").json" bedrock-agent list-agent-knowledge-bases --agent-version DRAFT --agent-id "$value"; done
  ask "$base/bedrock-agent/list-agents.json" bedrock-agent list-agents
  each 'knowledgeBaseSummaries[].knowledgeBaseId' bedrock-agent list-knowledge-bases | while IFS= read -r value; do ask "$base/bedrock-agent/list-data-sources.$(named "$value").json" bedrock-agent list-data-sources --knowledge-base-id "$value"; done
  ask "$base/bedrock-agent/list-knowledge-bases.json" bedrock-agent list-knowledge-bases
  each 'codeInterpreterSummaries[].codeInterpreterId' bedrock-agentcore-control list-code-interpreters | while IFS= read -r value; do ask "$base/bedrock-agentcore-control/get-code-interpreter.$(named "$value").json" bedrock-agentcore-control get-code-interpreter --code-interpreter-id "$value"; done
  ask "$base/bedrock-agentcore-control/list-code-interpreters.json" bedrock-agentcore-control list-code-interpreters
  each 'codeInterpreterSummaries[].codeInterpreterArn' bedrock-agentcore-control list-code-interpreters | while IFS= read -r value; do ask "$base/bedrock-agentcore-control/list-tags-for-resource.$(named "$value").json" bedrock-agentcore-control list-tags-for-resource --resource-arn "$value"; done
  ask "$base/cloudformation/describe-stacks.json" cloudformation describe-stacks
  ask "$base/cloudtrail/describe-trails.json" cloudtrail describe-trails
  each 'trailList[].TrailARN' cloudtrail describe-trails | while IFS= read -r value; do ask "$base/cloudtrail/get-event-selectors.$(named "$value").json" cloudtrail get-event-selectors --trail-name "$value"; done
  each 'trailList[].TrailARN' cloudtrail describe-trails | while IFS= read -r value; do ask "$base/cloudtrail/get-insight-selectors.$(named "$value").json" cloudtrail get-insight-selectors --trail-name "$value"; done
  each 'trailList[].Name' cloudtrail describe-trails | while IFS= read -r value; do ask "$base/cloudtrail/get-trail.$(named "$value").json" cloudtrail get-trail --name "$value"; done
  each 'trailList[].Name' cloudtrail describe-trails | while IFS= read -r value; do ask "$base/cloudtrail/get-trail-status.$(named "$value").json" cloudtrail get-trail-status --name "$value"; done
  each 'trailList[].TrailARN' cloudtrail describe-trails | while IFS= read -r value; do ask "$base/cloudtrail/list-tags.$(named "$value").json" cloudtrail list-tags --resource-id-list "$value"; done
  ask "$base/codebuild/list-projects.json" codebuild list-projects
  ask "$base/config/describe-config-rules.json" configservice describe-config-rules
  ask "$base/config/describe-configuration-recorder-status.json" configservice describe-configuration-recorder-status
  ask "$base/config/describe-configuration-recorders.json" configservice describe-configuration-recorders
  ask "$base/config/describe-delivery-channels.json" configservice describe-delivery-channels
  each 'ConfigRules[].ConfigRuleArn' configservice describe-config-rules | while IFS= read -r value; do ask "$base/config/list-tags-for-resource.$(named "$value").json" configservice list-tags-for-resource --resource-arn "$value"; done
  ask "$base/directconnect/describe-connections.json" directconnect describe-connections
  ask "$base/directconnect/describe-virtual-interfaces.json" directconnect describe-virtual-interfaces
  each 'TableNames[]' dynamodb list-tables | while IFS= read -r value; do ask "$base/dynamodb/describe-continuous-backups.$(named "$value").json" dynamodb describe-continuous-backups --table-name "$value"; done
  each 'TableNames[]' dynamodb list-tables | while IFS= read -r value; do ask "$base/dynamodb/describe-table.$(named "$value").json" dynamodb describe-table --table-name "$value"; done
  each 'TableNames[]' dynamodb list-tables | while IFS= read -r value; do ask "$base/dynamodb/describe-time-to-live.$(named "$value").json" dynamodb describe-time-to-live --table-name "$value"; done
  ask "$base/dynamodb/list-tables.json" dynamodb list-tables
  ask "$base/ec2/describe-addresses.json" ec2 describe-addresses
  ask "$base/ec2/describe-customer-gateways.json" ec2 describe-customer-gateways
  ask "$base/ec2/describe-egress-only-internet-gateways.json" ec2 describe-egress-only-internet-gateways
  ask "$base/ec2/describe-flow-logs.json" ec2 describe-flow-logs
  each 'Images[].ImageId' ec2 describe-images | while IFS= read -r value; do ask "$base/ec2/describe-image-attribute.$(named "$value").json" ec2 describe-image-attribute --attribute launchPermission --image-id "$value"; done
  ask "$base/ec2/describe-images.json" ec2 describe-images --owners self
  each 'Reservations[].Instances[].InstanceId' ec2 describe-instances | while IFS= read -r value; do ask "$base/ec2/describe-instance-attribute.$(named "$value").json" ec2 describe-instance-attribute --attribute disableApiTermination --instance-id "$value"; done
  ask "$base/ec2/describe-instances.json" ec2 describe-instances
  ask "$base/ec2/describe-internet-gateways.json" ec2 describe-internet-gateways
  ask "$base/ec2/describe-key-pairs.json" ec2 describe-key-pairs
  each 'LaunchTemplates[].LaunchTemplateId' ec2 describe-launch-templates | while IFS= read -r value; do ask "$base/ec2/describe-launch-template-versions.$(named "$value").json" ec2 describe-launch-template-versions --launch-template-id "$value"; done
  ask "$base/ec2/describe-launch-templates.json" ec2 describe-launch-templates
  ask "$base/ec2/describe-managed-prefix-lists.json" ec2 describe-managed-prefix-lists
  ask "$base/ec2/describe-nat-gateways.json" ec2 describe-nat-gateways
  ask "$base/ec2/describe-network-acls.json" ec2 describe-network-acls
  ask "$base/ec2/describe-network-interfaces.json" ec2 describe-network-interfaces
  ask "$base/ec2/describe-prefix-lists.json" ec2 describe-prefix-lists
  ask "$base/ec2/describe-route-tables.json" ec2 describe-route-tables
  ask "$base/ec2/describe-security-group-rules.json" ec2 describe-security-group-rules
  ask "$base/ec2/describe-security-group-vpc-associations.json" ec2 describe-security-group-vpc-associations
  ask "$base/ec2/describe-security-groups.json" ec2 describe-security-groups
  each 'Snapshots[].SnapshotId' ec2 describe-snapshots | while IFS= read -r value; do ask "$base/ec2/describe-snapshot-attribute.$(named "$value").json" ec2 describe-snapshot-attribute --attribute createVolumePermission --snapshot-id "$value"; done
  ask "$base/ec2/describe-snapshots.json" ec2 describe-snapshots --owner-ids self
  ask "$base/ec2/describe-subnets.json" ec2 describe-subnets
  ask "$base/ec2/describe-transit-gateway-attachments.json" ec2 describe-transit-gateway-attachments
  ask "$base/ec2/describe-transit-gateway-connects.json" ec2 describe-transit-gateway-connects
  ask "$base/ec2/describe-transit-gateway-peering-attachments.json" ec2 describe-transit-gateway-peering-attachments
  ask "$base/ec2/describe-transit-gateway-route-tables.json" ec2 describe-transit-gateway-route-tables
  ask "$base/ec2/describe-transit-gateway-vpc-attachments.json" ec2 describe-transit-gateway-vpc-attachments
  ask "$base/ec2/describe-transit-gateways.json" ec2 describe-transit-gateways
  ask "$base/ec2/describe-volumes.json" ec2 describe-volumes
  each 'Vpcs[].VpcId' ec2 describe-vpcs | while IFS= read -r value; do ask "$base/ec2/describe-vpc-attribute.$(named "$value").enableDnsHostnames.json" ec2 describe-vpc-attribute --attribute enableDnsHostnames --vpc-id "$value"; done
  each 'Vpcs[].VpcId' ec2 describe-vpcs | while IFS= read -r value; do ask "$base/ec2/describe-vpc-attribute.$(named "$value").enableDnsSupport.json" ec2 describe-vpc-attribute --attribute enableDnsSupport --vpc-id "$value"; done
  ask "$base/ec2/describe-vpc-block-public-access-exclusions.json" ec2 describe-vpc-block-public-access-exclusions
  ask "$base/ec2/describe-vpc-block-public-access-options.json" ec2 describe-vpc-block-public-access-options
  ask "$base/ec2/describe-vpc-endpoint-connections.json" ec2 describe-vpc-endpoint-connections
  ask "$base/ec2/describe-vpc-endpoint-service-configurations.json" ec2 describe-vpc-endpoint-service-configurations
  each 'ServiceConfigurations[].ServiceId' ec2 describe-vpc-endpoint-service-configurations | while IFS= read -r value; do ask "$base/ec2/describe-vpc-endpoint-service-permissions.$(named "$value").json" ec2 describe-vpc-endpoint-service-permissions --service-id "$value"; done
  ask "$base/ec2/describe-vpc-endpoints.json" ec2 describe-vpc-endpoints
  ask "$base/ec2/describe-vpc-peering-connections.json" ec2 describe-vpc-peering-connections
  ask "$base/ec2/describe-vpcs.json" ec2 describe-vpcs
  ask "$base/ec2/describe-vpn-connections.json" ec2 describe-vpn-connections
  ask "$base/ec2/describe-vpn-gateways.json" ec2 describe-vpn-gateways
  each 'PrefixLists[].PrefixListId' ec2 describe-managed-prefix-lists | while IFS= read -r value; do ask "$base/ec2/get-managed-prefix-list-entries.$(named "$value").json" ec2 get-managed-prefix-list-entries --prefix-list-id "$value"; done
  each 'TransitGatewayRouteTables[].TransitGatewayRouteTableId' ec2 describe-transit-gateway-route-tables | while IFS= read -r value; do ask "$base/ec2/get-transit-gateway-prefix-list-references.$(named "$value").json" ec2 get-transit-gateway-prefix-list-references --transit-gateway-route-table-id "$value"; done
  each 'TransitGatewayRouteTables[].TransitGatewayRouteTableId' ec2 describe-transit-gateway-route-tables | while IFS= read -r value; do ask "$base/ec2/get-transit-gateway-route-table-associations.$(named "$value").json" ec2 get-transit-gateway-route-table-associations --transit-gateway-route-table-id "$value"; done
  each 'TransitGatewayRouteTables[].TransitGatewayRouteTableId' ec2 describe-transit-gateway-route-tables | while IFS= read -r value; do ask "$base/ec2/get-transit-gateway-route-table-propagations.$(named "$value").json" ec2 get-transit-gateway-route-table-propagations --transit-gateway-route-table-id "$value"; done
  each 'TransitGatewayRouteTables[].TransitGatewayRouteTableId' ec2 describe-transit-gateway-route-tables | while IFS= read -r value; do ask "$base/ec2/search-transit-gateway-routes.$(named "$value").json" ec2 search-transit-gateway-routes --filters Name=state,Values=active,blackhole --transit-gateway-route-table-id "$value"; done
  ask "$base/ecr/describe-repositories.json" ecr describe-repositories
  each 'repositories[].repositoryName' ecr describe-repositories | while IFS= read -r value; do ask "$base/ecr/get-lifecycle-policy.$(named "$value").json" ecr get-lifecycle-policy --repository-name "$value"; done
  each 'repositories[].repositoryName' ecr describe-repositories | while IFS= read -r value; do ask "$base/ecr/get-repository-policy.$(named "$value").json" ecr get-repository-policy --repository-name "$value"; done
  each 'repositories[].repositoryArn' ecr describe-repositories | while IFS= read -r value; do ask "$base/ecr/list-tags-for-resource.$(named "$value").json" ecr list-tags-for-resource --resource-arn "$value"; done
  ask "$base/ecs/describe-capacity-providers.json" ecs describe-capacity-providers
  ask "$base/ecs/describe-clusters.json" ecs describe-clusters
  each 'clusterArns[]' ecs list-clusters | while IFS= read -r value; do each 'serviceArns[]' ecs list-services --cluster "$value" | while IFS= read -r inner; do ask "$base/ecs/describe-services/cluster=$(named "$value")/services=$(named "$inner").json" ecs describe-services --cluster "$value" --services "$inner"; done; done
  each 'taskDefinitionArns[]' ecs list-task-definitions | while IFS= read -r value; do ask "$base/ecs/describe-task-definition.$(named "$value").json" ecs describe-task-definition --task-definition "$value"; done
  each 'clusters[].clusterArn' ecs describe-clusters | while IFS= read -r value; do ask "$base/ecs/list-tags-for-resource.$(named "$value").json" ecs list-tags-for-resource --resource-arn "$value"; done
  ask "$base/efs/describe-access-points.json" efs describe-access-points
  each 'FileSystems[].FileSystemId' efs describe-file-systems | while IFS= read -r value; do ask "$base/efs/describe-backup-policy.$(named "$value").json" efs describe-backup-policy --file-system-id "$value"; done
  each 'FileSystems[].FileSystemId' efs describe-file-systems | while IFS= read -r value; do ask "$base/efs/describe-file-system-policy.$(named "$value").json" efs describe-file-system-policy --file-system-id "$value"; done
  ask "$base/efs/describe-file-systems.json" efs describe-file-systems
  each 'FileSystems[].FileSystemId' efs describe-file-systems | while IFS= read -r value; do ask "$base/efs/describe-lifecycle-configuration.$(named "$value").json" efs describe-lifecycle-configuration --file-system-id "$value"; done
  each 'FileSystems[].FileSystemId' efs describe-file-systems | while IFS= read -r value; do each 'MountTargets[].MountTargetId' efs describe-mount-targets --file-system-id "$value" | while IFS= read -r inner; do ask "$base/efs/describe-mount-target-security-groups/MountTargetId=$(named "$inner").json" efs describe-mount-target-security-groups --mount-target-id "$inner"; done; done
  each 'AccessPoints[].FileSystemId' efs describe-access-points | while IFS= read -r value; do ask "$base/efs/describe-mount-targets.$(named "$value").json" efs describe-mount-targets --file-system-id "$value"; done
  each 'clusters[]' eks list-clusters | while IFS= read -r value; do each 'accessEntries[]' eks list-access-entries --cluster-name "$value" | while IFS= read -r inner; do ask "$base/eks/describe-access-entry/clusterName=$(named "$value")/principalArn=$(named "$inner").json" eks describe-access-entry --cluster-name "$value" --principal-arn "$inner"; done; done
  each 'clusters[]' eks list-clusters | while IFS= read -r value; do ask "$base/eks/describe-cluster.$(named "$value").json" eks describe-cluster --name "$value"; done
  each 'clusters[]' eks list-clusters | while IFS= read -r value; do each 'nodegroups[]' eks list-nodegroups --cluster-name "$value" | while IFS= read -r inner; do ask "$base/eks/describe-nodegroup/clusterName=$(named "$value")/nodegroupName=$(named "$inner").json" eks describe-nodegroup --cluster-name "$value" --nodegroup-name "$inner"; done; done
  each 'clusters[]' eks list-clusters | while IFS= read -r value; do each 'associations[].associationId' eks list-pod-identity-associations --cluster-name "$value" | while IFS= read -r inner; do ask "$base/eks/describe-pod-identity-association/clusterName=$(named "$value")/associationId=$(named "$inner").json" eks describe-pod-identity-association --cluster-name "$value" --association-id "$inner"; done; done
  each 'clusters[]' eks list-clusters | while IFS= read -r value; do each 'accessEntries[]' eks list-access-entries --cluster-name "$value" | while IFS= read -r inner; do ask "$base/eks/list-associated-access-policies/clusterName=$(named "$value")/principalArn=$(named "$inner").json" eks list-associated-access-policies --cluster-name "$value" --principal-arn "$inner"; done; done
  each 'clusters[]' eks list-clusters | while IFS= read -r value; do ask "$base/eks/list-pod-identity-associations.$(named "$value").json" eks list-pod-identity-associations --cluster-name "$value"; done
  ask "$base/elasticache/describe-cache-clusters.json" elasticache describe-cache-clusters
  ask "$base/elasticache/describe-cache-subnet-groups.json" elasticache describe-cache-subnet-groups
  ask "$base/elasticache/describe-replication-groups.json" elasticache describe-replication-groups
  each 'CacheClusters[].CacheClusterId' elasticache describe-cache-clusters | while IFS= read -r value; do ask "$base/elasticache/list-tags-for-resource.$(named "$value").json" elasticache list-tags-for-resource --resource-name "$value"; done
  each 'LoadBalancerDescriptions[].LoadBalancerName' elb describe-load-balancers | while IFS= read -r value; do ask "$base/elb/describe-load-balancer-attributes.$(named "$value").json" elb describe-load-balancer-attributes --load-balancer-name "$value"; done
  ask "$base/elb/describe-load-balancers.json" elb describe-load-balancers
  each 'LoadBalancerDescriptions[].LoadBalancerName' elb describe-load-balancers | while IFS= read -r value; do ask "$base/elb/describe-tags.$(named "$value").json" elb describe-tags --load-balancer-names "$value"; done
  each 'LoadBalancers[].LoadBalancerArn' elbv2 describe-load-balancers | while IFS= read -r value; do each 'Listeners[].ListenerArn' elbv2 describe-listeners --load-balancer-arn "$value" | while IFS= read -r inner; do ask "$base/elbv2/describe-listener-certificates/ListenerArn=$(named "$inner").json" elbv2 describe-listener-certificates --listener-arn "$inner"; done; done
  each 'LoadBalancers[].LoadBalancerArn' elbv2 describe-load-balancers | while IFS= read -r value; do ask "$base/elbv2/describe-listeners.$(named "$value").json" elbv2 describe-listeners --load-balancer-arn "$value"; done
  each 'LoadBalancers[].LoadBalancerArn' elbv2 describe-load-balancers | while IFS= read -r value; do ask "$base/elbv2/describe-load-balancer-attributes.$(named "$value").json" elbv2 describe-load-balancer-attributes --load-balancer-arn "$value"; done
  ask "$base/elbv2/describe-load-balancers.json" elbv2 describe-load-balancers
  each 'LoadBalancers[].LoadBalancerArn' elbv2 describe-load-balancers | while IFS= read -r value; do each 'Listeners[].ListenerArn' elbv2 describe-listeners --load-balancer-arn "$value" | while IFS= read -r inner; do ask "$base/elbv2/describe-rules/ListenerArn=$(named "$inner").json" elbv2 describe-rules --listener-arn "$inner"; done; done
  each 'LoadBalancers[].LoadBalancerArn' elbv2 describe-load-balancers | while IFS= read -r value; do ask "$base/elbv2/describe-tags.$(named "$value").json" elbv2 describe-tags --resource-arns "$value"; done
  each 'TargetGroups[].TargetGroupArn' elbv2 describe-target-groups | while IFS= read -r value; do ask "$base/elbv2/describe-target-group-attributes.$(named "$value").json" elbv2 describe-target-group-attributes --target-group-arn "$value"; done
  ask "$base/elbv2/describe-target-groups.json" elbv2 describe-target-groups
  each 'TargetGroups[].TargetGroupArn' elbv2 describe-target-groups | while IFS= read -r value; do ask "$base/elbv2/describe-target-health.$(named "$value").json" elbv2 describe-target-health --target-group-arn "$value"; done
  each 'DomainNames[].DomainName' es list-domain-names | while IFS= read -r value; do ask "$base/es/describe-elasticsearch-domain.$(named "$value").json" es describe-elasticsearch-domain --domain-name "$value"; done
  each 'DomainNames[].DomainName' es list-domain-names | while IFS= read -r value; do ask "$base/es/describe-elasticsearch-domains.$(named "$value").json" es describe-elasticsearch-domains --domain-names "$value"; done
  ask "$base/es/list-domain-names.json" es list-domain-names
  each 'EventBuses[].Name' events list-event-buses | while IFS= read -r value; do ask "$base/events/describe-event-bus.$(named "$value").json" events describe-event-bus --name "$value"; done
  each 'Rules[].Name' events list-rules | while IFS= read -r value; do ask "$base/events/describe-rule.$(named "$value").json" events describe-rule --name "$value"; done
  ask "$base/events/list-event-buses.json" events list-event-buses
  ask "$base/events/list-rules.json" events list-rules
  each 'EventBuses[].Arn' events list-event-buses | while IFS= read -r value; do ask "$base/events/list-tags-for-resource.$(named "$value").json" events list-tags-for-resource --resource-arn "$value"; done
  each 'EventBuses[].Name' events list-event-buses | while IFS= read -r value; do each 'Rules[].Name' events list-rules --event-bus-name "$value" | while IFS= read -r inner; do ask "$base/events/list-targets-by-rule/EventBusName=$(named "$value")/Rule=$(named "$inner").json" events list-targets-by-rule --event-bus-name "$value" --rule "$inner"; done; done
  ask "$base/glue/get-dev-endpoints.json" glue get-dev-endpoints
  ask "$base/glue/get-jobs.json" glue get-jobs
  each 'DevEndpoints[].RoleArn' glue get-dev-endpoints | while IFS= read -r value; do ask "$base/glue/get-tags.$(named "$value").json" glue get-tags --resource-arn "$value"; done
  ask "$base/glue/list-jobs.json" glue list-jobs
  each 'DetectorIds[]' guardduty list-detectors | while IFS= read -r value; do ask "$base/guardduty/get-detector.$(named "$value").json" guardduty get-detector --detector-id "$value"; done
  ask "$base/guardduty/list-detectors.json" guardduty list-detectors
  each 'ClusterInfoList[].ClusterArn' kafka list-clusters | while IFS= read -r value; do ask "$base/kafka/describe-cluster.$(named "$value").json" kafka describe-cluster --cluster-arn "$value"; done
  each 'ClusterInfoList[].ClusterArn' kafka list-clusters | while IFS= read -r value; do ask "$base/kafka/describe-cluster-v2.$(named "$value").json" kafka describe-cluster-v2 --cluster-arn "$value"; done
  each 'ClusterInfoList[].ClusterArn' kafka list-clusters | while IFS= read -r value; do ask "$base/kafka/get-cluster-policy.$(named "$value").json" kafka get-cluster-policy --cluster-arn "$value"; done
  ask "$base/kafka/list-clusters.json" kafka list-clusters
  ask "$base/kafka/list-clusters-v2.json" kafka list-clusters-v2
  each 'ClusterInfoList[].ClusterArn' kafka list-clusters | while IFS= read -r value; do ask "$base/kafka/list-tags-for-resource.$(named "$value").json" kafka list-tags-for-resource --resource-arn "$value"; done
  ask "$base/kinesis/describe-stream.json" kinesis describe-stream
  ask "$base/kinesis/describe-stream-summary.json" kinesis describe-stream-summary
  each 'StreamSummaries[].StreamARN' kinesis list-streams | while IFS= read -r value; do ask "$base/kinesis/get-resource-policy.$(named "$value").json" kinesis get-resource-policy --resource-arn "$value"; done
  ask "$base/kinesis/list-streams.json" kinesis list-streams
  each 'StreamSummaries[].StreamName' kinesis list-streams | while IFS= read -r value; do ask "$base/kinesis/list-tags-for-stream.$(named "$value").json" kinesis list-tags-for-stream --stream-name "$value"; done
  each 'Keys[].KeyId' kms list-keys | while IFS= read -r value; do ask "$base/kms/describe-key.$(named "$value").json" kms describe-key --key-id "$value"; done
  each 'Keys[].KeyId' kms list-keys | while IFS= read -r value; do ask "$base/kms/get-key-policy.$(named "$value").json" kms get-key-policy --key-id "$value"; done
  each 'Keys[].KeyId' kms list-keys | while IFS= read -r value; do ask "$base/kms/get-key-rotation-status.$(named "$value").json" kms get-key-rotation-status --key-id "$value"; done
  ask "$base/kms/list-aliases.json" kms list-aliases
  each 'Keys[].KeyId' kms list-keys | while IFS= read -r value; do ask "$base/kms/list-grants.$(named "$value").json" kms list-grants --key-id "$value"; done
  ask "$base/kms/list-keys.json" kms list-keys
  each 'Keys[].KeyId' kms list-keys | while IFS= read -r value; do ask "$base/kms/list-resource-tags.$(named "$value").json" kms list-resource-tags --key-id "$value"; done
  each 'EventSourceMappings[].UUID' lambda list-event-source-mappings | while IFS= read -r value; do ask "$base/lambda/get-event-source-mapping.$(named "$value").json" lambda get-event-source-mapping --uuid "$value"; done
  each 'Functions[].FunctionName' lambda list-functions | while IFS= read -r value; do ask "$base/lambda/get-function.$(named "$value").json" lambda get-function --function-name "$value"; done
  each 'Functions[].FunctionName' lambda list-functions | while IFS= read -r value; do ask "$base/lambda/get-function-code-signing-config.$(named "$value").json" lambda get-function-code-signing-config --function-name "$value"; done
  each 'Functions[].FunctionName' lambda list-functions | while IFS= read -r value; do ask "$base/lambda/get-function-concurrency.$(named "$value").json" lambda get-function-concurrency --function-name "$value"; done
  each 'Functions[].FunctionName' lambda list-functions | while IFS= read -r value; do ask "$base/lambda/get-function-configuration.$(named "$value").json" lambda get-function-configuration --function-name "$value"; done
  each 'Functions[].FunctionName' lambda list-functions | while IFS= read -r value; do ask "$base/lambda/get-function-url-config.$(named "$value").json" lambda get-function-url-config --function-name "$value"; done
  each 'Functions[].FunctionName' lambda list-functions | while IFS= read -r value; do ask "$base/lambda/get-policy.$(named "$value").json" lambda get-policy --function-name "$value"; done
  each 'Functions[].FunctionName' lambda list-functions | while IFS= read -r value; do ask "$base/lambda/list-aliases.$(named "$value").json" lambda list-aliases --function-name "$value"; done
  ask "$base/lambda/list-event-source-mappings.json" lambda list-event-source-mappings
  each 'Functions[].FunctionName' lambda list-functions | while IFS= read -r value; do ask "$base/lambda/list-function-url-configs.$(named "$value").json" lambda list-function-url-configs --function-name "$value"; done
  ask "$base/lambda/list-functions.json" lambda list-functions
  each 'Functions[].FunctionName' lambda list-functions | while IFS= read -r value; do ask "$base/lambda/list-tags.$(named "$value").json" lambda list-tags --resource "$value"; done
  ask "$base/logs/describe-log-groups.json" logs describe-log-groups
  each 'logGroups[].logGroupName' logs describe-log-groups | while IFS= read -r value; do ask "$base/logs/describe-subscription-filters.$(named "$value").json" logs describe-subscription-filters --log-group-name "$value"; done
  each 'logGroups[].arn' logs describe-log-groups | while IFS= read -r value; do ask "$base/logs/list-tags-for-resource.$(named "$value").json" logs list-tags-for-resource --resource-arn "$value"; done
  each 'logGroups[].logGroupName' logs describe-log-groups | while IFS= read -r value; do ask "$base/logs/list-tags-log-group.$(named "$value").json" logs list-tags-log-group --log-group-name "$value"; done
  each 'Firewalls[].FirewallArn' network-firewall list-firewalls | while IFS= read -r value; do ask "$base/network-firewall/describe-firewall.$(named "$value").json" network-firewall describe-firewall --firewall-arn "$value"; done
  each 'FirewallPolicies[].Arn' network-firewall list-firewall-policies | while IFS= read -r value; do ask "$base/network-firewall/describe-firewall-policy.$(named "$value").json" network-firewall describe-firewall-policy --firewall-policy-arn "$value"; done
  each 'RuleGroups[].Arn' network-firewall list-rule-groups | while IFS= read -r value; do ask "$base/network-firewall/describe-rule-group.$(named "$value").json" network-firewall describe-rule-group --rule-group-arn "$value"; done
  each 'VpcEndpointAssociations[].VpcEndpointAssociationArn' network-firewall list-vpc-endpoint-associations | while IFS= read -r value; do ask "$base/network-firewall/describe-vpc-endpoint-association.$(named "$value").json" network-firewall describe-vpc-endpoint-association --vpc-endpoint-association-arn "$value"; done
  ask "$base/network-firewall/list-firewalls.json" network-firewall list-firewalls
  each 'DomainNames[].DomainName' opensearch list-domain-names | while IFS= read -r value; do ask "$base/opensearch/describe-domain.$(named "$value").json" opensearch describe-domain --domain-name "$value"; done
  each 'DomainNames[].DomainName' opensearch list-domain-names | while IFS= read -r value; do ask "$base/opensearch/describe-domains.$(named "$value").json" opensearch describe-domains --domain-names "$value"; done
  ask "$base/opensearch/list-domain-names.json" opensearch list-domain-names
  ask "$base/ram/get-resource-shares.json" ram get-resource-shares --resource-owner SELF
  ask "$base/ram/list-principals.json" ram list-principals --resource-owner SELF
  ask "$base/ram/list-resources.json" ram list-resources --resource-owner SELF
  each 'DBClusterSnapshots[].DBClusterSnapshotIdentifier' rds describe-db-cluster-snapshots | while IFS= read -r value; do ask "$base/rds/describe-db-cluster-snapshot-attributes.$(named "$value").json" rds describe-db-cluster-snapshot-attributes --db-cluster-snapshot-identifier "$value"; done
  ask "$base/rds/describe-db-cluster-snapshots.json" rds describe-db-cluster-snapshots
  ask "$base/rds/describe-db-clusters.json" rds describe-db-clusters
  ask "$base/rds/describe-db-instances.json" rds describe-db-instances
  each 'DBSnapshots[].DBSnapshotIdentifier' rds describe-db-snapshots | while IFS= read -r value; do ask "$base/rds/describe-db-snapshot-attributes.$(named "$value").json" rds describe-db-snapshot-attributes --db-snapshot-identifier "$value"; done
  ask "$base/rds/describe-db-snapshots.json" rds describe-db-snapshots
  ask "$base/rds/describe-db-subnet-groups.json" rds describe-db-subnet-groups
  each 'DBClusterSnapshots[].DBClusterSnapshotIdentifier' rds describe-db-cluster-snapshots | while IFS= read -r value; do ask "$base/rds/list-tags-for-resource.$(named "$value").json" rds list-tags-for-resource --resource-name "$value"; done
  ask "$base/redshift/describe-cluster-subnet-groups.json" redshift describe-cluster-subnet-groups
  ask "$base/redshift/describe-clusters.json" redshift describe-clusters
  each 'Clusters[].ClusterIdentifier' redshift describe-clusters | while IFS= read -r value; do ask "$base/redshift/describe-logging-status.$(named "$value").json" redshift describe-logging-status --cluster-identifier "$value"; done
  ask "$base/s3control/list-access-points.json" s3control list-access-points --account-id "$account"
  each 'NotebookInstances[].NotebookInstanceName' sagemaker list-notebook-instances | while IFS= read -r value; do ask "$base/sagemaker/describe-notebook-instance.$(named "$value").json" sagemaker describe-notebook-instance --notebook-instance-name "$value"; done
  ask "$base/sagemaker/list-notebook-instances.json" sagemaker list-notebook-instances
  each 'NotebookInstances[].NotebookInstanceArn' sagemaker list-notebook-instances | while IFS= read -r value; do ask "$base/sagemaker/list-tags.$(named "$value").json" sagemaker list-tags --resource-arn "$value"; done
  each 'SecretList[].ARN' secretsmanager list-secrets | while IFS= read -r value; do ask "$base/secretsmanager/describe-secret.$(named "$value").json" secretsmanager describe-secret --secret-id "$value"; done
  each 'SecretList[].ARN' secretsmanager list-secrets | while IFS= read -r value; do ask "$base/secretsmanager/get-resource-policy.$(named "$value").json" secretsmanager get-resource-policy --secret-id "$value"; done
  ask "$base/secretsmanager/list-secrets.json" secretsmanager list-secrets
  ask "$base/securityhub/describe-hub.json" securityhub describe-hub
  ask "$base/securityhub/get-enabled-standards.json" securityhub get-enabled-standards
  each 'Topics[].TopicArn' sns list-topics | while IFS= read -r value; do ask "$base/sns/get-data-protection-policy.$(named "$value").json" sns get-data-protection-policy --resource-arn "$value"; done
  each 'Topics[].TopicArn' sns list-topics | while IFS= read -r value; do ask "$base/sns/get-topic-attributes.$(named "$value").json" sns get-topic-attributes --topic-arn "$value"; done
  ask "$base/sns/list-subscriptions.json" sns list-subscriptions
  each 'Topics[].TopicArn' sns list-topics | while IFS= read -r value; do ask "$base/sns/list-subscriptions-by-topic.$(named "$value").json" sns list-subscriptions-by-topic --topic-arn "$value"; done
  each 'Topics[].TopicArn' sns list-topics | while IFS= read -r value; do ask "$base/sns/list-tags-for-resource.$(named "$value").json" sns list-tags-for-resource --resource-arn "$value"; done
  ask "$base/sns/list-topics.json" sns list-topics
  each 'QueueUrls[]' sqs list-queues | while IFS= read -r value; do ask "$base/sqs/get-queue-attributes.$(named "$value").json" sqs get-queue-attributes --queue-url "$value"; done
  each 'QueueUrls[]' sqs list-queues | while IFS= read -r value; do ask "$base/sqs/list-queue-tags.$(named "$value").json" sqs list-queue-tags --queue-url "$value"; done
  ask "$base/sqs/list-queues.json" sqs list-queues
  ask "$base/ssm/describe-parameters.json" ssm describe-parameters
  ask "$base/wafv2/get-web-acl.json" wafv2 get-web-acl
  ask "$base/wafv2/list-logging-configurations.json" wafv2 list-logging-configurations --scope REGIONAL
  each 'WebACLs[].ARN' wafv2 list-web-ac-ls --scope REGIONAL | while IFS= read -r value; do ask "$base/wafv2/list-resources-for-web-acl.$(named "$value").json" wafv2 list-resources-for-web-acl --web-acl-arn "$value"; done
  each 'WebACLs[].ARN' wafv2 list-web-ac-ls --scope REGIONAL | while IFS= read -r value; do ask "$base/wafv2/list-tags-for-resource.$(named "$value").json" wafv2 list-tags-for-resource --resource-arn "$value"; done
  ask "$base/wafv2/list-web-ac-ls.json" wafv2 list-web-ac-ls --scope REGIONAL
done
