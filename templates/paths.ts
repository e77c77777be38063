/** One segment of an address; ids and names may hold any character. */
const segment = encodeURIComponent;

const tenant = (tenantId: string) => `/admin/tenants/${segment(tenantId)}`;
const tenantView = (viewId: string) => `/admin/tenants/views/${segment(viewId)}`;
const bulkRun = (runId: string) => `/admin/tenants/bulk/${segment(runId)}`;
const run = (runId: string) => `/admin/workflows/${segment(runId)}`;
const setupStep = (step: string) => `/app/setup/${segment(step)}`;
const teamMember = (userId: string) => `/app/team/members/${segment(userId)}`;
const person = (userId: string) => `/admin/people/${segment(userId)}`;
const invoice = (invoiceId: string) => `/app/billing/invoices/${segment(invoiceId)}`;

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
  manifest: '/manifest.webmanifest',
  apiDescription: '/api/openapi.json',
  signIn: '/sign-in',
  /** Sign in, then go to `next`, a path of the portal. */
  signInThen: (next: string) => withQuery('/sign-in', { next }),
  signOut: '/sign-out',
  signUp: '/sign-up',
  verifyEmail: '/verify-email',
  resendVerification: '/verify-email/resend',
  acceptInvitation: '/invitations/accept',
  /** The businesses a person belongs to. */
  businesses: '/businesses',
  business: (tenantId: string) => `/businesses/${segment(tenantId)}`,
  activity: '/activity',
  followRun: '/activity/live',
  help: '/help',

  // Admin: home, search
  admin: '/admin',
  adminSearch: '/api/search',

  // Admin: tenants, onboarding
  tenants: '/admin/tenants',
  tenant,
  tenantOnboardingAction: (tenantId: string, action: string) =>
    `${tenant(tenantId)}/onboarding/${segment(action)}`,
  tenantConnectionTest: (tenantId: string, server: string) =>
    `${tenant(tenantId)}/connections/${segment(server)}/test`,
  /** The sign-up link of a partner. */
  signUpLinkAction: (action: 'create' | 'revoke') => `/admin/sign-up-link/${action}`,
  tenantsBulk: '/admin/tenants/bulk',
  tenantsBulkAction: (action: string) => `/admin/tenants/bulk/${segment(action)}`,
  tenantsBulkRun: bulkRun,
  tenantsBulkRunLive: (runId: string) => `${bulkRun(runId)}/live`,
  tenantViews: '/admin/tenants/views',
  tenantViewAction: (viewId: string, action: 'rename' | 'remove') => `${tenantView(viewId)}/${action}`,
  onboardingFunnel: '/admin/onboarding',

  // Admin: people, billing
  people: '/admin/people',
  peopleCsv: '/admin/people.csv',
  person,
  personConfirmation: (userId: string) => `${person(userId)}/confirmation`,
  adminInvoices: '/admin/invoices',

  // Admin: runs, approvals
  workflows: '/admin/workflows',
  run,
  runAction: (runId: string, action: string) => `${run(runId)}/${segment(action)}`,
  runLive: (runId: string) => `${run(runId)}/live`,
  runHistory: (runId: string) => `${run(runId)}/history.json`,
  runStack: (runId: string) => `${run(runId)}/stack`,
  processes: '/admin/processes',
  process: (name: string) => `/admin/processes/${segment(name)}`,
  adminApprovals: '/admin/approvals',

  // Admin: integrations
  registry: '/admin/integrations',
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

  // Admin: audit
  audit: '/admin/audit',
  auditCsv: '/admin/audit.csv',
  /** The audit log with its chain being checked. */
  auditCheck: '/admin/audit?check=now',
  auditVerify: '/admin/audit/verify',
  retention: '/admin/retention',

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
  approval: (approvalId: string) => `/app/approvals/${segment(approvalId)}`,

  // Client: people, billing
  team: '/app/team',
  teamInvitations: '/app/team/invitations',
  /** A form about a pending invitation. */
  teamInvitationAction: (invitationId: string, action: 'withdraw' | 'resend' | 'link') =>
    `/app/team/invitations/${segment(invitationId)}/${action}`,
  teamMember,
  teamMemberAction: (userId: string, action: 'role' | 'remove' | 'transfer') =>
    `${teamMember(userId)}/${action}`,
  billing: '/app/billing',
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
