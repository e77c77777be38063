import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { plainCount } from '../../db/domain/plural.ts';
import { verifyChains } from '../../db/audit-verify.ts';
import { verifyCheckpoints } from '../../db/audit/checkpoint-verify.ts';
import { auditSigner } from '../../db/audit/signing.ts';
import { idPattern } from '../../db/domain/ids.ts';
import { deriveKey } from '../runtime/keys.ts';
import { verifyFile } from './audit-verify-file.ts';
import { type Command, type CommandContext, commandScope } from './command.ts';

async function verifyChainsOf({ platform, say }: CommandContext, tenantId?: string): Promise<number> {
  const { db } = await platform();
  const verdicts = await db.inScope(commandScope, (tx) => verifyChains(tx, tenantId));
  const broken = verdicts.filter((verdict) => verdict.broken);
  for (const { tenantId: chain, broken: problem } of broken) {
    say(`${chain}: broken at event ${problem?.seq}: ${problem?.problem}`);
  }
  if (tenantId && broken.length === 0 && verdicts.every(({ events }) => events === 0)) {
    say(`There is no chain of "${tenantId}".`);
    return 2;
  }
  const events = verdicts.reduce((sum, verdict) => sum + verdict.events, 0);
  const outcome = broken.length === 0 ? 'every chain holds' : `${broken.length} broken`;
  say(
    `${plainCount(verdicts.length, 'chain', 'chains')}, ${plainCount(events, 'event', 'events')}: ${outcome}.`,
  );
  return broken.length === 0 ? 0 : 1;
}

async function verifyAllCheckpoints({ platform, say }: CommandContext): Promise<number> {
  const { db, config } = await platform();
  const own = auditSigner(deriveKey(config.masterKey, 'audit-log'));
  const { checkpoints, broken, otherKeys } = await db.inScope(commandScope, (tx) =>
    verifyCheckpoints(tx, own),
  );
  if (otherKeys.length > 0) say(`Some checkpoints were signed with other keys: ${otherKeys.join(', ')}.`);
  if (broken) {
    const chain = broken.event ? `${broken.event.tenantId}: ` : '';
    say(`Checkpoint ${broken.number} doesn't hold: ${chain}${broken.problem}`);
    return 1;
  }
  say(`${plainCount(checkpoints, 'checkpoint', 'checkpoints')}: every one holds.`);
  return 0;
}

export const auditVerify: Command = {
  usage: 'audit verify [tenant-id | FILE]',
  summary:
    'Checks the audit log, or an export of it without a database (--key ID|FILE, --checkpoints FILE); exit code 1 when it does not hold',
  async run(context, args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { key: { type: 'string' }, checkpoints: { type: 'string' } },
    });
    const [what] = positionals;
    if (what === undefined) {
      const chains = await verifyChainsOf(context);
      return Math.max(chains, await verifyAllCheckpoints(context));
    }
    if (existsSync(what)) return verifyFile(context.say, what, values);
    if (idPattern('tenant').test(what)) return verifyChainsOf(context, what);
    context.say(`There is no file "${what}".`);
    return 2;
  },
};
