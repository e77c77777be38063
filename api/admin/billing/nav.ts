import { plansCopy } from '../../../templates/admin/billing/plans/copy.ts';
import { subscriptionsCopy } from '../../../templates/admin/billing/subscriptions/copy.ts';
import { paths } from '../../../templates/paths.ts';
import type { NavEntry } from '../../kit/navigation.ts';

const tabOf = paths.adminSubscriptions;

/** Billing in the navigation of administrators: its first tab, and the others in their order. */
export const billingNav: NavEntry[] = [
  {
    title: 'Billing',
    tabTitle: subscriptionsCopy.title,
    href: paths.adminSubscriptions,
    icon: 'receipt',
    group: 'Customers',
    permission: 'subscriptions.read',
  },
  {
    title: plansCopy.title,
    href: paths.adminPlans,
    icon: 'receipt',
    group: 'Customers',
    permission: 'plans.read',
    tabOf,
  },
];
