import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { newId } from '../../domain/ids.ts';
import { mostViews, type SavedView } from '../../domain/tenants/saved-view.ts';
import { all, first, isDuplicate } from '../shared/rows.ts';

/** Whose views, and of which list. Views have no tenant: every call names the person. */
export interface ViewsOf {
  userId: string;
  list: 'tenants' | 'people' | 'runs';
}

const where = ({ userId, list }: ViewsOf) => ({ user_id: userId, list });

export async function list(tx: Tx, of: ViewsOf): Promise<SavedView[]> {
  return all<SavedView>(
    tx.sql('saved_views').where(where(of)).orderByRaw('lower(name)').select('id', 'name', 'query'),
  );
}

function nameTaken(error: unknown): unknown {
  if (!isDuplicate(error, 'saved_views_name_idx')) return error;
  const fields = { name: 'You already have a view with this name.' };
  return new AppError('view.name-taken', { fields, cause: error });
}

const targetOf = (id: string) => [{ type: 'view', id }] as const;

/** Throws `view.name-taken` and `view.limit-reached`. */
export async function insert(
  tx: Tx,
  of: ViewsOf,
  { name, query }: Pick<SavedView, 'name' | 'query'>,
): Promise<SavedView> {
  // Held, so that of two requests at once the second counts what the first has added.
  await tx.sql('users').where({ id: of.userId }).forUpdate().first('id');
  if ((await list(tx, of)).length >= mostViews) throw new AppError('view.limit-reached');
  const view = { id: newId('view'), name, query };
  try {
    await tx.sql('saved_views').insert({ ...view, ...where(of) });
  } catch (error) {
    throw nameTaken(error);
  }
  tx.record({ action: 'view.saved', targets: targetOf(view.id), data: { list: of.list, name, query } });
  return view;
}

/** Throws `view.not-found` and `view.name-taken`. */
export async function rename(tx: Tx, of: ViewsOf, id: string, name: string): Promise<SavedView> {
  let view: SavedView | null;
  try {
    view = await first<SavedView>(
      tx
        .sql('saved_views')
        .where({ ...where(of), id })
        .update({ name })
        .returning(['id', 'name', 'query']),
    );
  } catch (error) {
    throw nameTaken(error);
  }
  if (!view) throw new AppError('view.not-found');
  tx.record({ action: 'view.renamed', targets: targetOf(id), data: { list: of.list, name } });
  return view;
}

/** Throws `view.not-found`. */
export async function remove(tx: Tx, of: ViewsOf, id: string): Promise<void> {
  const view = await first<{ name: string }>(
    tx
      .sql('saved_views')
      .where({ ...where(of), id })
      .delete()
      .returning('name'),
  );
  if (!view) throw new AppError('view.not-found');
  tx.record({ action: 'view.removed', targets: targetOf(id), data: { list: of.list, name: view.name } });
}
