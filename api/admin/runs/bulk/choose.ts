import { z } from 'zod';
import {
  type BulkChoice,
  bulkChoice,
  type BulkKey,
  bulkKeys,
  bulkOperations,
  filterIn,
} from '../../../../db/domain/bulk.ts';
import { AppError, type ErrorCode } from '../../../../db/domain/errors.ts';
import {
  type BulkCandidate,
  type BulkDeclaration,
  fastestPace,
  mostNamedItems,
} from '../../../../db/domain/runs/bulk-operation.ts';
import type { BulkReader } from '../../../../db/repos/runs/bulk/operations.ts';
import { candidates } from '../../../../db/repos/runs/bulk/subjects.ts';
import type { RequestContext } from '../../../kit/context.ts';

/** One value of a list comes as itself. */
const listed = z.preprocess(
  (given) => (typeof given === 'string' ? [given] : (given ?? [])),
  z.array(z.string().max(200)).max(mostNamedItems, `At most 1,000 items one by one. Use a filter instead.`),
);

/** What an operation does and to what; `filter` is the query of the list, such as `status=active&seen=before-90`. */
export const asked = {
  operation: z.enum(bulkKeys, 'Choose what to do.'),
  items: listed,
  filter: z.string().max(1_000).optional(),
  parameters: z.record(z.string().max(40), z.union([z.string().max(200), z.number()])).default({}),
};
export type Asked = z.output<z.ZodObject<typeof asked>>;

export const pace = z.coerce
  .number('Enter a number of items per minute.')
  .int('Enter a whole number.')
  .min(1, 'At least 1 item per minute.')
  .max(fastestPace, 'At most 60,000 items per minute.');

export const mayRun = (context: RequestContext, key: BulkKey): boolean =>
  context.can(bulkOperations[key].permission);

/** Throws `permission.denied` for who may not do this to one either. */
export function assertMayRun(context: RequestContext, key: BulkKey): BulkDeclaration {
  if (!mayRun(context, key)) throw new AppError('permission.denied');
  return bulkOperations[key];
}

/** Whose operations the person reads. */
export function readerOf(context: RequestContext): BulkReader {
  const { visibility } = context.overview();
  return {
    partnerId: typeof visibility === 'object' && 'partnerId' in visibility ? visibility.partnerId : null,
    operations: bulkKeys.filter((key) => mayRun(context, key)),
  };
}

/** Throws `bulk.empty-filter`, `bulk.filter-unknown`; `request.invalid` where nothing was chosen. */
function choiceOf({ subject }: BulkDeclaration, { items, filter }: Asked): BulkChoice {
  if (items.length > 0) return bulkChoice.parse({ subject, ids: [...new Set(items)] });
  if (filter === undefined)
    throw new AppError('request.invalid', { fields: { items: 'Choose at least one item.' } });
  const given = filterIn(filter);
  if (Object.keys(given).length === 0) throw new AppError('bulk.empty-filter');
  const choice = bulkChoice.safeParse({ subject, filter: given });
  if (!choice.success) throw new AppError('bulk.filter-unknown');
  return choice.data;
}

export interface Chosen {
  declaration: BulkDeclaration;
  choice: BulkChoice;
  parameters: Record<string, string | number>;
}

/** What was asked for, checked. Throws `permission.denied`, and what `choiceOf` does. */
export function chosenBy(context: RequestContext, given: Asked): Chosen {
  const declaration = assertMayRun(context, given.operation);
  const choice = choiceOf(declaration, given);
  const tenant = declaration.inTenant && 'filter' in choice ? tenantOf(choice.filter) : undefined;
  const { parameters } = z
    .object({ parameters: declaration.parameters })
    .parse({ parameters: { ...(tenant && { tenant }), ...given.parameters } });
  return { declaration, choice, parameters: defined(parameters) };
}

const tenantOf = (filter: object): string | undefined =>
  'tenant' in filter && typeof filter.tenant === 'string' ? filter.tenant : undefined;

const defined = (values: Readonly<Record<string, string | number | undefined>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Record<
    string,
    string | number
  >;

export interface Preview {
  total: number;
  affected: BulkCandidate[];
  leftOut: { code: ErrorCode; count: number }[];
  /** The first items, those that are affected coming first. */
  sample: BulkCandidate[];
}

const shown = 10;

/** What an operation would do. Throws `bulk.nothing-chosen`, `bulk.too-many`. */
export async function previewOf(
  context: RequestContext,
  operation: BulkKey,
  { choice, parameters }: Chosen,
): Promise<Preview> {
  const by = context.person().userId;
  const all = await context.deps.db.inScope({ ...context.overview(), readOnly: true }, (tx) =>
    candidates(tx, { operation, parameters, choice, by }),
  );
  const affected = all.filter(({ leftOut }) => leftOut === null);
  const others = all.filter(({ leftOut }) => leftOut !== null);
  const causes = new Map<ErrorCode, number>();
  for (const { leftOut } of others) if (leftOut) causes.set(leftOut, (causes.get(leftOut) ?? 0) + 1);
  return {
    total: all.length,
    affected,
    leftOut: [...causes].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
    sample: [...affected, ...others].slice(0, shown),
  };
}
