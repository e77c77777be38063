import type { Tx } from '../../scope.ts';
import { all } from '../shared/rows.ts';

/** The partners of the platform by name. */
export async function list(tx: Tx): Promise<{ id: string; name: string }[]> {
  return all(tx.sql('partners').orderByRaw('lower(name), id').select('id', 'name'));
}
