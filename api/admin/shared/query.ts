import { z } from 'zod';
import { idPattern } from '../../../db/domain/ids.ts';
import type { Query } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';

/** Forms send their empty fields too: they count as not given. */
export const optionalParam = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** Words to search for. */
export const words = optionalParam(z.string().trim().max(200));

/** What every list takes; `limit` items from `cursor` on. */
export const paged = {
  cursor: optionalParam(z.string().max(500)),
  limit: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(1).max(200).default(50),
  ),
};

/** "name" or "-name" for one of the keys; anything else means the list's own order. */
export function sortOf<const Keys extends readonly [string, ...string[]]>(keys: Keys) {
  const orders = keys.flatMap((key) => [key, `-${key}`]) as [string, ...string[]];
  return z
    .enum(orders)
    .optional()
    .catch(undefined)
    .transform((order) =>
      order === undefined
        ? null
        : { key: order.replace('-', '') as Keys[number], descending: order.startsWith('-') },
    );
}

/** A day as people pick it, as its first moment in UTC. */
export const day = optionalParam(z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`)));

export const tenantParams = z.object({ tenantId: z.string().regex(idPattern('tenant')) });

/** One page of a list as the API answers it. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** What the address of a list says, for the links of its page. */
export function queryOf(context: RequestContext, names: readonly string[]): Query {
  const { query } = context.request;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = query[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }),
  );
}

export const isoOf = (date: Date | null): string | null => date?.toISOString() ?? null;
