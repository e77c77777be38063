import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { adminSecondFactorRequired, secondFactorRequired } from '../../../db/domain/identity/settings.ts';
import * as factors from '../../../db/repos/identity/second-factors.ts';
import * as settings from '../../../db/repos/settings/values.ts';
import { paths } from '../../../templates/paths.ts';
import { BackupCodesPage } from '../../../templates/public/identity/backup-codes.tsx';
import { secondFactorCopy as copy } from '../../../templates/public/identity/copy.ts';
import { SecondFactorPage } from '../../../templates/public/identity/second-factor.tsx';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { localPath } from '../shared/landing.ts';
import { changeOwn, filedUnder, next } from './own-account.ts';
import { addFactor, beginSetup, openSetup, qrCodeOf, replaceCodes } from './second-factor-setup.ts';

const code = z.string().trim().min(1, 'Enter the code.').max(20);
const setup = z.string().min(1).max(1_000);
const codes = z.array(z.string());

/** Whether this person may not go without a second factor. */
async function isRequired(context: RequestContext): Promise<boolean> {
  const { tenant, role } = context.person();
  return context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, async (tx) => {
    if (await settings.resolve(tx, secondFactorRequired, tenant?.id ?? null)) return true;
    return role === 'superAdmin' && settings.resolve(tx, adminSecondFactorRequired, null);
  });
}

/** Throws `second-factor.required`, `second-factor.missing`. */
async function remove(context: RequestContext): Promise<void> {
  const { userId } = context.person();
  if (await isRequired(context)) throw new AppError('second-factor.required');
  await changeOwn(context, { userId, ...filedUnder(context) }, (tx, filed) =>
    factors.remove(tx, userId, filed),
  );
}

function setupPage(context: RequestContext, to: string | undefined, form?: FormState) {
  const opened = openSetup(context, form?.values?.['setup']) ?? beginSetup(context);
  const { code: _code, setup: _setup, ...values } = form?.values ?? {};
  return SecondFactorPage({
    frame: pageContextOf(context),
    isDemanded: context.person().mustDo === 'add-second-factor',
    setup: opened.setup,
    secret: opened.secret,
    qr: qrCodeOf(opened.uri),
    next: to,
    ...(form && { form: { ...form, values } }),
  });
}

const codesPage = (context: RequestContext, shown: string[], to?: string) =>
  BackupCodesPage({ frame: pageContextOf(context), codes: shown, continueHref: to ?? paths.accountSecurity });

/** Only its person decides on a second factor, just after having confirmed who they are. */
const secured = { access: 'account.secure', whileViewing: 'never', stepUp: true } as const;

export const secondFactorRoutes = [
  definePage({
    path: paths.secondFactor,
    ...secured,
    whileMustDo: true,
    query: z.object({ next }),
    async show(context, { query }) {
      if (context.person().hasSecondFactor) return { to: query.next ?? paths.accountSecurity };
      return setupPage(context, query.next);
    },
  }),
  defineForm({
    path: paths.secondFactor,
    ...secured,
    whileMustDo: true,
    body: z.strictObject({ setup, code, next }),
    async submit(context, { body }) {
      return codesPage(context, await addFactor(context, body), body.next);
    },
    async again(context, { form }) {
      const given = form.values['next'];
      const to = localPath(typeof given === 'string' ? given : undefined) ?? undefined;
      // Sent twice: the first one has added it.
      if (context.person().hasSecondFactor)
        return { to: paths.accountSecurity, flash: { kind: 'note', text: copy.exists } };
      return setupPage(context, to, form);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/session/second-factor/setup',
    ...secured,
    whileMustDo: true,
    summary: 'Begin to add a second factor: the secret for an authenticator app; nothing is stored yet',
    response: z.object({ setup: z.string(), secret: z.string(), uri: z.string() }),
    handle: async (context) => beginSetup(context),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/session/second-factor',
    ...secured,
    whileMustDo: true,
    summary: 'Add the second factor with a code of the app; the backup codes are told only here',
    body: z.strictObject({ setup, code }),
    status: 201,
    response: z.object({ backupCodes: codes }),
    errors: [
      'second-factor.setup-expired',
      'second-factor.wrong-code',
      'second-factor.exists',
      'session.locked',
    ],
    handle: async (context, { body }) => ({ backupCodes: await addFactor(context, body) }),
  }),
  ...defineAction({
    paths: { api: '/api/session/second-factor/remove', form: paths.removeSecondFactor },
    ...secured,
    summary: 'Turn off the second factor',
    response: z.object({ removed: z.literal(true) }),
    errors: ['second-factor.required', 'second-factor.missing'],
    run: (context) => remove(context),
    answer: async () => ({ removed: true as const }),
    done: () => copy.removed,
    then: () => paths.accountSecurity,
    refusedTo: () => paths.accountSecurity,
  }),
  defineRoute({
    method: 'POST',
    path: '/api/session/backup-codes',
    ...secured,
    summary: 'Replace the backup codes; the new ones are told only here',
    status: 201,
    response: z.object({ backupCodes: codes }),
    errors: ['second-factor.missing'],
    handle: async (context) => ({ backupCodes: await replaceCodes(context) }),
  }),
  defineForm({
    path: paths.backupCodes,
    ...secured,
    body: z.strictObject({}),
    submit: async (context) => codesPage(context, await replaceCodes(context)),
  }),
];
