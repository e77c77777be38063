import type { VNode } from 'preact';
import type { Money as MoneyValue } from '../../../db/domain/money.ts';
import type { PageContext } from '../../page-context.ts';
import { useLocale } from '../../ui/locale.tsx';
import { Shell } from '../../layout/shell.tsx';
import { Card } from '../../ui/card.tsx';
import { DayChart, type DayChartProps } from '../../ui/day-chart.tsx';
import { countText, numberText } from '../../ui/format.ts';
import { Count, priceText, RoundMoney } from '../../ui/money.tsx';
import { NeedsList } from '../../ui/needs-list.tsx';
import type { NeedsItem } from '../../ui/needs-list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Stat } from '../../ui/stat.tsx';
import type { Trend } from '../../ui/stat.tsx';

export interface Figure {
  label: string;
  value: number | MoneyValue;
  trend?: Trend;
  /** One a day, the oldest first and the last of now; drawn as a line. */
  values?: readonly number[];
  href?: string;
}

export interface AdminHomePageProps {
  frame: PageContext;
  needs: readonly NeedsItem[];
  /** Four of them. */
  figures: readonly Figure[];
  charts: readonly DayChartProps[];
}

/** One figure, where it is going, and its last days as a line that can also be read. */
function FigureStat(props: { figure: Figure }): VNode {
  const { href, label, trend, value, values = [] } = props.figure;
  const locale = useLocale();
  const isCount = typeof value === 'number';
  const words = (at: number) =>
    isCount
      ? numberText(at, locale)
      : priceText({ amountMinor: at, currency: value.currency }, locale.language);
  const [low, high] = [words(Math.min(...values)), words(Math.max(...values))];
  const days = countText(values.length - 1, 'day', 'days');
  const text = `${label} in the last ${days}: ${low === high ? `always ${low}` : `between ${low} and ${high}`}`;
  return (
    <Stat
      label={label}
      value={isCount ? <Count value={value} /> : <RoundMoney value={value} />}
      trend={trend}
      spark={values.length > 1 ? { values, text } : undefined}
      href={href}
    />
  );
}

/** GET /admin */
export function AdminHomePage(props: AdminHomePageProps): VNode {
  return (
    <Shell frame={props.frame} title="Home">
      <PageHeader title="What needs you" purpose="Work that needs you, most urgent first." />
      <Card flush>
        <NeedsList
          items={props.needs}
          nothing="Every process is running or waiting for a customer. New work appears here."
        />
      </Card>
      <h2 class="visually-hidden">Figures</h2>
      <div class="bz-stats">
        {props.figures.map((figure) => (
          <FigureStat figure={figure} />
        ))}
      </div>
      <h2 class="visually-hidden">Charts</h2>
      <div class="bz-charts">
        {props.charts.map((chart) => (
          <DayChart {...chart} />
        ))}
      </div>
    </Shell>
  );
}
