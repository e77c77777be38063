import { type Memory, ok, type Recorded } from '../upstream/contract.ts';
import { byPage } from '../upstream/pages.ts';
import { among, integer, list, matching } from '../upstream/shapes.ts';

export const root = '/wp-json/fluent-crm/v2';
export const ids = list(integer);
export const direction = among('ASC', 'DESC');
export const paging = { 'page?': integer, 'per_page?': integer };
export const numbered = { id: matching(/^\d+$/) };
/** Moments by the clock of the site, without a zone. */
export const localTime = matching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
export const at = { created_at: '2026-11-20 09:00:00', updated_at: '2026-11-23 08:30:00' };

export const given = ({ body }: Recorded) => body as Record<string, any>;
export const idOf = ({ params }: Recorded) => Number(params['id']);
export const same = ({ path, body }: Recorded) => `${path} ${JSON.stringify(body)}`;

/** Laravel's pages, under the name of what is listed. */
export const pages = (noun: string) =>
  byPage({
    param: 'page',
    size: 'per_page',
    standard: 15,
    answer: (data, { page, pages: last, total, size }) => {
      const turn = (to: number) => (to >= 1 && to <= last ? `/?page=${to}` : null);
      return ok({
        [noun]: {
          total,
          per_page: size,
          current_page: page,
          last_page: last,
          next_page_url: turn(page + 1),
          prev_page_url: turn(page - 1),
          from: (page - 1) * size + 1,
          to: (page - 1) * size + data.length,
          data,
        },
      });
    },
  });

/** Three pages of anything, with what was made before at their beginning. */
export const listed =
  (noun: string, made: (memory: Memory, request: Recorded) => unknown[], otherwise: (n: number) => object) =>
  (request: Recorded, memory: Memory) =>
    pages(noun)((n) => made(memory, request)[n] ?? otherwise(n + 1))(request, memory);
