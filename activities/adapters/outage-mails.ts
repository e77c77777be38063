import { type AppError, isErrorCode } from '../../db/domain/errors.ts';
import { newId, PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import * as people from '../../db/repos/people/people.ts';
import * as users from '../../db/repos/people/users.ts';
import type { Outage } from '../../db/repos/runs/outages.ts';
import * as mails from '../../db/repos/settings/mails.ts';
import type { Db, Scope } from '../../db/scope.ts';
import { renderMail } from '../../templates/email/render.ts';
import type { Mailer } from '../ports.ts';

const template = 'workers-lost';
const scope: Scope = { visibility: 'platform', by: { actor: { type: 'system', id: 'api' }, context: {} } };
/** A platform has a handful of super admins. */
const most = 50;

/**
 * Tells super admins by email that a queue has no workers: each once per outage, however often it is asked. It needs no
 * worker, since there may be none. Throws `mail.undeliverable` where the mail server is away; asked again, it continues with the rest.
 */
export function outageMails({ db, mailer, publicUrl }: { db: Db; mailer: Mailer; publicUrl: string }) {
  return async (queue: string, { id: outageId, since }: Outage): Promise<void> => {
    const admins = await db.inScope({ ...scope, readOnly: true }, async (tx) => {
      const { items } = await people.list(tx, { role: 'superAdmin', limit: most });
      return users.listByIds(
        tx,
        items.filter(({ status }) => status === 'active').map(({ id }) => id),
      );
    });
    for (const { id: userId, name, email, language } of admins) {
      const id = newId('mail');
      const messageId = `<${id}@${new URL(publicUrl).hostname}>`;
      const key = `${template}/${outageId}/${userId}`;
      const claimed = await db.inScope(scope, (tx) =>
        mails.claim(tx, { id, tenantId: PLATFORM_TENANT_ID, key, template, userId, messageId }),
      );
      if (claimed.status !== 'sending') continue;
      const values = { name, business: 'BizOSaaS', portal: publicUrl, queue, lostAt: since.toISOString() };
      const content = await renderMail(template, language, values);
      const to = { name, address: email };
      const status = await mailer.send({ messageId: claimed.messageId, to, ...content }).then(
        () => 'sent' as const,
        (error: AppError) => {
          if (isErrorCode(error.code) && error.code === 'mail.refused') return 'refused' as const;
          throw error;
        },
      );
      await db.inScope(scope, (tx) => mails.end(tx, PLATFORM_TENANT_ID, claimed.id, { status, template }));
    }
  };
}
