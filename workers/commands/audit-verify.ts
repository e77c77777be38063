import { verifyChains } from '../../db/audit-verify.ts';
import { type Command, commandScope } from './command.ts';

export const auditVerify: Command = {
  usage: 'audit verify [tenant-id]',
  summary: 'Recomputes the hash chains of the audit log; exit code 1 when one does not hold',
  async run({ platform, say }, [tenantId]) {
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
    say(
      `${verdicts.length} ${verdicts.length === 1 ? 'chain' : 'chains'}, ${events} events: ${broken.length === 0 ? 'every chain holds' : `${broken.length} broken`}.`,
    );
    return broken.length === 0 ? 0 : 1;
  },
};
