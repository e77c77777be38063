import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { isWithin, networkList, plainAddress } from '../../../db/domain/identity/networks.ts';
import { adminNetworks } from '../../../db/domain/identity/settings.ts';
import * as settings from '../../../db/repos/settings/values.ts';
import { AddressListPage } from '../../../templates/admin/identity/address-list.tsx';
import { addressListCopy as copy } from '../../../templates/admin/identity/key-copy.ts';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../kit/route.ts';

const access = 'access.restrict';
const shape = z.object({ networks: z.array(z.string()), ownAddress: z.string().nullable() });

async function read(context: RequestContext): Promise<z.output<typeof shape>> {
  const networks = await context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    settings.resolve(tx, adminNetworks, null),
  );
  return { networks, ownAddress: plainAddress(context.request.ip) };
}

const show = async (context: RequestContext, form?: FormState) =>
  AddressListPage({ frame: pageContextOf(context), ...(await read(context)), ...(form && { form }) });

/** Throws `request.invalid` for a list that would lock out the person who saves it. */
async function save(context: RequestContext, networks: string[]): Promise<{ count: number }> {
  const { ip } = context.request;
  if (networks.length > 0 && !isWithin(networks, ip))
    throw new AppError('request.invalid', { fields: { networks: copy.lockout(plainAddress(ip) ?? '') } });
  await context.deps.db.inScope(context.scope('platform'), (tx) =>
    settings.set(tx, adminNetworks, { level: 'platform' }, networks.length > 0 ? networks : undefined),
  );
  return { count: networks.length };
}

/** From which addresses administrators work. */
export const addressListArea: Area = {
  side: 'admin',
  nav: [
    {
      title: copy.title,
      href: paths.addressList,
      icon: 'shield-check',
      group: 'Govern',
      permission: access,
      tabOf: paths.audit,
    },
  ],
  routes: [
    definePage({
      path: paths.addressList,
      access,
      whileViewing: 'never',
      show: (context) => show(context),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/admin/address-list',
      access,
      whileViewing: 'never',
      summary: 'The networks super admins can work from, and the address this request comes from',
      response: shape,
      handle: read,
    }),
    ...defineAction({
      paths: { api: '/api/admin/address-list', form: paths.addressList },
      method: 'PUT',
      access,
      whileViewing: 'never',
      stepUp: true,
      summary: 'Restrict the addresses super admins can work from; an empty list allows all',
      body: z.strictObject({ networks: networkList }),
      response: shape,
      run: (context, { body }) => save(context, body.networks),
      answer: (context) => read(context),
      done: ({ count }) => copy.saved(count),
      then: () => paths.addressList,
      rerender: (context, { form }) => show(context, form),
    }),
  ],
};
