import type { Tx } from '../../../db/scope.ts';
import { lifecycleOf } from '../../../db/domain/integrations/lifecycle.ts';
import * as categories from '../../../db/repos/integrations/categories.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import type { OfferedServer } from '../../../templates/client/onboarding/setup-tools.tsx';

/** A page holds all servers there are, which are some dozens. */
const most = 200;

/** The servers of the registry in the order of their categories: those that can be chosen, and what was chosen before. */
export async function availableServers(tx: Tx, chosen: readonly string[] = []): Promise<OfferedServer[]> {
  const known = await categories.listCategories(tx);
  const { items } = await listServers(tx, { limit: most });
  const shown = items.filter(({ name, status }) => status === 'available' || chosen.includes(name));
  const places = new Map(known.map(({ key, title }, place) => [key, { title, place }]));
  return shown
    .map((server) => ({ server, at: places.get(server.category) }))
    .sort((one, other) => (one.at?.place ?? most) - (other.at?.place ?? most))
    .map(({ server, at }) => ({
      name: server.name,
      title: server.title,
      category: at?.title ?? server.category,
      lifecycle: lifecycleOf(server),
    }));
}
