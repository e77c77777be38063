import type { Tx } from '../../../db/scope.ts';
import * as invitations from '../../../db/repos/people/invitations.ts';
import * as users from '../../../db/repos/people/users.ts';
import { TeamCard } from '../../../templates/client/people/home-card.tsx';
import type { RequestContext } from '../../kit/context.ts';
import type { Contributions, HomeCard } from '../../kit/contributions.ts';

async function readCards(context: RequestContext, tx: Tx): Promise<HomeCard[]> {
  const { tenantId } = context.tenant();
  const members = await users.listMembers(tx, tenantId);
  const pending = await invitations.listPending(tx, tenantId);
  return [{ wide: false, card: TeamCard({ people: members.length, pending: pending.length }) }];
}

/** What the team adds to the client's home. */
export const teamContributions: Contributions = {
  homeCards: { permission: 'workspace.read', read: readCards },
};
