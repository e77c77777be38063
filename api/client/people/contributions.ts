import type { Tx } from '../../../db/scope.ts';
import * as invitations from '../../../db/repos/people/invitations.ts';
import * as users from '../../../db/repos/people/users.ts';
import { roleTitles } from '../../../db/domain/roles.ts';
import { teamCopy } from '../../../templates/client/people/copy.ts';
import { TeamCard } from '../../../templates/client/people/home-card.tsx';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import type { ChecklistItem, Contributions, HomeCard, SearchHit } from '../../kit/contributions.ts';

async function readCards(context: RequestContext, tx: Tx): Promise<HomeCard[]> {
  const { tenantId } = context.tenant();
  const members = await users.listMembers(tx, tenantId);
  const pending = await invitations.listPending(tx, tenantId);
  return [{ wide: false, card: TeamCard({ people: members.length, pending: pending.length }) }];
}

/** Someone to work with: invited or already here. */
async function readChecklist(context: RequestContext, tx: Tx): Promise<ChecklistItem[]> {
  const { tenantId } = context.tenant();
  const members = await users.listMembers(tx, tenantId);
  const pending = await invitations.listPending(tx, tenantId);
  const isDone = members.length + pending.length > 1;
  return [{ title: teamCopy.checklist, isDone, href: `${paths.team}#invite` }];
}

async function search(
  context: RequestContext,
  tx: Tx,
  { q, limit }: { q: string; limit: number },
): Promise<SearchHit[]> {
  const members = await users.listMembers(tx, context.tenant().tenantId);
  const lower = q.toLowerCase();
  return members
    .filter(({ name, email }) => name.toLowerCase().includes(lower) || email.toLowerCase().includes(lower))
    .slice(0, limit)
    .map(({ name, email, role }) => ({
      title: name,
      subtitle: `${roleTitles[role]} · ${email}`,
      href: paths.team,
      kind: 'person',
    }));
}

/** What the team adds to the client's home and palette. */
export const teamContributions: Contributions = {
  homeCards: { permission: 'workspace.read', read: readCards },
  checklist: { permission: 'team.invite', read: readChecklist },
  search: { permission: 'team.read', read: search },
  commands: () => [
    {
      title: teamCopy.invite,
      words: 'add colleague user member team',
      href: `${paths.team}#invite`,
      permission: 'team.invite',
    },
  ],
};
