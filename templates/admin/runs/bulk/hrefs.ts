import type { BulkSubject } from '../../../../db/domain/runs/bulk-operation.ts';
import { paths } from '../../../paths.ts';

const items = {
  tenants: paths.tenant,
  people: paths.person,
  runs: paths.run,
  subscriptions: paths.adminSubscription,
} as const;
const lists = {
  tenants: paths.tenants,
  people: paths.people,
  runs: paths.workflows,
  subscriptions: paths.adminSubscriptions,
} as const;

/** The page of an item. */
export const hrefOfItem = (subject: BulkSubject, id: string): string => items[subject](id);

/** The list that items are chosen from. */
export const hrefOfList = (subject: BulkSubject): string => lists[subject];
