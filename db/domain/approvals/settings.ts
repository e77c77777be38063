import { z } from 'zod';
import { defineSetting } from '../settings/setting.ts';

export const selfApproval = defineSetting({
  key: 'approvals.self-approval',
  title: 'Approve your own requests',
  help: 'A person may approve what they asked for themselves, as long as no one else in the team can.',
  schema: z.boolean(),
  default: true,
  levels: ['platform', 'partner', 'tenant'],
  combine: (outer, inner) => outer && inner,
});

export const approvalsSettings = [selfApproval];
