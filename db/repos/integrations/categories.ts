import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import type { ToolCategory } from '../../domain/integrations/servers.ts';
import { all } from '../shared/rows.ts';

/** In their order, each with the number of servers a tenant finds in it. */
export async function listCategories(tx: Tx): Promise<(ToolCategory & { servers: number })[]> {
  return all<ToolCategory & { servers: number }>(
    tx
      .sql('mcp_categories as c')
      .leftJoin('mcp_servers as s', (on) =>
        on.on('s.category', 'c.key').andOnIn('s.status', ['available', 'deprecated']),
      )
      .groupBy('c.key')
      .orderBy(['c.position', 'c.key'])
      .select('c.key', 'c.title', 'c.position')
      .count('s.name as servers'),
  );
}

/** Adds a category or changes the one of that key. */
export async function saveCategory(tx: Tx, category: ToolCategory): Promise<void> {
  await tx
    .sql('mcp_categories')
    .insert({ ...category })
    .onConflict('key')
    .merge();
  tx.record({
    action: 'category.saved',
    targets: [{ type: 'category', id: category.key }],
    data: { title: category.title, position: category.position },
  });
}

/** Removes an empty category. Throws `category.not-found` and `category.in-use`. */
export async function removeCategory(tx: Tx, key: string): Promise<void> {
  const removed = await tx
    .sql('mcp_categories')
    .where({ key })
    .delete()
    .catch((error: unknown) => {
      throw (error as { code?: string }).code === '23503'
        ? new AppError('category.in-use', { cause: error })
        : error;
    });
  if (removed === 0) throw new AppError('category.not-found');
  tx.record({ action: 'category.removed', targets: [{ type: 'category', id: key }] });
}
