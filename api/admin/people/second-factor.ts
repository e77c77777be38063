import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import * as factors from '../../../db/repos/identity/second-factors.ts';
import { securityCopy as copy } from '../../../templates/admin/people/copy.ts';
import { paths } from '../../../templates/paths.ts';
import { changeAndTell } from '../../both/identity/change-and-tell.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { RerenderPerson } from '../../kit/contributions.ts';
import type { AnyRoute } from '../../kit/route.ts';
import { personParams as params, readPerson } from './person-page.ts';

/** Name of the form where it was refused. */
export const removal = 'second-factor';

/** Throws `user.not-found`, `second-factor.target-refused`, `second-factor.missing`. */
async function remove(context: RequestContext, userId: string, why: string): Promise<{ ended: number }> {
  const { person } = await readPerson(context, userId);
  const by = context.person().userId;
  // Said before anything begins; what counts is looked at again when it is done.
  if (!factors.mayReset(person, by)) throw new AppError('second-factor.target-refused');
  if (!person.hasSecondFactor) throw new AppError('second-factor.missing', { text: copy.remove.missing });
  const tenantId = person.memberships[0]?.tenantId;
  const told = { userId, ...(tenantId && { tenantId }) };
  const ended = await changeAndTell(context, told, context.scope('platform'), (tx, filed) =>
    factors.reset(tx, { userId, by, reason: why, filed }),
  );
  return { ended };
}

/** For who lost the phone and the backup codes: only the password is left to sign in with. */
export const secondFactorRoutes = (rerender: RerenderPerson): AnyRoute[] =>
  defineAction({
    paths: {
      api: '/api/admin/people/:userId/second-factor/remove',
      form: '/admin/people/:userId/second-factor/remove',
    },
    access: 'sessions.revoke',
    stepUp: true,
    summary:
      'Remove the second factor of a person with a lower role; their sessions end, and they get an email',
    params,
    body: z.strictObject({ reason }),
    response: z.object({ ended: z.number().int() }),
    errors: ['user.not-found', 'second-factor.target-refused', 'second-factor.missing'],
    run: (context, { params: { userId }, body }) => remove(context, userId, body.reason),
    answer: async (_context, result) => result,
    done: () => copy.remove.done,
    then: (_result, { params: { userId } }) => paths.personTab(userId, 'security'),
    rerender: (context, { params: { userId }, form }) => rerender(context, userId, { action: removal, form }),
  });
