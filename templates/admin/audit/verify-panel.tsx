import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { PostButton } from '../../ui/form.tsx';
import { countText } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Count } from '../../ui/money.tsx';
import { Time } from '../../ui/time.tsx';

/** One tenant's chain of entries, checked. */
export interface ChainCheck {
  /** "Rivera Bakery", "The platform itself". */
  name: string;
  entries: number;
  intact: boolean;
  /** For a broken chain: which entry, in words. */
  problem?: string;
  checkedAt: string;
}

function Result(props: { check: ChainCheck }): VNode {
  const { check } = props;
  return (
    <span class={`bz-st bz-${check.intact ? 'done' : 'failed'}`}>
      <Icon name={check.intact ? 'shield-check' : 'alert-triangle'} />
      {check.intact ? 'Unchanged' : (check.problem ?? 'Changed')}
    </span>
  );
}

function summary(checks: readonly ChainCheck[] | null): string {
  if (checks === null) {
    return 'Each entry carries a fingerprint of the one before it. A check finds any entry that was changed or taken out.';
  }
  const broken = checks.filter((check) => !check.intact).length;
  const entries = countText(
    checks.reduce((sum, check) => sum + check.entries, 0),
    'entry',
    'entries',
  );
  if (broken === 0)
    return `${entries} in ${countText(checks.length, 'chain', 'chains')} checked; none was changed.`;
  return `${countText(broken, 'chain was', 'chains were')} tampered with. Keep a copy of the database now, before anything else.`;
}

/** More than that nobody reads; of thousands of chains those that are broken come first. */
const atMost = 20;

function Chains(props: { checks: readonly ChainCheck[] }): VNode {
  const { checks } = props;
  const shown = [...checks].sort((a, b) => Number(a.intact) - Number(b.intact)).slice(0, atMost);
  const left = checks.length - shown.length;
  return (
    <details class="bz-more bz-inset" open={checks.some((check) => !check.intact)}>
      <summary>Chain by chain</summary>
      <DataTable
        caption="Chains"
        rows={shown}
        columns={[
          { title: 'Of', render: (check) => check.name },
          { title: 'Result', render: (check) => <Result check={check} /> },
          {
            title: 'Entries',
            right: true,
            phone: 'label',
            render: (check) => <Count value={check.entries} />,
          },
          { title: 'Checked', right: true, render: (check) => <Time at={check.checkedAt} /> },
        ]}
      />
      {left > 0 ? <p class="bz-muted">And {countText(left, 'more chain', 'more chains')}.</p> : null}
    </details>
  );
}

/** Checks the log for tampering and says what was found, chain by chain. */
export function VerifyPanel(props: { frame: PageContext; checks: readonly ChainCheck[] | null }): VNode {
  const { checks } = props;
  return (
    <Card
      title="Has anybody tampered with the log?"
      note={summary(checks)}
      flush
      action={
        <PostButton frame={props.frame} action="/admin/audit/verify">
          <SubmitButton icon="shield-check">Check now</SubmitButton>
        </PostButton>
      }
    >
      {checks && checks.length > 0 ? <Chains checks={checks} /> : null}
    </Card>
  );
}
