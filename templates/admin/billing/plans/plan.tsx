import type { VNode } from 'preact';
import type { PlanVersion, Price } from '../../../../db/domain/billing/plans.ts';
import { formatMoney, type Money as MoneyValue } from '../../../../db/domain/money.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths, withQuery } from '../../../paths.ts';
import { LinkButton, SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { PostButton } from '../../../ui/form.tsx';
import { useLocale } from '../../../ui/locale.tsx';
import { Count, Money } from '../../../ui/money.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Day } from '../../../ui/time.tsx';
import { plansCopy as copy } from './copy.ts';

export type VersionRow = Pick<PlanVersion, 'version' | 'trialDays' | 'limits' | 'note'> & {
  createdAt: string;
  subscriptions: number;
};

export interface PlanPageProps {
  frame: PageContext;
  plan: { key: string; title: string; summary: string; version: number; isOffered: boolean };
  prices: readonly Price[];
  versions: readonly VersionRow[];
  mayManage: boolean;
  maySeeSubscriptions: boolean;
}

function Seats({ price }: { price: Price }): VNode {
  const { language } = useLocale();
  const { seats, currency } = price;
  const [tier] = seats?.tiers ?? [];
  if (!seats || !tier) return <>{copy.noSeats}</>;
  if (seats.tiers.length > 1) return <>{copy.tiers(seats.tiers.length)}</>;
  const each: MoneyValue = { amountMinor: tier.unit.amountMinor, currency };
  return <>{copy.seatsIncluded(seats.included, formatMoney(each, language))}</>;
}

const priceColumns: readonly Column<Price>[] = [
  { title: copy.currency, render: ({ currency }) => currency },
  { title: copy.interval, render: ({ interval }) => copy[interval] },
  { title: copy.seats, phone: 'label', render: (price) => <Seats price={price} /> },
  {
    title: copy.usage,
    phone: 'label',
    render: ({ usage }) => (usage.length > 0 ? copy.meters(usage.map(({ meter }) => meter)) : '–'),
  },
  {
    title: copy.flat,
    right: true,
    phone: 'label',
    render: ({ flatMinor, currency }) => <Money value={{ amountMinor: flatMinor, currency }} />,
  },
];

/** Leads to the preview of a bulk operation on the subscriptions of a version. */
function moveHref(key: string, from: number, to: number): string {
  const filter = new URLSearchParams({ plan: key, version: String(from) }).toString();
  const query = { operation: 'subscriptions.move', filter, 'parameters.plan': key };
  return withQuery(paths.newBulkOperation, { ...query, 'parameters.version': String(to) });
}

function versionColumns({ plan, mayManage, maySeeSubscriptions }: PlanPageProps): Column<VersionRow>[] {
  const listOf = (version: number) =>
    withQuery(paths.adminSubscriptions, { plan: plan.key, version: String(version) });
  return [
    {
      title: copy.version,
      render: ({ version }) => (
        <>
          {version} {version === plan.version ? <span class="bz-muted">· {copy.current}</span> : null}
        </>
      ),
    },
    { title: copy.published, phone: 'label', render: ({ createdAt }) => <Day at={createdAt} /> },
    { title: copy.trial, phone: 'label', render: ({ trialDays }) => copy.days(trialDays) },
    {
      title: copy.limits,
      phone: 'label',
      minor: true,
      render: ({ limits }) => copy.limitsOf(limits.tools, limits.agents),
    },
    { title: copy.note, phone: 'label', render: ({ note }) => note ?? '–' },
    {
      title: copy.subscriptions,
      right: true,
      phone: 'label',
      render: ({ subscriptions, version }) =>
        maySeeSubscriptions ? (
          <a href={listOf(version)}>
            <Count value={subscriptions} />
          </a>
        ) : (
          <Count value={subscriptions} />
        ),
    },
    {
      title: 'Actions',
      right: true,
      render: ({ version, subscriptions }) =>
        mayManage && version !== plan.version && subscriptions > 0 ? (
          <LinkButton
            small
            href={moveHref(plan.key, version, plan.version)}
            label={copy.moveLabel(version, plan.version)}
          >
            {copy.move(plan.version)}
          </LinkButton>
        ) : null,
    },
  ];
}

/** GET /admin/plans/:key; POST …/offer, …/withdraw */
export function PlanPage(props: PlanPageProps): VNode {
  const { frame, plan, prices, versions, mayManage } = props;
  const action = plan.isOffered ? 'withdraw' : 'offer';
  return (
    <Shell frame={frame} title={plan.title} wide>
      <PageHeader
        crumbs={[{ title: copy.title, href: paths.adminPlans }]}
        title={plan.title}
        mark={<StatusBadge kind="plan" state={plan.isOffered ? 'offered' : 'withdrawn'} />}
        purpose={plan.summary}
        action={
          mayManage ? (
            <LinkButton href={paths.newPlanVersion(plan.key)} look="primary" icon="plus">
              {copy.newVersion}
            </LinkButton>
          ) : undefined
        }
      />
      <Card title={copy.prices} note={copy.pricesNote(plan.version)} flush>
        <DataTable caption={copy.prices} columns={priceColumns} rows={prices} />
      </Card>
      <Card title={copy.versions} note={copy.versionsNote} flush>
        <DataTable caption={copy.versions} columns={versionColumns(props)} rows={versions} />
      </Card>
      {mayManage ? (
        <Card title={copy[action]}>
          <p>{plan.isOffered ? copy.withdrawHappens : copy.offerHappens}</p>
          <PostButton frame={frame} action={paths.planAction(plan.key, action)}>
            <SubmitButton>{copy[action]}</SubmitButton>
          </PostButton>
        </Card>
      ) : null}
    </Shell>
  );
}
