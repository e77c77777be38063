import { mayReset } from '../../../db/repos/identity/second-factors.ts';
import type { Person } from '../../../db/repos/people/people.ts';
import { Security } from '../../../templates/admin/people/security.tsx';
import { securityCopy } from '../../../templates/admin/people/copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { PersonTab, RefusedTabForm } from '../../kit/contributions.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { isoOf } from '../shared/query.ts';
import { removal, secondFactorRoutes } from './second-factor.ts';
import { readSignIns } from './sign-ins.ts';

/** Null where nothing is to be removed; after a refusal the form is there all the same, to say why. */
function removalOf(context: RequestContext, person: Person, refused?: RefusedTabForm) {
  const again = refused?.action === removal ? refused.form : undefined;
  const isOffered = person.hasSecondFactor && mayReset(person, context.person().userId);
  if (!context.can('sessions.revoke') || (!isOffered && !again)) return null;
  return {
    frame: pageContextOf(context),
    userId: person.id,
    name: person.name,
    ...(again && { state: again }),
  };
}

/** How well an account is protected; other areas add tabs of their own for sessions and keys. */
export const securityTab: PersonTab = {
  key: 'security',
  title: securityCopy.title,
  permission: 'people.read',
  order: 20,
  routes: secondFactorRoutes,
  async show(context, person, { refused }) {
    const { id, hasSecondFactor, lastSeenAt, emailVerifiedAt, status, platformRole } = person;
    const signIns = await readSignIns(context, [id]);
    return Security({
      sessionsHref: context.can('sessions.revoke') ? paths.personSessions(id) : null,
      hasSecondFactor,
      removal: removalOf(context, person, refused),
      isSuspended: status === 'suspended',
      isPlatform: platformRole !== null,
      emailVerifiedAt: isoOf(emailVerifiedAt),
      lastSignInAt: isoOf(signIns.get(id) ?? null),
      lastSeenAt: isoOf(lastSeenAt),
    });
  },
};
