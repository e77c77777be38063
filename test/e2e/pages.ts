import { areas } from '../../api/areas.ts';
import type { AnyRoute } from '../../api/kit/route.ts';
import { permissionsOf } from '../../db/domain/permissions.ts';
import { type Role } from '../../db/domain/roles.ts';
import { submittableSteps } from '../../db/domain/onboarding/steps.ts';
import { serverTabs } from '../../api/admin/integrations/view.ts';
import { plantedService } from './planted-tools.ts';
import { type PlantedTemplate, plantTemplate } from './crawl/planted-templates.ts';
import { historyViews, runTabs } from '../../api/admin/runs/tabs.ts';
import { tenantTabsOf } from '../../api/admin/tenants/view.ts';
import type { Caller } from '../support/api.ts';
import type { Planted } from './planted.ts';

/** What stands for a parameter in an address, for everybody who opens it. */
export interface Ids {
  tenantId: string;
  /** A person of that tenant, and one of the live business. */
  userId: string;
  memberId: string;
  /** Custom roles: of the live business, and of that tenant. */
  roleId: string;
  tenantRoleId: string;
  runId: string;
  /** A run of a process that people start by hand; that run itself where the reader may not start one. */
  startedId: string;
  /** Null where the reader may not make one. */
  scheduleId: string | null;
  invoiceId: string;
  /** The newest invoice within reach of the reader; null where there is none. */
  billedId: string | null;
  /** Of the live business; null where no tools were planted. */
  approvalId: string | null;
  /** Calls of a Stripe tool: one done, one pending approval. */
  calls: { done: string; waiting: string } | null;
  /** A workflow template of the reader, where they may have one, and one of the live business. */
  template: PlantedTemplate | null;
  ownTemplate: PlantedTemplate | null;
}

/** Ids with something to show: a tenant in onboarding and its run. */
export async function findIds(
  admin: Caller,
  { invoiceId, calls, live }: Pick<Planted, 'invoiceId' | 'calls' | 'live'>,
): Promise<Ids> {
  const runs = await admin.call('GET', '/api/admin/runs?process=onboard-tenant&state=waiting');
  const items = runs.body.items as { runId: string; currentStep: string; tenant: { id: string } }[];
  const run = items.find(({ currentStep }) => currentStep === 'website') ?? items[0];
  if (!run) throw new Error('no onboarding is waiting');
  const people = await admin.call('GET', `/api/admin/people?tenant=${run.tenant.id}`);
  const team = await live.call('GET', '/api/client/team');
  const [userId, memberId] = [people.body.items[0].id as string, team.body.members[0].id as string];
  const started = await admin.call('POST', '/api/admin/processes/confirm-email/runs', {
    input: { tenantId: run.tenant.id, userId },
    reason: 'To look at a run that was started by hand',
  });
  const approvals = calls ? await live.call('GET', '/api/approvals?state=pending') : null;
  const approvalId = (approvals?.body.items[0]?.id ?? null) as string | null;
  const role = { name: 'Reader', baseRole: 'member', permissions: ['team.read'] };
  const own = await live.call('POST', '/api/client/roles', role);
  const other = await admin.call('POST', `/api/admin/tenants/${run.tenant.id}/roles`, role);
  const [roleId, tenantRoleId] = [own.body.id as string, other.body.id as string];
  const schedule = await admin.call('POST', '/api/admin/schedules', {
    process: 'confirm-email',
    input: { tenantId: run.tenant.id, userId },
    when: { kind: 'cron', cron: '30 2 * * *', timezone: 'Europe/Madrid' },
    reason: 'So that the page has something to show',
  });
  const scheduleId = (schedule.body.id ?? null) as string | null;
  const billed = await admin.call('GET', '/api/admin/invoices?limit=1');
  const billedId = (billed.body.items[0]?.id ?? null) as string | null;
  return {
    ...{ userId, memberId, roleId, tenantRoleId, invoiceId, billedId, approvalId, calls, scheduleId },
    ...{ tenantId: run.tenant.id, runId: run.runId },
    template: await plantTemplate(admin, run.tenant.id),
    ownTemplate: await plantTemplate(live),
    startedId: (started.body?.runId as string | undefined) ?? run.runId,
  };
}

const pages = areas.flatMap(({ routes }) => routes).filter(({ kind }) => kind === 'page');

/** The parts of a page that are reached by its query. */
function variantsOf(path: string, { calls }: Ids): string[] {
  if (path === '/admin/tenants/:tenantId')
    return ['', ...tenantTabsOf(areas).map(({ key }) => `?tab=${key}`)];
  if (path === '/admin/workflows/:runId') {
    return [
      ...runTabs.map((tab) => `?tab=${tab}`),
      ...historyViews.slice(1).map((view) => `?tab=history&view=${view}`),
    ];
  }
  if (path === '/admin/workflows/:runId/reset') return ['', '?step=profile'];
  if (path === '/admin/workflows') return ['', '?q=nothing-of-this-name', '?cause=tool.timeout&step=call'];
  if (path === '/admin/workflows/analytics') return ['', '?process=onboard-tenant&days=7'];
  if (path === '/workflow-templates') return ['', '?q=nothing-of-this-name'];
  if (path === '/workflow-templates/:templateId') return ['', '?tab=graph', '?tab=runs'];
  if (path === '/workflow-templates/:templateId/edit') {
    const add = 'add=steps.0';
    return ['', '?step=steps.1', `?${add}`, `?${add}&kind=wait`, `?${add}&kind=tool`, '?parameter=why'];
  }
  if (path === '/admin/invoices') return ['', '?q=nothing-of-this-name', '?status=overdue'];
  if (path === '/admin/revenue') return ['', '?interval=day'];
  if (path === '/admin/dunning') return ['', '?state=ended'];
  if (path === '/admin/schedules') return ['', '?paused=yes'];
  if (path === '/admin/integrations') return ['', '?q=nothing-of-this-name'];
  if (path === '/admin/integrations/servers/:server') return serverTabs.map((tab) => `?tab=${tab}`);
  if (path === '/admin/integrations/servers/:server/deprecate') return ['?lastDay=2099-01-31'];
  if (path === '/admin/integrations/usage') return ['', '?by=tenant'];
  if (path === '/admin/people/:userId') return ['', '?tab=activity', '?tab=security'];
  if (path === '/app/billing/plan') return ['', '?planKey=scale&interval=month&seats=2'];
  if (path === '/admin/subscriptions') return ['', '?q=nothing-of-this-name'];
  if (path === '/admin/audit') return ['', '?check=now', '?actor=unknown-actor'];
  if (path === '/app/integrations' || path === '/docs') return ['', '?q=nothing-of-this-name'];
  if (path === '/app/approvals') return ['', '?tab=others', '?tab=decided'];
  if (path === '/app/integrations/:server/tools/:tool') {
    return ['', '?as=json', ...(calls ? [`?call=${calls.done}`, `?call=${calls.waiting}`] : [])];
  }
  if (path === '/admin/tenants') return ['', '?q=nothing-of-this-name', '?step=website&sort=-activity'];
  return [''];
}

function addressesOf({ path }: AnyRoute, ids: Ids, isOwner: boolean): string[] {
  const template = isOwner ? ids.ownTemplate : ids.template;
  if (path.includes(':templateId') && !template) return [];
  const steps = path.includes(':step') ? submittableSteps : [''];
  if (path === '/app/approvals/:id' && !ids.approvalId) return [];
  return steps.flatMap((step) => {
    const filled = path
      .replace(':step', step)
      .replace(':templateId', template?.templateId ?? '')
      .replace(/(?<=templates.*):runId/, template?.runId ?? '')
      .replace(':tenantId', ids.tenantId)
      .replace(':userId', path.startsWith('/app/') ? ids.memberId : ids.userId)
      .replace(':runId', path.endsWith('/start-again') ? ids.startedId : ids.runId)
      .replace(':scheduleId', ids.scheduleId ?? '')
      .replace(':id', path.startsWith('/admin/invoices/') ? (ids.billedId ?? '') : ':id')
      .replace(':id', path.startsWith('/app/approvals/') ? (ids.approvalId ?? ids.invoiceId) : ids.invoiceId)
      .replace(':roleId', path.startsWith('/app/') ? ids.roleId : ids.tenantRoleId)
      // Only third-party servers can be edited.
      .replace(':server', path.endsWith('/edit') ? plantedService : 'stripe')
      .replace(':tool', 'stripe_create_refund')
      .replace(':provider', 'google')
      .replace(':name', 'confirm-email')
      .replace(':group', 'client-team')
      .replace(':key', path.includes('/dunning/') ? 'standard' : 'growth');
    // Nothing is planted there; its states are in the samples of the pages.
    // Where another site leads to and from.
    if (path.startsWith('/sign-in/with/') || path.startsWith('/sign-in/callback/')) return [];
    if (path.startsWith('/admin/invoices/:id') && ids.billedId === null) return [];
    if (path.includes('/:operationId') || path.endsWith('/:viewId')) return [];
    if (path === '/admin/bulk-operations/new')
      return ['remind', 'extend'].map(
        (action) => `${filled}?operation=tenants.${action}&items=${ids.tenantId}`,
      );
    if (path.includes(':scheduleId') && ids.scheduleId === null) return [];
    if (filled.includes(':')) throw new Error(`say what stands for the parameter in ${path}`);
    return variantsOf(path, ids).map((query) => filled + query);
  });
}

/** Every address that a person in this role may open, made from the route data. */
export function addressesFor(role: Role | 'anonymous', ids: Ids): string[] {
  const may = ({ access }: AnyRoute) => {
    if (role === 'anonymous' || access === 'public') return role === 'anonymous' && access === 'public';
    return access === 'signed-in' || permissionsOf(role).has(access);
  };
  return pages.filter(may).flatMap((route) => addressesOf(route, ids, role === 'owner'));
}
