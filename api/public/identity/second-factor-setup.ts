import { randomBytes } from 'node:crypto';
import { create } from 'qrcode';
import { z } from 'zod';
import { hashBackupCode, newBackupCodes } from '../../../db/auth/backup-codes.ts';
import { newTotpSecret, totpStepOf, totpUri } from '../../../db/auth/totp.ts';
import { AppError, errorTable } from '../../../db/domain/errors.ts';
import * as factors from '../../../db/repos/identity/second-factors.ts';
import * as sessions from '../../../db/repos/identity/sessions.ts';
import type { RequestContext } from '../../kit/context.ts';
import { changeOwn, filedUnder } from './own-account.ts';

const validMs = 30 * 60_000;
const begun = z.object({ secret: z.string(), at: z.number() });
const purposeOf = (userId: string) => `second-factor-setup:${userId}`;

/** A second factor that is being set up: nothing of it is stored, the page itself carries it, sealed for its person. */
export interface Setup {
  setup: string;
  secret: string;
  uri: string;
}

const toSetup = (context: RequestContext, setup: string, secret: string): Setup => ({
  setup,
  secret,
  uri: totpUri(secret, context.person().email),
});

export function beginSetup(context: RequestContext): Setup {
  const secret = newTotpSecret();
  const { userId } = context.person();
  const setup = context.deps.sealPass(purposeOf(userId), JSON.stringify({ secret, at: Date.now() }));
  return toSetup(context, setup, secret);
}

/** The setup a page carries; null for one that is older than half an hour, or another person's. */
export function openSetup(context: RequestContext, setup: unknown): Setup | null {
  if (typeof setup !== 'string') return null;
  const opened = context.deps.openPass(purposeOf(context.person().userId), setup);
  if (opened === null) return null;
  const { secret, at } = begun.parse(JSON.parse(opened));
  return Date.now() - at > validMs ? null : toSetup(context, setup, secret);
}

/** A QR code as squares of one unit: how many to a side, and the path that fills the dark ones. */
export function qrCodeOf(text: string): { size: number; path: string } {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const isDark = (row: number, column: number) => column < size && Boolean(data[row * size + column]);
  let path = '';
  for (let row = 0; row < size; row += 1) {
    for (let from = 0; from < size; from += 1) {
      let to = from;
      while (isDark(row, to)) to += 1;
      // One piece for neighbours: between single squares, rounding would leave light lines.
      if (to > from) path += `M${from} ${row}h${to - from}v1H${from}z`;
      from = to;
    }
  }
  return { size, path };
}

async function hashed(): Promise<{ codes: string[]; codeHashes: string[]; salt: Buffer }> {
  const [codes, salt] = [newBackupCodes(), randomBytes(16)];
  return { codes, salt, codeHashes: await Promise.all(codes.map((code) => hashBackupCode(code, salt))) };
}

/**
 * Adds the second factor, and returns its backup codes, which can't be shown again. Throws
 * `second-factor.setup-expired`, `second-factor.wrong-code`, `second-factor.exists`, `session.locked`.
 */
export async function addFactor(
  context: RequestContext,
  { setup, code }: { setup: string; code: string },
): Promise<string[]> {
  const { userId, sessionId, hasSecondFactor } = context.person();
  if (hasSecondFactor) throw new AppError('second-factor.exists');
  const opened = openSetup(context, setup);
  if (!opened) throw new AppError('second-factor.setup-expired');
  await context.deps.limits.take('second-factor', userId);
  const step = totpStepOf(opened.secret, code.replace(/\s/g, ''), Date.now());
  if (step === null) {
    throw new AppError('second-factor.wrong-code', {
      fields: { code: errorTable['second-factor.wrong-code'].text },
    });
  }
  await context.deps.limits.giveBack([['second-factor', userId]]);
  const { codes, codeHashes, salt } = await hashed();
  const sealed = context.deps.sealFactor(userId, opened.secret);
  await changeOwn(context, { userId, ...filedUnder(context) }, async (tx, filed) => {
    await factors.add(tx, { userId, ...sealed, salt, step, codeHashes, filed });
    await sessions.markVerified(tx, sessionId, { secondFactor: true });
  });
  return codes;
}

/** New backup codes in place of the old ones. Throws `second-factor.missing`. */
export async function replaceCodes(context: RequestContext): Promise<string[]> {
  const { userId } = context.person();
  const { codes, codeHashes, salt } = await hashed();
  await changeOwn(context, { userId, ...filedUnder(context) }, (tx, filed) =>
    factors.replaceBackupCodes(tx, userId, { codeHashes, salt, filed }),
  );
  return codes;
}
