import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { newId } from '../../../db/domain/ids.ts';
import * as partnerLinks from '../../../db/repos/tenants/partner-links.ts';
import { inviteClientCopy } from '../../../templates/admin/tenants/copy.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineRoute } from '../../kit/route.ts';

/** The partner the viewer works for. Throws `permission.denied` for everyone else. */
function partnerOf(context: RequestContext): string {
  const { partnerId } = context.person();
  if (!partnerId) throw new AppError('permission.denied');
  return partnerId;
}

/** The sign-up link of the viewer's partner; null where none works. */
export async function readSignUpLink(context: RequestContext): Promise<string | null> {
  const partnerId = partnerOf(context);
  const { db, linkToken, publicUrl } = context.deps;
  const found = await db.inScope(context.scope('platform'), (tx) => partnerLinks.findActive(tx, partnerId));
  if (!found) return null;
  const { token } = await linkToken(partnerLinks.linkSubject(found.id));
  return `${publicUrl}${withQuery(paths.signUp, { partner: token })}`;
}

async function create(context: RequestContext): Promise<{ link: string }> {
  const partnerId = partnerOf(context);
  const { db, linkToken } = context.deps;
  const id = newId('partnerLink');
  const { tokenHash } = await linkToken(partnerLinks.linkSubject(id));
  await db.inScope(context.scope('platform'), (tx) =>
    partnerLinks.insert(tx, { id, partnerId, tokenHash, createdBy: context.person().userId }),
  );
  const link = await readSignUpLink(context);
  // Revoked by a colleague in this very moment.
  if (!link) throw new AppError('partner.link-invalid');
  return { link };
}

async function revoke(context: RequestContext): Promise<void> {
  const partnerId = partnerOf(context);
  await context.deps.db.inScope(context.scope('platform'), (tx) => partnerLinks.revoke(tx, partnerId));
}

const dialog = `${paths.tenants}#invite-client`;

export const inviteClientRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/admin/sign-up-link',
    access: 'clients.invite',
    summary: 'Your sign-up link; businesses that sign up through it are your clients',
    response: z.object({ link: z.string().nullable() }),
    handle: async (context) => ({ link: await readSignUpLink(context) }),
  }),
  ...defineAction({
    paths: { api: '/api/admin/sign-up-link', form: paths.signUpLinkAction('create') },
    access: 'clients.invite',
    summary: 'Create your sign-up link, or get the one there is',
    response: z.object({ link: z.string() }),
    run: create,
    answer: async (_context, created) => created,
    done: () => inviteClientCopy.created,
    then: () => dialog,
  }),
  ...defineAction({
    paths: { api: '/api/admin/sign-up-link/revoke', form: paths.signUpLinkAction('revoke') },
    access: 'clients.invite',
    summary: 'Revoke your sign-up link: it stops working immediately',
    response: z.object({ revoked: z.literal(true) }),
    run: revoke,
    answer: async () => ({ revoked: true as const }),
    done: () => inviteClientCopy.revoked,
    then: () => paths.tenants,
  }),
];
