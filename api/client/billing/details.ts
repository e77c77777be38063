import { z } from 'zod';
import { billedTo } from '../../../db/domain/billing/invoices.ts';
import { billingProfile } from '../../../db/domain/billing/profile.ts';
import { billedToOf, saveProfile } from '../../../db/repos/billing/profiles.ts';
import { billingDetailsCopy as copy } from '../../../templates/client/billing/copy.ts';
import { BillingDetailsPage } from '../../../templates/client/billing/details.tsx';
import { paths } from '../../../templates/paths.ts';
import { countryOptions } from '../../../templates/shared/places.ts';
import { defineAction } from '../../kit/action.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../kit/route.ts';

const access = 'billing.profile';
const details = z.object({ details: billedTo });

function read(context: RequestContext): Promise<z.output<typeof details>> {
  const scope = context.tenant();
  return context.deps.db.inScope({ ...scope, readOnly: true }, async (tx) => ({
    details: await billedToOf(tx, scope.tenantId),
  }));
}

const show = async (context: RequestContext, form?: FormState) =>
  BillingDetailsPage({
    frame: pageContextOf(context),
    ...(await read(context)),
    countries: countryOptions(),
    ...(form && { form }),
  });

/** Whom invoices are made out to. */
export const billingDetailsRoutes: Area['routes'] = [
  definePage({ path: paths.billingDetails, access, show: (context) => show(context) }),
  defineRoute({
    method: 'GET',
    path: '/api/client/billing-details',
    access,
    summary: 'Whom invoices are made out to',
    response: details,
    handle: read,
  }),
  ...defineAction({
    paths: { api: '/api/client/billing-details', form: paths.billingDetails },
    method: 'PUT',
    ...{ access, whileViewing: 'never' },
    summary: 'Set whom invoices are made out to, from the next one on',
    body: billingProfile,
    response: details,
    async run(context, { body }) {
      const scope = context.tenant();
      await context.deps.db.inScope(scope, (tx) => saveProfile(tx, scope.tenantId, body));
    },
    answer: (context) => read(context),
    done: () => copy.saved,
    then: () => paths.billing,
    rerender: (context, { form }) => show(context, form),
  }),
];
