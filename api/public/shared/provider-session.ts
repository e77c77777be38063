import type { OpenedSession } from '../../../db/auth/provider.ts';
import { AppError } from '../../../db/domain/errors.ts';
import * as links from '../../../db/repos/identity/provider-links.ts';
import type { RequestContext } from '../../kit/context.ts';
import { openAfterPassword } from './pending-sign-in.ts';
import type { HeldIdentity } from './sealed-cookies.ts';

/**
 * Opens the session of a person whose account at a provider is connected. Our second factor applies, whatever the
 * provider asked for. Throws `session.code-required`, `session.suspended`, `session.no-access`, `provider.not-allowed`.
 */
export async function openByProvider(
  context: RequestContext,
  account: Pick<HeldIdentity, 'provider' | 'issuer' | 'subject'>,
  person: links.LinkedPerson,
): Promise<OpenedSession> {
  if (!person.hasAccess) throw new AppError(person.isSuspended ? 'session.suspended' : 'session.no-access');
  await context.deps.db.inScope({ ...context.scope('platform'), readOnly: false }, (tx) =>
    links.noteUse(tx, account),
  );
  return openAfterPassword(context, person, account.provider);
}
