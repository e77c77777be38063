import type { Tx } from '../../scope.ts';
import type { Page, Paging } from '../../domain/common.ts';
import { AppError } from '../../domain/errors.ts';
import type { EventAction } from '../../domain/event.ts';
import type { ServerRecord, ServerStatus, ToolServer } from '../../domain/integrations/servers.ts';
import { keysetPage } from '../shared/paging.ts';
import { all, first, one } from '../shared/rows.ts';

const statusNow = `case when s.status = 'deprecated' and s.off_at <= now() then 'off' else s.status end`;
const columns = [
  ...['name', 'title', 'summary', 'category', 'priority', 'kind', 'version', 'docs_url', 'credential_fields'],
  ...[
    'auth',
    'webhook',
    'launch',
    'featured',
    'successor',
    'disabled_at',
    'deprecated_at',
    'off_at',
    'notice',
  ],
  ...['created_at', 'updated_at'],
]
  .map((column) => `s.${column}`)
  .join(', ');

export interface ServerFilter extends Paging {
  /** From Z to A. */
  descending?: boolean | undefined;
  q?: string | undefined;
  category?: string | undefined;
  featured?: boolean | undefined;
  status?: ServerStatus | undefined;
  kind?: ToolServer['kind'] | undefined;
}

/** The registry by title. Removed servers are listed only when they are asked for. */
export async function listServers(tx: Tx, filter: ServerFilter): Promise<Page<ToolServer>> {
  const query = tx
    .sql('mcp_servers as s')
    .select(
      tx.sql.raw(`${columns}, ${statusNow} as status`),
      tx.sql.raw('lower(s.title) as key_0, s.name as key_1'),
    );
  if (filter.status) void query.whereRaw(`${statusNow} = ?`, [filter.status]);
  else void query.whereNot('s.status', 'removed');
  if (filter.category) void query.where('s.category', filter.category);
  if (filter.kind) void query.where('s.kind', filter.kind);
  if (filter.featured !== undefined) void query.where('s.featured', filter.featured);
  if (filter.q) {
    const pattern = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
    void query.where((any) => {
      for (const column of ['s.name', 's.title', 's.summary']) void any.orWhereILike(column, pattern);
    });
  }
  return keysetPage<ToolServer>(query, {
    columns: ['lower(s.title)', 's.name'],
    types: ['text', 'text'],
    descending: filter.descending ?? false,
    cursor: filter.cursor,
    limit: filter.limit,
    counted: filter.counted,
  });
}

/** Null for removed ones too. */
export async function findServer(tx: Tx, name: string): Promise<ToolServer | null> {
  return first<ToolServer>(
    tx
      .sql('mcp_servers as s')
      .where('s.name', name)
      .whereNot('s.status', 'removed')
      .select(tx.sql.raw(`${columns}, ${statusNow} as status`)),
  );
}

/** Throws `server.not-found`, for removed ones too. */
export async function getServer(tx: Tx, name: string): Promise<ToolServer> {
  const found = await findServer(tx, name);
  if (!found) throw new AppError('server.not-found');
  return found;
}

/** The same, locked against changes until the transaction ends. */
export async function getServerToChange(tx: Tx, name: string): Promise<ToolServer> {
  await tx.sql('mcp_servers').where({ name }).forUpdate().first('name');
  return getServer(tx, name);
}

/** The same for what tenants may see: one that is only being looked at is not there for them. */
export async function getOfferedServer(tx: Tx, name: string): Promise<ToolServer> {
  const found = await getServer(tx, name);
  if (found.status === 'review') throw new AppError('server.not-found');
  return found;
}

/** What people call the servers there are, removed ones too; by name. */
export async function serverTitles(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const rows = await all<{ name: string; title: string }>(tx.sql('mcp_servers').select('name', 'title'));
  return new Map(rows.map(({ name, title }) => [name, title]));
}

/** A declared server as a row. */
export function rowOf(record: ServerRecord): Record<string, unknown> {
  return {
    name: record.name,
    title: record.title,
    summary: record.summary,
    category: record.category,
    priority: record.priority,
    kind: record.kind,
    version: record.version,
    docs_url: record.docsUrl,
    credential_fields: JSON.stringify(record.credentialFields),
    auth: JSON.stringify(record.auth),
    webhook: record.webhook && JSON.stringify(record.webhook),
    launch: record.launch && JSON.stringify(record.launch),
  };
}

/**
 * Adds a package or remote server; our own ones come with the platform. A removed one may come back under its name,
 * but its tools are checked again. Throws `server.name-taken`.
 */
export async function addServer(
  tx: Tx,
  record: ServerRecord,
  status: 'review' | 'available' = 'available',
): Promise<void> {
  if (record.kind === 'builtin') {
    throw new AppError('request.invalid', { fields: { kind: 'Built-in servers can’t be registered.' } });
  }
  await assertCategory(tx, record.category);
  const fresh = { status, successor: null, deprecated_at: null, off_at: null, notice: null };
  const added = await tx
    .sql('mcp_servers')
    .insert({ ...rowOf(record), status })
    .onConflict('name')
    .merge({ ...rowOf(record), ...fresh, featured: false, updated_at: tx.sql.fn.now() })
    .where('mcp_servers.status', 'removed')
    .returning('name');
  if (added.length === 0) {
    throw new AppError('server.name-taken', { fields: { name: 'This name is taken.' } });
  }
  note(tx, 'server.added', record.name, { kind: record.kind, version: record.version });
}

/**
 * Lets tenants see a server that was looked at. Throws `server.not-reviewed` while none of its tools is approved, and
 * does nothing for one that is offered already.
 */
export async function publishServer(tx: Tx, name: string): Promise<void> {
  const { status } = await getServer(tx, name);
  if (status !== 'review') return;
  const approved = await first(
    tx.sql('mcp_tools').where({ server: name, state: 'approved' }).select('name').limit(1),
  );
  if (!approved) throw new AppError('server.not-reviewed');
  await update(tx, name, { status: 'available' });
  note(tx, 'server.published', name);
}

/** Changes what is declared about a server. Of our own servers only the category: the rest stands in their code. */
export async function updateServer(tx: Tx, record: ServerRecord, reason?: string): Promise<void> {
  const { kind } = await getServer(tx, record.name);
  if (kind !== record.kind) {
    throw new AppError('request.invalid', { fields: { kind: 'You can’t change a server’s type.' } });
  }
  await assertCategory(tx, record.category);
  const values = kind === 'builtin' ? { category: record.category } : rowOf(record);
  await update(tx, record.name, values);
  const { category, version } = record;
  note(tx, 'server.updated', record.name, { category, version, ...(reason !== undefined && { reason }) });
}

/** Removes a server without connections; its history is kept. Throws `server.built-in` and `server.in-use`. */
export async function removeServer(tx: Tx, name: string, reason: string): Promise<void> {
  const { kind } = await getServer(tx, name);
  if (kind === 'builtin') throw new AppError('server.built-in');
  await update(tx, name, { status: 'removed', featured: false, disabled_at: null });
  const user = await first(
    tx
      .sql('mcp_connections')
      .where({ server: name })
      .whereNot('status', 'disconnected')
      .select('id')
      .limit(1),
  );
  if (user) throw new AppError('server.in-use');
  await tx.sql('mcp_tools').where({ server: name }).update({ state: 'withdrawn' });
  note(tx, 'server.removed', name, { reason });
}

export async function setFeatured(tx: Tx, name: string, featured: boolean): Promise<void> {
  const server = await getServer(tx, name);
  if (server.featured === featured) return;
  await update(tx, name, { featured });
  note(tx, featured ? 'server.featured' : 'server.unfeatured', name);
}

/**
 * Turns a server on or off for every tenant, immediately; a second time it changes nothing. Throws `request.invalid`
 * for a deprecated one, and `server.not-reviewed` for one that tenants do not see yet.
 */
export async function setStatus(
  tx: Tx,
  { name, status, reason }: { name: string; status: 'available' | 'disabled'; reason: string },
): Promise<void> {
  const { status: before } = await getServerToChange(tx, name);
  if (before === status) return;
  if (before === 'review') throw new AppError('server.not-reviewed');
  if (before === 'deprecated' || before === 'off') {
    throw new AppError('request.invalid', { fields: { status: 'Undo the deprecation first.' } });
  }
  await update(tx, name, { status, disabled_at: status === 'disabled' ? tx.sql.fn.now() : null });
  note(tx, status === 'available' ? 'server.enabled' : 'server.disabled', name, { reason });
}

/**
 * Announces the end of a server: it takes no new tenants, works until `offAt` and names what to use instead. May be
 * said again with another date.
 */
export async function deprecate(
  tx: Tx,
  end: { name: string; successor: string | null; offAt: Date; notice: string | null; reason: string },
): Promise<void> {
  const { name, successor, offAt, notice, reason } = end;
  const { status } = await getServer(tx, name);
  if (status === 'off') throw new AppError('server.off');
  const fields: Record<string, string> = {};
  if (successor !== null && !(await isAvailable(tx, successor, name))) {
    fields['successor'] = 'Choose another available server.';
  }
  const { past } = await one<{ past: boolean }>(
    tx.sql.raw('select cast(? as timestamptz) <= now() as past', [offAt]),
  );
  if (past) fields['offAt'] = 'Choose a time in the future.';
  if (Object.keys(fields).length > 0) throw new AppError('request.invalid', { fields });
  await update(tx, name, {
    status: 'deprecated',
    successor,
    disabled_at: null,
    deprecated_at: tx.sql.raw('coalesce(deprecated_at, now())'),
    off_at: offAt,
    notice,
    featured: false,
  });
  note(tx, 'server.deprecated', name, { successor, offAt: offAt.toISOString(), reason });
}

async function isAvailable(tx: Tx, name: string, otherThan: string): Promise<boolean> {
  const found = await first(
    tx
      .sql('mcp_servers')
      .where({ name, status: 'available' })
      .whereNot('name', otherThan)
      .select('name')
      .limit(1),
  );
  return found !== null;
}

/** Ends a server now, or writes down that its announced end has come. */
export async function retireServer(tx: Tx, name: string, reason: string): Promise<void> {
  const changed = await tx
    .sql('mcp_servers')
    .where({ name })
    .whereIn('status', ['available', 'disabled', 'deprecated'])
    .update({
      status: 'off',
      featured: false,
      disabled_at: null,
      off_at: tx.sql.raw('least(off_at, now())'),
      updated_at: tx.sql.fn.now(),
    });
  if (changed === 0) return void (await getServer(tx, name));
  note(tx, 'server.retired', name, { reason });
}

/** Calls the end of a server off, whether or not it has come. */
export async function undeprecate(tx: Tx, name: string, reason: string): Promise<void> {
  const { status } = await getServer(tx, name);
  if (status !== 'deprecated' && status !== 'off') return;
  const none = { successor: null, deprecated_at: null, off_at: null, notice: null };
  await update(tx, name, { status: 'available', ...none });
  note(tx, 'server.undeprecated', name, { reason });
}

/** Throws `category.not-found` at the field. */
export async function assertCategory(tx: Tx, key: string): Promise<void> {
  const found = await first(tx.sql('mcp_categories').where({ key }).select('key').limit(1));
  if (!found) throw new AppError('category.not-found', { fields: { category: 'Choose a category.' } });
}

async function update(tx: Tx, name: string, values: Record<string, unknown>): Promise<void> {
  await tx
    .sql('mcp_servers')
    .where({ name })
    .update({ ...values, updated_at: tx.sql.fn.now() });
}

function note(tx: Tx, action: EventAction, name: string, data: Record<string, string | null> = {}): void {
  tx.record({ action, targets: [{ type: 'server', id: name }], data });
}
