import type { z } from 'zod';
import type { Page } from '../../db/domain/common.ts';
import type { EventAction, NewEvent } from '../../db/domain/event.ts';
import type { Permission } from '../../db/domain/permissions.ts';
import type { RequestContext } from './context.ts';
import { type AnyRoute, defineRaw } from './route.ts';

type Cell = string | number | boolean | null;

/** A cell as RFC 4180 writes it; a leading quote keeps spreadsheets from running text as a formula. */
export function csvCell(value: Cell): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = value ?? '';
  // Spreadsheets skip spaces before a formula.
  const harmless = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** Waits until the client has taken what was written, or is gone. */
function drained({ response }: RequestContext): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/**
 * Streams a file part by part, never faster than the client reads it. The first part is read before the answer
 * begins, so that a failure there is still an error page.
 */
export async function sendFile(
  context: RequestContext,
  file: { name: string; type: string },
  parts: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const { response } = context;
  let started = false;
  const write = async (text: string) => {
    if (!started) {
      started = true;
      response.setHeader('content-type', `${file.type}; charset=utf-8`);
      response.setHeader('content-disposition', `attachment; filename="${file.name}"`);
      response.setHeader('cache-control', 'no-store');
    }
    if (!response.write(text) && !response.destroyed) await drained(context);
  };
  for await (const part of parts) {
    if (response.destroyed) return;
    await write(part);
  }
  await write('');
  response.end();
}

/** Streams a CSV file batch by batch, with its columns in the first line. */
export async function sendCsv(
  context: RequestContext,
  filename: string,
  columns: readonly string[],
  batches: AsyncIterable<readonly (readonly Cell[])[]> | Iterable<readonly (readonly Cell[])[]>,
): Promise<void> {
  async function* lines() {
    let head = csvLine(columns);
    for await (const rows of batches) {
      yield head + rows.map(csvLine).join('');
      head = '';
    }
    if (head) yield head;
  }
  await sendFile(context, { name: filename, type: 'text/csv' }, lines());
}

type ExportAction = Extract<EventAction, `${string}exported`>;

/**
 * Records that a list is taken out, before it is: in the log of the tenant whose list it is, else in the platform's,
 * which names the partner whose tenants it held. The names of the filters are kept and never their values, which may
 * be personal.
 */
export async function recordExport(
  context: RequestContext,
  action: ExportAction,
  data: NonNullable<NewEvent['data']> = {},
  about: NewEvent['targets'] = [],
): Promise<void> {
  const filters = Object.entries(context.request.query).filter(
    ([name, value]) => value !== '' && name !== 'format',
  );
  const { partnerId, tenant } = context.person();
  const scope = tenant ? context.tenant() : context.scope('platform');
  // The file is fetched by a GET, and its event is a change all the same.
  await context.deps.db.inScope({ ...scope, readOnly: false }, async (tx) =>
    tx.record({
      action,
      targets: [...about, ...(partnerId ? [{ type: 'partner' as const, id: partnerId }] : [])],
      data: {
        ...data,
        filters: filters
          .map(([name]) => name)
          .sort()
          .join(', '),
      },
    }),
  );
}

/** The pages of a list, one after the other, to the last. */
export async function* everyPage<T>(
  read: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor: string | null }>,
): AsyncGenerator<T[]> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await read(cursor);
    yield items;
    cursor = nextCursor ?? undefined;
  } while (cursor);
}

const batch = 200;

/** A list as a CSV file: a column per heading, with the filters of its page. */
interface CsvList<Q extends { limit: number; cursor?: string | undefined }, T> {
  path: string;
  /** The same as of the page. */
  access: Permission;
  action: ExportAction;
  filename: string;
  query: z.ZodType<Q>;
  columns: Readonly<Record<string, (item: T) => Cell>>;
  read(context: RequestContext, query: Q): Promise<Pick<Page<T>, 'items' | 'nextCursor'>>;
}

/** The address at which a list is taken out as a CSV file; each time is recorded. */
export function defineCsv<Q extends { limit: number; cursor?: string | undefined }, T>(
  list: CsvList<Q, T>,
): AnyRoute {
  const { path, access, action, filename, columns } = list;
  const cells = Object.values(columns);
  async function* rows(context: RequestContext, query: Q) {
    const pages = everyPage((cursor) => list.read(context, { ...query, cursor, limit: batch }));
    for await (const items of pages) yield items.map((item) => cells.map((cell) => cell(item)));
  }
  return defineRaw({
    path,
    access,
    whileViewing: 'never',
    async serve(context) {
      const query = list.query.parse(context.request.query);
      await recordExport(context, action);
      await sendCsv(context, filename, Object.keys(columns), rows(context, query));
    },
  });
}
