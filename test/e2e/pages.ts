import { areas } from '../../api/areas.ts';
import type { AnyRoute } from '../../api/kit/route.ts';
import { permissionsOf } from '../../db/domain/permissions.ts';
import { type Role } from '../../db/domain/roles.ts';
import { submittableSteps } from '../../db/domain/onboarding/steps.ts';
import { serverTabs } from '../../api/admin/integrations/view.ts';
import { plantedService } from './planted-tools.ts';
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
  runId: string;
  invoiceId: string;
  /** Calls of a Stripe tool: one done, one pending approval. */
  calls: { done: string; waiting: string } | null;
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
  return { userId, memberId, tenantId: run.tenant.id, runId: run.runId, invoiceId, calls };
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
  if (path === '/admin/integrations') return ['', '?q=nothing-of-this-name'];
  if (path === '/admin/integrations/servers/:server') return serverTabs.map((tab) => `?tab=${tab}`);
  if (path === '/admin/integrations/servers/:server/deprecate') return ['?lastDay=2099-01-31'];
  if (path === '/admin/integrations/usage') return ['', '?by=tenant'];
  if (path === '/admin/audit') return ['', '?check=now', '?actor=unknown-actor'];
  if (path === '/app/integrations') return ['', '?q=nothing-of-this-name'];
  if (path === '/app/integrations/:server/tools/:tool') {
    return ['', '?as=json', ...(calls ? [`?call=${calls.done}`, `?call=${calls.waiting}`] : [])];
  }
  if (path === '/admin/tenants') return ['', '?q=nothing-of-this-name', '?step=website&sort=-activity'];
  return [''];
}

function addressesOf({ path }: AnyRoute, ids: Ids): string[] {
  const steps = path.includes(':step') ? submittableSteps : [''];
  return steps.flatMap((step) => {
    const filled = path
      .replace(':step', step)
      .replace(':tenantId', ids.tenantId)
      .replace(':userId', path.startsWith('/app/') ? ids.memberId : ids.userId)
      .replace(':runId', ids.runId)
      .replace(':id', ids.invoiceId)
      // Only third-party servers can be edited.
      .replace(':server', path.endsWith('/edit') ? plantedService : 'stripe')
      .replace(':tool', 'stripe_create_refund')
      .replace(':name', 'confirm-email');
    // Nothing is planted there; its states are in the samples of the pages.
    if (path === '/admin/tenants/bulk/:runId') return [];
    if (path === '/admin/tenants/bulk')
      return ['remind', 'extend'].map((action) => `${filled}?action=${action}&tenant=${ids.tenantId}`);
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
  return pages.filter(may).flatMap((route) => addressesOf(route, ids));
}
