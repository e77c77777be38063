import { parseArgs } from 'node:util';
import { newId } from '../../db/domain/ids.ts';
import { plainCount } from '../../db/domain/plural.ts';
import * as factors from '../../db/repos/identity/second-factors.ts';
import * as users from '../../db/repos/people/users.ts';
import { type Command, commandScope } from './command.ts';

/** The way back in for the last super admin who lost the phone and the backup codes. */
export const secondFactorRemove: Command = {
  usage: 'second-factor remove <email> --reason TEXT',
  summary: 'Removes the lost second factor of a person and ends their sessions; the audit log says so',
  async run({ platform, say }, args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { reason: { type: 'string' } },
    });
    const [email] = positionals;
    const reason = values.reason?.trim();
    if (!email || positionals.length > 1 || !reason) {
      say('Say whose it is and why: second-factor remove <email> --reason TEXT');
      return 2;
    }
    const { db } = await platform();
    return db.inScope(commandScope, async (tx) => {
      const person = await users.findByEmail(tx, email.toLowerCase());
      if (!person) {
        say(`There is no account of ${email}.`);
        return 2;
      }
      if (!(await factors.find(tx, person.id))) {
        say(`${email} has no second factor: the password is enough to sign in.`);
        return 0;
      }
      const ended = await factors.reset(tx, {
        userId: person.id,
        by: null,
        reason,
        filed: { id: newId('event') },
      });
      say(
        `The second factor of ${email} is removed; ${plainCount(ended, 'session has', 'sessions have')} ended.`,
      );
      return 0;
    });
  },
};
