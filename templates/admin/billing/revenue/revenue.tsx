import type { VNode } from 'preact';
import { formatMoney } from '../../../../db/domain/money.ts';
import type { RevenuePeriod, RevenueRates } from '../../../../db/domain/billing/revenue/figures.ts';
import { movementKinds, type MovementKind } from '../../../../db/domain/billing/revenue/movements.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths, type Query, withQuery } from '../../../paths.ts';
import { Card } from '../../../ui/card.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { DayChart } from '../../../ui/day-chart.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { useLocale } from '../../../ui/locale.tsx';
import { Count, Money, priceText, RoundMoney } from '../../../ui/money.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { LinkButton } from '../../../ui/button.tsx';
import { Stat } from '../../../ui/stat.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { CalendarDay } from '../../../ui/time.tsx';
import { revenueCopy as copy } from './copy.ts';
import { MovementChart } from './movement-chart.tsx';

export interface RevenuePageProps {
  frame: PageContext;
  /** from, to, interval, currency. */
  query: Query;
  /** Currencies that can be chosen; `all` for their sum. */
  choices: readonly string[];
  chosen: string;
  figures: {
    currency: string;
    periods: readonly RevenuePeriod[];
    total: RevenuePeriod;
    rates: RevenueRates;
    lifetimeMinor: number | null;
    runningMinor: number;
    pastDueMinor: number;
    reconciled: boolean;
  };
  trials: { ended: number; converted: number };
  unrated: readonly string[];
  /** Filters of the movements behind a figure: its first and last day. */
  spans: readonly { from: string; to: string }[];
}

function Figures(props: RevenuePageProps): VNode {
  const { figures, trials } = props;
  const { currency, total, rates, lifetimeMinor } = figures;
  const money = (amountMinor: number | null) =>
    amountMinor === null ? '–' : <RoundMoney value={{ amountMinor, currency }} />;
  return (
    <div class="bz-stats">
      <Stat label={copy.mrr} value={money(total.endMinor)} />
      <Stat label={copy.arr} value={money(total.endMinor * 12)} />
      <Stat label={copy.customers} value={<Count value={total.customersEnd} />} />
      <Stat label={copy.arpa} value={money(rates.arpaMinor)} />
      <Stat label={copy.nrr} value={copy.share(rates.nrr)} />
      <Stat label={copy.grossChurn} value={copy.share(rates.grossChurn)} />
      <Stat label={copy.netChurn} value={copy.share(rates.netChurn)} />
      <Stat label={copy.customerChurn} value={copy.share(rates.customerChurn)} />
      <Stat label={copy.lifetime} value={money(lifetimeMinor)} />
      <Stat label={copy.quickRatio} value={copy.ratio(rates.quickRatio)} />
      <Stat
        label={copy.trials}
        value={trials.ended === 0 ? '–' : copy.trialsOf(trials.converted, trials.ended)}
      />
    </div>
  );
}

/** Whether the figures hold, said beside them. */
function Checked(props: RevenuePageProps): VNode {
  const { language } = useLocale();
  const { currency, pastDueMinor, periods, reconciled, runningMinor } = props.figures;
  const text = (amountMinor: number) => priceText({ amountMinor, currency }, language);
  const mrr = text(periods.at(-1)?.endMinor ?? 0);
  return reconciled ? (
    <p class="bz-muted">
      {copy.reconciled} {pastDueMinor > 0 ? copy.pastDue(text(pastDueMinor)) : ''}{' '}
      {props.unrated.length > 0 ? copy.unrated(props.unrated.join(', ')) : ''}
    </p>
  ) : (
    <Notice tone="failed" icon="alert-triangle">
      <strong>{copy.crookedTitle}</strong> {copy.crooked(mrr, text(runningMinor))}
    </Notice>
  );
}

/** "22 Nov 2026", "November 2026" or "2026". */
function Stretch(props: { day: string; interval: 'day' | 'month' | 'year' }): VNode {
  const { day, interval } = props;
  if (interval === 'day') return <CalendarDay day={day} />;
  if (interval === 'year') return <time dateTime={day.slice(0, 4)}>{day.slice(0, 4)}</time>;
  const text = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return <time dateTime={day.slice(0, 7)}>{text.format(new Date(`${day}T00:00:00Z`))}</time>;
}

function Details(props: RevenuePageProps): VNode {
  const { figures, query, spans } = props;
  const { currency, periods } = figures;
  const interval = (query['interval'] ?? 'month') as keyof typeof copy.period;
  type Row = RevenuePeriod & { from: string; to: string };
  const rows: Row[] = periods.map((period, at) => ({
    ...period,
    ...(spans[at] ?? { from: period.day, to: period.day }),
  }));
  const behind = (row: Row, kind: MovementKind) => {
    const value = { amountMinor: row.moved[kind], currency };
    if (value.amountMinor === 0) return <Money value={value} />;
    const of = props.chosen === 'all' ? undefined : currency;
    return (
      <a href={withQuery(paths.movements, { from: row.from, to: row.to, kind, currency: of })}>
        <Money value={value} />
      </a>
    );
  };
  return (
    <Card title={copy.table} flush>
      <DataTable<Row>
        caption={copy.table}
        rows={rows.reverse()}
        columns={[
          { title: copy.period[interval], render: ({ day }) => <Stretch day={day} interval={interval} /> },
          {
            title: copy.start,
            right: true,
            phone: 'label',
            render: ({ startMinor }) => <Money value={{ amountMinor: startMinor, currency }} />,
          },
          ...movementKinds.map((kind) => ({
            title: copy.kinds[kind],
            right: true,
            phone: 'label' as const,
            render: (row: Row) => behind(row, kind),
          })),
          {
            title: copy.end,
            right: true,
            phone: 'label',
            render: ({ endMinor }) => <Money value={{ amountMinor: endMinor, currency }} />,
          },
          {
            title: copy.customers,
            right: true,
            phone: 'label',
            render: ({ customersEnd }) => <Count value={customersEnd} />,
          },
        ]}
      />
    </Card>
  );
}

function Definitions(): VNode {
  return (
    <Card title={copy.definitions.title}>
      <dl class="bz-definitions">
        {copy.definitions.items.map(([term, meaning]) => (
          <>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </>
        ))}
      </dl>
    </Card>
  );
}

/** GET /admin/revenue */
export function RevenuePage(props: RevenuePageProps): VNode {
  const { figures, query } = props;
  const { currency, periods, total } = figures;
  const language = props.frame.viewer?.language ?? 'en';
  const format = (amountMinor: number) => formatMoney({ amountMinor, currency }, language);
  return (
    <Shell frame={props.frame} title={copy.title} wide>
      <PageHeader
        title={copy.title}
        purpose={copy.purpose}
        action={<LinkButton href={paths.exchangeRates}>{copy.rates.title}</LinkButton>}
      />
      <Tabs
        label={copy.interval}
        tabs={Object.entries(copy.intervals).map(([key, title]) => ({
          key,
          title,
          href: withQuery(paths.revenue, { interval: key, currency: query['currency'] }),
        }))}
        current={query['interval'] ?? 'month'}
      />
      <FilterBar
        path={paths.revenue}
        query={query}
        filters={[
          { name: 'from', label: copy.from, type: 'date' },
          { name: 'to', label: copy.to, type: 'date' },
          ...(props.choices.length > 1
            ? [
                {
                  name: 'currency',
                  label: copy.currency,
                  options: props.choices.map((value) => ({
                    value,
                    label: value === 'all' ? copy.all(currency) : value,
                  })),
                },
              ]
            : []),
        ]}
      />
      <Figures {...props} />
      <Checked {...props} />
      {total.endMinor === 0 &&
      total.startMinor === 0 &&
      Object.values(total.moved).every((one) => one === 0) ? (
        <EmptyState icon="chart-bar" {...copy.empty} />
      ) : (
        <>
          <div class="bz-charts">
            <DayChart
              title={copy.chart}
              days={periods.map(({ day }) => day)}
              kind="line"
              series={[{ label: copy.mrr, tone: 'accent', values: periods.map(({ endMinor }) => endMinor) }]}
              format={format}
              nothing={copy.empty.text}
              young={copy.empty.text}
            />
            <MovementChart periods={periods} total={total} format={format} />
          </div>
          <Details {...props} />
        </>
      )}
      <Definitions />
    </Shell>
  );
}
