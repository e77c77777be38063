import * as identityAccounts from './0001_identity_accounts.ts';
import * as auditEvents from './0002_audit_events.ts';
import * as identityTokens from './0003_identity_tokens.ts';
import * as peopleInvitations from './0004_people_invitations.ts';
import * as settingsMailsAndSecrets from './0005_settings_mails_and_secrets.ts';
import * as onboardingChoices from './0006_onboarding_choices.ts';
import * as billingSubscriptions from './0007_billing_subscriptions.ts';
import * as runsProjection from './0008_runs_projection.ts';
import * as tenantsSavedViews from './0009_tenants_saved_views.ts';
import * as integrationsServers from './0010_integrations_servers.ts';
import * as integrationsConnections from './0011_integrations_connections.ts';
import * as integrationsCalls from './0012_integrations_calls.ts';
import * as approvalsRequests from './0013_approvals_requests.ts';
import * as auditPurgeRuns from './0014_audit_purge_runs.ts';
import * as peopleTeamChanges from './0015_people_team_changes.ts';
import * as identitySessionTenants from './0016_identity_session_tenants.ts';
import * as tenantsPartnerLinks from './0017_tenants_partner_links.ts';
import * as integrationsDisabledAt from './0018_integrations_disabled_at.ts';
import * as runsClassified from './0019_runs_classified.ts';
import * as billingPlanWords from './0020_billing_plan_words.ts';
import * as identityFoundation from './0021_identity_foundation.ts';
import * as auditCheckpoints from './0022_audit_checkpoints.ts';
import * as identityViews from './0023_identity_views.ts';
import * as identitySecurityCenter from './0024_identity_security_center.ts';
import * as peopleDirectory from './0025_people_directory.ts';
import * as identitySessionEnds from './0026_identity_session_ends.ts';
import * as identityApiKeys from './0027_identity_api_keys.ts';
import * as identitySignInProviders from './0028_identity_sign_in_providers.ts';
import * as identityLeftovers from './0029_identity_leftovers.ts';
import * as runsAnalytics from './0030_runs_analytics.ts';
import * as tenantsFreezes from './0031_tenants_freezes.ts';
import * as approvalsPolicies from './0032_approvals_policies.ts';
import * as runsTemplates from './0033_runs_templates.ts';
import * as runsBulkOperations from './0034_runs_bulk_operations.ts';
import * as billingEngine from './0035_billing_engine.ts';
import * as identityConfirmedAddresses from './0036_identity_confirmed_addresses.ts';
import * as runsTemplateVersions from './0037_runs_template_versions.ts';
import * as billingExchangeRates from './0038_billing_exchange_rates.ts';
import * as billingInvoicing from './0039_billing_invoicing.ts';
import * as billingDunning from './0040_billing_dunning.ts';

/** Forward-only, in order; a name never changes once it has run anywhere. */
export const migrations: readonly { name: string; up: string }[] = [
  identityAccounts,
  auditEvents,
  identityTokens,
  peopleInvitations,
  settingsMailsAndSecrets,
  onboardingChoices,
  billingSubscriptions,
  runsProjection,
  tenantsSavedViews,
  integrationsServers,
  integrationsConnections,
  integrationsCalls,
  approvalsRequests,
  auditPurgeRuns,
  peopleTeamChanges,
  identitySessionTenants,
  tenantsPartnerLinks,
  integrationsDisabledAt,
  runsClassified,
  billingPlanWords,
  identityFoundation,
  auditCheckpoints,
  identityViews,
  identitySecurityCenter,
  peopleDirectory,
  identitySessionEnds,
  identityApiKeys,
  identitySignInProviders,
  identityLeftovers,
  runsAnalytics,
  tenantsFreezes,
  approvalsPolicies,
  runsTemplates,
  runsBulkOperations,
  billingEngine,
  identityConfirmedAddresses,
  runsTemplateVersions,
  billingExchangeRates,
  billingInvoicing,
  billingDunning,
];
