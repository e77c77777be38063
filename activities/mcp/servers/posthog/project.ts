import * as z from 'zod';
import { byAddress, at } from '../../kit/paging.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';

export function project(api: VendorApi): string {
  const id = api.account['projectId'] ?? '';
  if (!/^\d+$/.test(id)) throw new RangeError('The connection does not say which project it is for.');
  return id;
}

/** A list of the project; the response holds the URL of the next page. */
export const listOf = (
  what: 'insights' | 'dashboards' | 'feature_flags' | 'event_definitions' | 'annotations',
) => ({
  address: (api: VendorApi) => path`/api/projects/${project(api)}/${what}/`,
  pages: byAddress({
    items: 'results',
    limit: 'limit',
    next: (reply) => at(reply.body, 'next') as string | null,
    within: new RegExp(`^/api/projects/\\d+/${what}/\\?`),
  }),
});

export const text = z.string().nullish();
