import { z } from 'zod';
import { selfApproval } from '../../../db/domain/approvals/settings.ts';
import * as settings from '../../../db/repos/settings/values.ts';
import { approvalsCopy } from '../../../templates/client/approvals/copy.ts';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';

const onOff = z.enum(['on', 'off'], approvalsCopy.self.choose);

/** Whether people of the business may approve what they asked for; settings are read in the platform's reach. */
export async function readSelfApproval(context: RequestContext) {
  const { tenantId } = context.tenant();
  return context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, async (tx) => {
    const values = (await settings.listOfTenant(tx, tenantId, [selfApproval.key])).get(selfApproval.key);
    return {
      isOn: await settings.resolve(tx, selfApproval, tenantId),
      isOffAbove: values?.platform === false || values?.partner === false,
    };
  });
}

/** The switch; requests that are open keep the rule they began with. */
export const selfApprovalRoutes = defineAction({
  paths: { api: '/api/approvals/self-approval', form: paths.selfApproval },
  access: 'approvals.manage',
  summary:
    'Allow people to approve their own requests while no one else in the team can, or require a second person',
  body: z.strictObject({ selfApproval: onOff }),
  response: z.object({ selfApproval: onOff }),
  async run(context, { body }) {
    const { tenantId } = context.tenant();
    await context.deps.db.inScope(context.scope('platform'), (tx) =>
      settings.set(tx, selfApproval, { level: 'tenant', id: tenantId }, body.selfApproval === 'on'),
    );
    return body;
  },
  answer: async (_context, result) => result,
  done: ({ selfApproval: to }) => (to === 'on' ? approvalsCopy.self.turnedOn : approvalsCopy.self.turnedOff),
  then: () => paths.approvals,
});
