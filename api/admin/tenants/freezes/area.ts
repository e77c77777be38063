import { PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import * as freezes from '../../../../db/repos/tenants/freezes.ts';
import { freezeCopy as copy } from '../../../../templates/admin/tenants/freeze-copy.ts';
import { FreezePage } from '../../../../templates/admin/tenants/freeze.tsx';
import { FreezePanel } from '../../../../templates/admin/tenants/freeze-panel.tsx';
import { paths, withQuery } from '../../../../templates/paths.ts';
import type { Area } from '../../../kit/area.ts';
import type { RequestContext } from '../../../kit/context.ts';
import type { AttentionItem, RefusedTabForm } from '../../../kit/contributions.ts';
import { keptKey } from '../../../kit/idempotency-key.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { definePage } from '../../../kit/route.ts';
import { type FreezeRead, readFreeze, toState } from './act.ts';
import { platformFreezeActions, tenantFreezeActions } from './actions.ts';

/** More than a person reads at once. */
const most = 100;
const shownOnHome = 10;

const panelOf = (read: FreezeRead, refused?: RefusedTabForm) => ({
  state: toState(read),
  requestKey: keptKey(refused?.form.values ?? {}),
  ...(refused && { refused: { action: refused.action, state: refused.form } }),
});

async function platformPage(context: RequestContext, refused?: RefusedTabForm) {
  const read = await readFreeze(context, PLATFORM_TENANT_ID);
  const frozen = await context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    freezes.listFrozen(tx, most),
  );
  return FreezePage({
    frame: pageContextOf(context),
    ...panelOf(read, refused),
    tenants: frozen.map(({ tenantId, tenantName, since, byName, frozenBy, reason }) => ({
      ...{ tenantId, tenantName, reason },
      since: since.toISOString(),
      by: byName ?? frozenBy,
    })),
  });
}

/** The platform first, then the tenants that have been frozen longest. */
async function readAttention(context: RequestContext): Promise<AttentionItem[]> {
  const { platform, tenants } = await context.deps.db.inScope(
    { ...context.scope('platform'), readOnly: true },
    async (tx) => ({
      platform: await freezes.findOwn(tx, 'platform', PLATFORM_TENANT_ID),
      tenants: await freezes.listFrozen(tx, shownOnHome),
    }),
  );
  const shared = { urgency: 'review', tone: 'attention', button: copy.open } as const;
  const ofPlatform = platform
    ? [{ ...shared, sentence: copy.platformFrozen, since: platform.since.toISOString(), href: paths.freeze }]
    : [];
  const ofTenants = tenants.map(({ tenantId, tenantName, since }) => ({
    ...shared,
    sentence: copy.tenantFrozen(tenantName),
    since: since.toISOString(),
    href: withQuery(paths.tenant(tenantId), { tab: 'freeze' }),
  }));
  return [...ofPlatform, ...ofTenants];
}

/** Stopping what a tenant, or the platform, does on its own. */
export const freezesArea: Area = {
  side: 'admin',
  nav: [
    {
      title: copy.title,
      href: paths.freeze,
      icon: 'player-pause',
      group: 'Operations',
      permission: 'platform.freeze',
      tabOf: paths.workflows,
    },
  ],
  routes: [
    definePage({
      path: paths.freeze,
      access: 'platform.freeze',
      whileViewing: 'never',
      show: (context) => platformPage(context),
    }),
    ...platformFreezeActions(platformPage),
  ],
  attention: { permission: 'platform.freeze', read: readAttention },
  commands: () => [
    {
      title: copy.command,
      words: 'stop pause emergency everything unfreeze thaw',
      href: paths.freeze,
      permission: 'platform.freeze',
    },
  ],
  tenantTab: {
    key: 'freeze',
    title: copy.title,
    permission: 'tenants.freeze',
    order: 90,
    async show(context, { line }, { refused }) {
      const read = await readFreeze(context, line.id);
      return FreezePanel({
        frame: pageContextOf(context),
        tenant: { id: line.id, name: line.name },
        ...panelOf(read, refused),
      });
    },
    routes: tenantFreezeActions,
  },
};
