/** One segment of an address; ids and names may hold any character. */
const segment = encodeURIComponent;

const tenant = (tenantId: string) => `/admin/tenants/${segment(tenantId)}`;
const tenantView = (viewId: string) => `/admin/tenants/views/${segment(viewId)}`;
const bulkOperation = (operationId: string) => `/admin/bulk-operations/${segment(operationId)}`;
const template = (templateId: string) => `/workflow-templates/${segment(templateId)}`;
const run = (runId: string) => `/admin/workflows/${segment(runId)}`;
const setupStep = (step: string) => `/app/setup/${segment(step)}`;
const teamMember = (userId: string) => `/app/team/members/${segment(userId)}`;
const person = (userId: string) => `/admin/people/${segment(userId)}`;
const view = (viewId: string) => `/admin/views/${segment(viewId)}`;
const supportView = (viewId: string) => `/app/support-access/${segment(viewId)}`;
const membership = (userId: string, tenantId: string) => `${person(userId)}/memberships/${segment(tenantId)}`;
const plan = (key: string) => `/admin/plans/${segment(key)}`;
const invoice = (invoiceId: string) => `/app/billing/invoices/${segment(invoiceId)}`;

/** Forms about a person's membership in a tenant. */
type MembershipAction = 'role' | 'features' | 'suspend' | 'reactivate';

/**
 * Every address of the portal: pages, and the forms that they send. Lists take their filters through {@link withQuery}.
 * An `…Action` is the address of a form, whose last segment names what it does.
 */
export const paths = {
  // Public: home, health, identity, onboarding, runs, support
  home: '/',
  pricing: '/pricing',
  terms: '/terms',
  privacy: '/privacy',
  imprint: '/imprint',
  status: '/status',
  robots: '/robots.txt',
  sitemap: '/sitemap.xml',
  securityTxt: '/.well-known/security.txt',
  /** Public keys that checkpoints and exports of the audit log are signed with. */
  auditKey: '/.well-known/audit-key.json',
  manifest: '/manifest.webmanifest',
  apiDescription: '/api/openapi.json',
  docs: '/docs',
  /** Operations on one kind of thing: `client-team`. */
  docsGroup: (key: string) => `/docs/${key}`,
  signIn: '/sign-in',
  /** Sign in, then go to `next`, a path of the portal. */
  signInThen: (next: string) => withQuery('/sign-in', { next }),
  signInCode: '/sign-in/code',
  signInCodeThen: (next: string | undefined) => withQuery('/sign-in/code', { next }),
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  /** Leads to a sign-in provider, which leads back to `signInCallback`. */
  signInWith: (provider: string) => `/sign-in/with/${segment(provider)}`,
  signInWithThen: (provider: string, next: string | undefined) =>
    withQuery(`/sign-in/with/${segment(provider)}`, { next }),
  signInCallback: (provider: string) => `/sign-in/callback/${segment(provider)}`,
  /** Where people go on whose account at a provider isn't connected yet. */
  continueSignIn: '/sign-in/continue',
  /** The accounts elsewhere that a person signs in with. */
  signInMethods: '/account/sign-in-methods',
  connectSignIn: '/account/sign-in-methods/connect',
  removeSignIn: (provider: string) => `/account/sign-in-methods/${segment(provider)}/remove`,
  signOut: '/sign-out',
  signUp: '/sign-up',
  /** Back to the form, filled in as it was sent. */
  changeSignUp: '/sign-up/change',
  verifyEmail: '/verify-email',
  resendConfirmation: '/verify-email/resend',
  acceptInvitation: '/invitations/accept',
  /** The businesses a person belongs to. */
  businesses: '/businesses',
  business: (tenantId: string) => `/businesses/${segment(tenantId)}`,
  endView: '/view/end',
  /** Where people confirm who they are, and go on to `next`. */
  confirmIdentity: '/confirm-identity',
  confirmIdentityThen: (next: string | undefined) => withQuery('/confirm-identity', { next }),
  /** What everybody sees and changes of their own account. */
  accountSecurity: '/account/security',
  password: '/account/security/password',
  passwordThen: (next: string | undefined) => withQuery('/account/security/password', { next }),
  secondFactor: '/account/security/second-factor',
  secondFactorThen: (next: string | undefined) => withQuery('/account/security/second-factor', { next }),
  removeSecondFactor: '/account/security/second-factor/remove',
  backupCodes: '/account/security/backup-codes',
  ownSessionEnd: (sessionId: string) => `/account/security/sessions/${segment(sessionId)}/end`,
  ownSessionsEndOthers: '/account/security/sessions/end-others',
  profile: '/account/profile',
  notices: '/account/profile/notices',
  profilePicture: '/account/profile/picture',
  removeProfilePicture: '/account/profile/picture/remove',
  /** A person's picture; its hash is part of the address, so that it may be kept. */
  picture: (userId: string, hash: string) => `/pictures/${segment(userId)}/${hash}.webp`,
  /** API keys of a person, and of the business where the person may manage them. */
  apiKeys: '/account/security/api-keys',
  newApiKey: '/account/security/api-keys/new',
  apiKeyAction: (keyId: string, action: 'rotate' | 'revoke') =>
    `/account/security/api-keys/${segment(keyId)}/${action}`,
  activity: '/activity',
  followRun: '/activity/live',
  help: '/help',

  // Admin: home, search
  admin: '/admin',
  adminSearch: '/api/search',

  // Admin: tenants, onboarding
  tenants: '/admin/tenants',
  tenantsCsv: '/admin/tenants.csv',
  tenant,
  tenantOnboardingAction: (tenantId: string, action: string) =>
    `${tenant(tenantId)}/onboarding/${segment(action)}`,
  tenantConnectionTest: (tenantId: string, server: string) =>
    `${tenant(tenantId)}/connections/${segment(server)}/test`,
  /** The sign-up link of a partner. */
  signUpLinkAction: (action: 'create' | 'revoke') => `/admin/sign-up-link/${action}`,
  tenantViews: '/admin/tenants/views',
  tenantViewAction: (viewId: string, action: 'rename' | 'remove') => `${tenantView(viewId)}/${action}`,
  onboardingFunnel: '/admin/onboarding',

  // Admin: people, billing
  people: '/admin/people',
  peopleCsv: '/admin/people.csv',
  person,
  personSessions: (userId: string) => `${person(userId)}/sessions`,
  personSessionsAction: (userId: string, action: 'revoke') => `${person(userId)}/sessions/${action}`,
  personForcePasswordReset: (userId: string) => `${person(userId)}/force-password-reset`,
  personSecondFactorRemove: (userId: string) => `${person(userId)}/second-factor/remove`,
  personOffboard: (userId: string) => `${person(userId)}/offboard`,
  tenantSessionsRevoke: (tenantId: string) => `${tenant(tenantId)}/sessions/revoke`,
  /** Where an administrator says why, and for how long, they view the portal as a person. */
  viewAs: (userId: string) => `${person(userId)}/view-as`,
  /** A form about a person: confirmation, role, suspend, reactivate. */
  personAction: (userId: string, action: 'confirmation' | 'role' | 'suspend' | 'reactivate') =>
    `${person(userId)}/${action}`,
  personTab: (userId: string, tab: string) => withQuery(person(userId), { tab }),
  personActivityFile: (userId: string, format: 'csv' | 'jsonl') => `${person(userId)}/activity.${format}`,
  personMembership: membership,
  personMembershipAction: (userId: string, tenantId: string, action: MembershipAction) =>
    `${membership(userId, tenantId)}/${action}`,
  /** The custom roles of a tenant. */
  tenantRoles: (tenantId: string) => `${tenant(tenantId)}/roles`,
  adminInvoices: '/admin/invoices',
  adminInvoicesCsv: '/admin/invoices.csv',
  adminInvoice: (invoiceId: string) => `/admin/invoices/${segment(invoiceId)}`,
  adminInvoicePdf: (invoiceId: string) => `/admin/invoices/${segment(invoiceId)}/pdf`,
  adminInvoiceAct: (invoiceId: string, act: string) => `/admin/invoices/${segment(invoiceId)}/${act}`,
  taxes: '/admin/taxes',
  taxSeller: '/admin/taxes/seller',
  taxRates: '/admin/taxes/rates',
  adminSubscriptions: '/admin/subscriptions',
  adminSubscriptionsCsv: '/admin/subscriptions.csv',
  /** Leads to the subscription in the list. */
  adminSubscription: (subscriptionId: string) => withQuery('/admin/subscriptions', { q: subscriptionId }),
  adminPlans: '/admin/plans',
  newPlan: '/admin/plans/new',
  adminPlan: plan,
  newPlanVersion: (key: string) => `${plan(key)}/new-version`,
  planAction: (key: string, action: 'offer' | 'withdraw') => `${plan(key)}/${action}`,
  dunning: '/admin/dunning',
  dunningPolicies: '/admin/dunning/policies',
  dunningPolicy: (key: string) => `/admin/dunning/policies/${segment(key)}`,
  dunningPolicyPublish: (key: string) => `/admin/dunning/policies/${segment(key)}/versions`,
  tenantDunning: (tenantId: string, action: 'try' | 'extend' | 'give-up' | 'policy') =>
    `${tenant(tenantId)}/dunning/${action}`,

  // Admin: runs, approvals
  workflows: '/admin/workflows',
  workers: '/admin/workers',
  freeze: '/admin/freeze',
  platformFreeze: '/admin/freeze/freeze',
  platformThaw: '/admin/freeze/thaw',
  tenantFreeze: (tenantId: string) => `/admin/tenants/${tenantId}/freeze`,
  tenantThaw: (tenantId: string) => `/admin/tenants/${tenantId}/thaw`,
  workflowsCsv: '/admin/workflows.csv',
  analytics: '/admin/workflows/analytics',
  run,
  runAction: (runId: string, action: string) => `${run(runId)}/${segment(action)}`,
  runLive: (runId: string) => `${run(runId)}/live`,
  runHistory: (runId: string) => `${run(runId)}/history.json`,
  runStartAgain: (runId: string) => `${run(runId)}/start-again`,
  runReset: (runId: string) => `${run(runId)}/reset`,
  runMessages: (runId: string) => `${run(runId)}/messages`,
  runStack: (runId: string) => `${run(runId)}/stack`,
  bulkOperations: '/admin/bulk-operations',
  newBulkOperation: '/admin/bulk-operations/new',
  bulkOperation,
  bulkOperationAction: (operationId: string, action: string) =>
    `${bulkOperation(operationId)}/${segment(action)}`,
  bulkOperationLive: (operationId: string) => `${bulkOperation(operationId)}/live`,
  bulkItemsCsv: (operationId: string) => `${bulkOperation(operationId)}/items.csv`,
  processes: '/admin/processes',
  process: (name: string) => `/admin/processes/${segment(name)}`,
  schedules: '/admin/schedules',
  schedulesAll: (action: 'pause' | 'resume') => `/admin/schedules/${action}-all`,
  newSchedule: '/admin/schedules/new',
  newScheduleOf: (process: string) => `/admin/schedules/new/${segment(process)}`,
  schedule: (scheduleId: string) => `/admin/schedules/${segment(scheduleId)}`,
  scheduleAction: (scheduleId: string, action: string) => `/admin/schedules/${segment(scheduleId)}/${action}`,
  adminApprovals: '/admin/approvals',
  adminApprovalsCsv: '/admin/approvals.csv',

  // Admin: integrations
  registry: '/admin/integrations',
  registryCsv: '/admin/integrations.csv',
  registryCategories: '/admin/integrations/categories',
  removeCategory: (key: string) => `/admin/integrations/categories/${encodeURIComponent(key)}/remove`,
  /** The form that registers a package or a remote server; it posts below this address. */
  registerServer: '/admin/integrations/register',
  usage: '/admin/integrations/usage',
  usageCsv: '/admin/integrations/usage.csv',
  server: (server: string) => `/admin/integrations/servers/${encodeURIComponent(server)}`,
  serverTools: (server: string) => withQuery(paths.server(server), { tab: 'tools' }),
  /** A page or form about one server: edit, source, read, publish, discard, disable, deprecate and so on. */
  serverAction: (server: string, action: string) => `${paths.server(server)}/${action}`,
  serverTool: (server: string, tool: string) => `${paths.server(server)}/tools/${encodeURIComponent(tool)}`,
  serverToolAction: (server: string, tool: string, action: string) =>
    `${paths.serverTool(server, tool)}/${action}`,

  // Admin: identity
  platformSecurity: '/admin/security',
  views: '/admin/views',
  view,
  revokeView: (viewId: string) => `${view(viewId)}/revoke`,
  /** Where an administrator lands after a view as another person. */
  viewEnded: '/admin/views/ended',

  // Admin: audit
  audit: '/admin/audit',
  /** A file of the log: `format` is jsonl or csv, the rest are the filters of the list. */
  auditExport: '/api/admin/audit/export',
  /** The newest checkpoints, to keep elsewhere. */
  auditCheckpoints: '/admin/audit/checkpoints.jsonl',
  /** The audit log with its chain being checked. */
  auditCheck: '/admin/audit?check=now',
  auditVerify: '/admin/audit/verify',
  retention: '/admin/retention',

  // Admin: billing
  revenue: '/admin/revenue',
  movements: '/admin/revenue/movements',
  movementsCsv: '/admin/revenue/movements.csv',
  exchangeRates: '/admin/revenue/exchange-rates',

  // Admin: identity
  adminApiKeys: '/admin/api-keys',
  adminApiKeyRevoke: (keyId: string) => `/admin/api-keys/${segment(keyId)}/revoke`,
  addressList: '/admin/address-list',

  // Admin and client: identity
  accessLog: '/admin/access-log',
  accessLogCsv: '/admin/access-log.csv',
  securityEvents: '/app/security-events',
  securityEventsCsv: '/app/security-events.csv',

  providers: '/admin/sign-in-providers',
  provider: (key: string) => `/admin/sign-in-providers/${segment(key)}`,
  providerAction: (key: string, action: 'test' | 'turn') =>
    `/admin/sign-in-providers/${segment(key)}/${action}`,
  /** How people of a business sign in. */
  businessSignIn: '/app/sign-in',

  // Admin and client: runs
  workflowTemplates: '/workflow-templates',
  newWorkflowTemplate: '/workflow-templates/new',
  workflowTemplate: template,
  workflowTemplateTab: (templateId: string, tab: string) => withQuery(template(templateId), { tab }),
  /** A page or form about one template: edit, dry-run, start, upgrade, copy, publish and so on. */
  workflowTemplateAction: (templateId: string, action: string) => `${template(templateId)}/${action}`,
  workflowTemplateRun: (templateId: string, runId: string) =>
    `${template(templateId)}/runs/${segment(runId)}`,

  // Client: home, onboarding
  app: '/app',
  setup: '/app/setup',
  setupStep,
  /** Where a step of the setup posts that is saved before one of its integrations is connected. */
  setupStepThenConnect: (step: string, server: string) => withQuery(setupStep(step), { connect: server }),
  goingLive: '/app/setup/live',

  // Client: integrations, approvals
  integrations: '/app/integrations',
  integration: (server: string) => `/app/integrations/${encodeURIComponent(server)}`,
  /** Where a form about one integration posts: connect, authorize, callback, grants, test, disconnect, webhook-secret. */
  integrationAction: (server: string, action: string) => `${paths.integration(server)}/${action}`,
  integrationTool: (server: string, tool: string) =>
    `${paths.integration(server)}/tools/${encodeURIComponent(tool)}`,
  /** The page of an integration that leads back to a step of the setup wizard once it is connected. */
  connectFrom: (server: string, step: string) =>
    withQuery(paths.integration(server), { back: paths.setupStep(step) }),
  /** A tool's page with the outcome of one call in view. */
  integrationToolCall: (server: string, tool: string, call: string) =>
    `${withQuery(paths.integrationTool(server, tool), { call })}#result`,
  approvals: '/app/approvals',
  approvalsCsv: '/app/approvals.csv',
  approval: (approvalId: string) => `/app/approvals/${segment(approvalId)}`,
  approvalWithdraw: (approvalId: string) => `/app/approvals/${segment(approvalId)}/withdraw`,
  selfApproval: '/app/approvals/self-approval',

  // Client: identity
  tenantSecurity: '/app/security',
  supportAccess: '/app/support-access',
  supportView,

  // Client: people, billing
  team: '/app/team',
  teamCsv: '/app/team.csv',
  teamInvitations: '/app/team/invitations',
  /** A form about a pending invitation. */
  teamInvitationAction: (invitationId: string, action: 'withdraw' | 'resend' | 'link') =>
    `/app/team/invitations/${segment(invitationId)}/${action}`,
  teamMember,
  teamMemberAction: (userId: string, action: MembershipAction | 'remove' | 'transfer') =>
    `${teamMember(userId)}/${action}`,
  /** The custom roles of the viewer's business. */
  teamRoles: '/app/team/roles',
  billing: '/app/billing',
  changePlan: '/app/billing/plan',
  cancelPlan: '/app/billing/cancel',
  keepPlan: '/app/billing/keep',
  changeCard: '/app/billing/card',
  invoicesCsv: '/app/billing/invoices.csv',
  billingDetails: '/app/billing/details',
  tryOverdue: (invoiceId: string) => `${invoice(invoiceId)}/try`,
  invoice,
  invoicePdf: (invoiceId: string) => `${invoice(invoiceId)}/pdf`,
} as const;

/** What a list was asked for; values as they are in the URL. */
export type Query = Readonly<Record<string, string | undefined>>;

/** `path` with the query changed; `undefined` and '' take a parameter away. */
export function withQuery(path: string, query: Query, changes: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...changes })) if (value) search.set(name, value);
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
