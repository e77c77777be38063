import type { VNode } from 'preact';
import type { Money as MoneyValue } from '../../db/domain/money.ts';
import type { Frame } from '../layout/frame.ts';
import { Shell } from '../layout/shell.tsx';
import { Card } from '../ui/card.tsx';
import { Count, RoundMoney } from '../ui/money.tsx';
import { NeedsList } from '../ui/needs-list.tsx';
import type { NeedsItem } from '../ui/needs-list.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Stat } from '../ui/stat.tsx';
import type { Trend } from '../ui/stat.tsx';

export interface Figure {
  label: string;
  value: number | MoneyValue;
  trend?: Trend;
  /** The last values, oldest first; drawn as a line. */
  values?: readonly number[];
  href?: string;
}

export interface AdminHomePageProps {
  frame: Frame;
  needs: readonly NeedsItem[];
  /** Four of them. */
  figures: readonly Figure[];
}

/** GET /admin */
export function AdminHomePage(props: AdminHomePageProps): VNode {
  return (
    <Shell frame={props.frame} title="Home">
      <PageHeader
        title="What needs you"
        purpose="Everything that does not go on by itself, the most urgent first."
      />
      <Card flush>
        <NeedsList
          items={props.needs}
          nothing="Every process runs or waits for a customer. We tell you here when that changes."
        />
      </Card>
      <h2 class="visually-hidden">Figures</h2>
      <div class="bz-stats">
        {props.figures.map((figure) => (
          <Stat
            label={figure.label}
            value={
              typeof figure.value === 'number' ? (
                <Count value={figure.value} />
              ) : (
                <RoundMoney value={figure.value} />
              )
            }
            trend={figure.trend}
            values={figure.values}
            href={figure.href}
          />
        ))}
      </div>
    </Shell>
  );
}
