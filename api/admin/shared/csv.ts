import type { EventAction } from '../../../db/domain/event.ts';
import type { RequestContext } from '../../kit/context.ts';

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
 * Streams a CSV file batch by batch, never faster than the client reads it. The first batch is read before the answer
 * begins, so that a failure there is still an error page.
 */
export async function sendCsv(
  context: RequestContext,
  filename: string,
  columns: readonly string[],
  batches: AsyncIterable<readonly (readonly Cell[])[]> | Iterable<readonly (readonly Cell[])[]>,
): Promise<void> {
  const { response } = context;
  let started = false;
  const write = async (text: string) => {
    if (!started) {
      started = true;
      response.setHeader('content-type', 'text/csv; charset=utf-8');
      response.setHeader('content-disposition', `attachment; filename="${filename}"`);
      response.setHeader('cache-control', 'no-store');
      text = csvLine(columns) + text;
    }
    if (!response.write(text) && !response.destroyed) await drained(context);
  };
  for await (const rows of batches) {
    if (response.destroyed) return;
    await write(rows.map(csvLine).join(''));
  }
  await write('');
  response.end();
}

/**
 * Records that a list is taken out, before it is. The names of the filters are kept and never their values, which may
 * be personal.
 */
export async function recordExport(
  context: RequestContext,
  action: Extract<EventAction, `${string}.exported`>,
): Promise<void> {
  const filters = Object.entries(context.request.query).filter(([, value]) => value !== '');
  // The file is fetched by a GET, and its event is a change all the same.
  await context.deps.db.inScope({ ...context.scope('platform'), readOnly: false }, async (tx) =>
    tx.record({
      action,
      targets: [],
      data: {
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
