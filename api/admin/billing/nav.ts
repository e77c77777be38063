import { dunningCopy } from '../../../templates/admin/billing/dunning/copy.ts';
import { invoicesCopy } from '../../../templates/admin/billing/invoices/copy.ts';
import { plansCopy } from '../../../templates/admin/billing/plans/copy.ts';
import { revenueCopy } from '../../../templates/admin/billing/revenue/copy.ts';
import { subscriptionsCopy } from '../../../templates/admin/billing/subscriptions/copy.ts';
import { taxesCopy } from '../../../templates/admin/billing/taxes/copy.ts';
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
  {
    title: invoicesCopy.title,
    href: paths.adminInvoices,
    icon: 'file-invoice',
    group: 'Customers',
    permission: 'invoices.read',
    tabOf,
  },
  {
    title: dunningCopy.title,
    href: paths.dunning,
    icon: 'receipt',
    group: 'Customers',
    permission: 'dunning.read',
    tabOf,
  },
  {
    title: revenueCopy.title,
    href: paths.revenue,
    icon: 'chart-bar',
    group: 'Customers',
    permission: 'revenue.read',
    tabOf,
  },
  {
    title: taxesCopy.title,
    href: paths.taxes,
    icon: 'receipt',
    group: 'Customers',
    permission: 'taxes.manage',
    tabOf,
  },
];
