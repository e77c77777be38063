import { z } from 'zod';
import { PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import type { Permission } from '../../../../db/domain/permissions.ts';
import { freezeCopy as copy } from '../../../../templates/admin/tenants/freeze-copy.ts';
import { paths, withQuery } from '../../../../templates/paths.ts';
import { defineAction } from '../../../kit/action.ts';
import type { RerenderTab } from '../../../kit/contributions.ts';
import { type AnyRoute, defineRoute, type FormState } from '../../../kit/route.ts';
import type { RequestContext } from '../../../kit/context.ts';
import type { VNode } from 'preact';
import { tenantParams } from '../../shared/query.ts';
import { freezeNow, freezeState, freezing, readFreeze, thawNow, toState, unfreezing } from './act.ts';

interface Place<P extends z.ZodObject> {
  api: string;
  form: string;
  access: Permission;
  params: P;
  words: { freeze: string; thaw: string; read: string };
  stepUp?: true;
  tenantIdOf: (params: z.output<P>) => string;
  to: (params: z.output<P>) => string;
  rerender(
    context: RequestContext,
    at: { params: z.output<P>; form: FormState },
    action: 'freeze' | 'thaw',
  ): Promise<VNode>;
}

/** What can be asked about the freeze of one place: how it is, freeze it, unfreeze it. */
function actionsOf<P extends z.ZodObject>(place: Place<P>): AnyRoute[] {
  const { access, params, words, tenantIdOf, to, stepUp } = place;
  const errors = ['tenant.not-found', 'process.timeout'];
  const stateOf = async (context: RequestContext, at: z.output<P>) =>
    toState(await readFreeze(context, tenantIdOf(at)));
  const shared = {
    ...{ access, params, errors, response: freezeState },
    ...(stepUp && { stepUp }),
    whileViewing: 'never' as const,
  };
  return [
    defineRoute<typeof freezeState, z.ZodObject>({
      ...{ method: 'GET', path: `${place.api}/freeze`, access, params, errors: ['tenant.not-found'] },
      whileViewing: 'never',
      summary: words.read,
      response: freezeState,
      handle: (context, { params: at }) => stateOf(context, at as z.output<P>),
    }),
    ...defineAction({
      ...shared,
      paths: { api: `${place.api}/freeze`, form: `${place.form}/freeze` },
      summary: words.freeze,
      body: freezing,
      run: (context, { params: at, body }) => freezeNow(context, tenantIdOf(at), body),
      answer: (context, _done, at) => stateOf(context, at),
      done: () => copy.frozenDone,
      then: (_done, { params: at }) => to(at),
      rerender: (context, at) => place.rerender(context, at, 'freeze'),
    }),
    ...defineAction({
      ...shared,
      paths: { api: `${place.api}/thaw`, form: `${place.form}/thaw` },
      summary: words.thaw,
      body: unfreezing,
      run: (context, { params: at, body }) => thawNow(context, tenantIdOf(at), body),
      answer: (context, _done, at) => stateOf(context, at),
      done: ({ droppedMails }) => copy.thawedDone(droppedMails),
      then: (_done, { params: at }) => to(at),
      rerender: (context, at) => place.rerender(context, at, 'thaw'),
    }),
  ];
}

export const tenantFreezeActions = (rerender: RerenderTab): AnyRoute[] =>
  actionsOf({
    api: '/api/admin/tenants/:tenantId',
    form: '/admin/tenants/:tenantId',
    access: 'tenants.freeze',
    params: tenantParams,
    words: {
      read: 'Whether a tenant is frozen, and what a freeze stops there',
      freeze: 'Freeze a tenant: its tools change nothing outside, and its emails are held',
      thaw: 'Unfreeze a tenant, and do or skip what was held',
    },
    tenantIdOf: ({ tenantId }) => tenantId,
    to: ({ tenantId }) => withQuery(paths.tenant(tenantId), { tab: 'freeze' }),
    rerender: (context, { params: { tenantId }, form }, action) =>
      rerender(context, tenantId, { action, form }),
  });

export const platformFreezeActions = (
  rerender: (context: RequestContext, refused: { action: string; form: FormState }) => Promise<VNode>,
): AnyRoute[] =>
  actionsOf({
    api: '/api/admin/platform',
    form: paths.freeze,
    access: 'platform.freeze',
    params: z.object({}),
    stepUp: true,
    words: {
      read: 'Whether the platform is frozen, and what a freeze stops',
      freeze: 'Freeze the platform: no tenant’s tools change anything outside, and all emails are held',
      thaw: 'Unfreeze the platform, and do or skip what was held',
    },
    tenantIdOf: () => PLATFORM_TENANT_ID,
    to: () => paths.freeze,
    rerender: (context, { form }, action) => rerender(context, { action, form }),
  });
