import type { VNode } from 'preact';
import { z } from 'zod';
import type { Permission } from '../../../db/domain/permissions.ts';
import type { SettingOwner } from '../../../db/repos/settings/values.ts';
import * as settings from '../../../db/repos/settings/values.ts';
import type { Setting } from '../../../db/domain/settings/setting.ts';
import type { Tx } from '../../../db/scope.ts';
import type { SecondFactorDemandProps } from '../../../templates/shared/second-factor-demand.tsx';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, definePage, defineRoute, type FormState } from '../../kit/route.ts';

/** Of whom a second factor is demanded, and where. */
export interface SecondFactorDemand {
  paths: { api: string; page: string };
  access: Permission;
  setting: Setting<boolean>;
  /** Whose people: the platform's or one tenant's. */
  owner(context: RequestContext): SettingOwner;
  /** How many people it is about, and how many of them have none. */
  count(tx: Tx, context: RequestContext): Promise<{ people: number; without: number }>;
  page(props: Omit<SecondFactorDemandProps, 'action' | 'note'>): VNode;
  summary: { read: string; write: string };
  done: { required: string; notRequired: string };
}

const shape = z.object({ required: z.boolean(), people: z.number(), without: z.number() });

/** Page, JSON routes and form of a demand for a second factor. */
export function secondFactorDemandRoutes(of: SecondFactorDemand): AnyRoute[] {
  const { paths, access } = of;

  /** What partners and the platform demand holds for a tenant too; what they store is beyond its own reach. */
  async function read(context: RequestContext) {
    const owner = of.owner(context);
    const tenantId = owner.level === 'tenant' ? owner.id : null;
    return context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, async (tx) => ({
      isRequired: await settings.resolve(tx, of.setting, tenantId),
      ...(await of.count(tx, context)),
    }));
  }

  const show = async (context: RequestContext, form?: FormState) =>
    of.page({
      frame: pageContextOf(context),
      ...(await read(context)),
      ...(form && { form: { problem: form.problem ?? '' } }),
    });

  async function answer(context: RequestContext): Promise<z.infer<typeof shape>> {
    const { isRequired, people, without } = await read(context);
    return { required: isRequired, people, without };
  }

  return [
    definePage({ path: paths.page, access, whileViewing: 'never', show: (context) => show(context) }),
    defineRoute({
      method: 'GET',
      path: paths.api,
      access,
      whileViewing: 'never',
      summary: of.summary.read,
      response: shape,
      handle: answer,
    }),
    ...defineAction({
      paths: { api: paths.api, form: paths.page },
      method: 'PUT',
      access,
      whileViewing: 'never',
      stepUp: true,
      summary: of.summary.write,
      body: z.strictObject({ required: z.boolean() }),
      response: shape,
      run: (context, { body }) =>
        context.deps.db.inScope(context.scope('platform'), (tx) =>
          settings.set(tx, of.setting, of.owner(context), body.required),
        ),
      answer,
      done: (_result, { body }) => (body.required ? of.done.required : of.done.notRequired),
      then: () => paths.page,
      rerender: (context, { form }) => show(context, form),
    }),
  ];
}
