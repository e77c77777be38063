import { adminNetworks } from '../../db/domain/identity/settings.ts';
import * as settings from '../../db/repos/settings/values.ts';
import { type Command, commandScope } from './command.ts';

/** The way back in when the list of allowed addresses has locked out every administrator. */
export const adminAllowAll: Command = {
  usage: 'admin allow-all',
  summary: 'Empties the list of addresses super admins may work from; the audit log says so',
  async run({ platform, say }) {
    const { db } = await platform();
    const before = await db.inScope(commandScope, async (tx) => {
      const networks = await settings.resolve(tx, adminNetworks, null);
      if (networks.length > 0) await settings.set(tx, adminNetworks, { level: 'platform' }, undefined);
      return networks.length;
    });
    say(
      before === 0
        ? 'The list is empty already: super admins can work from every address.'
        : `The list of ${before} is empty now: super admins can work from every address.`,
    );
    return 0;
  },
};
