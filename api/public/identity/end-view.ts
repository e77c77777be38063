import { z } from 'zod';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import { leaveView } from '../../kit/view/leave.ts';

/** Ends a view as another person from inside; works while Temporal is away. */
export const endViewRoutes = defineAction({
  paths: { api: '/api/impersonation/end', form: paths.endView },
  access: 'signed-in',
  whileUnpaid: 'always',
  whileViewing: 'always',
  summary: 'End the view as another person that this request comes from',
  response: z.object({ impersonationId: z.string(), ended: z.literal(true) }),
  errors: ['view.not-viewing'],
  run: (context) => leaveView(context),
  answer: async (_context, { id }) => ({ impersonationId: id, ended: true as const }),
  then: () => paths.viewEnded,
});
