import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { PostButton } from '../../ui/form.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Count } from '../../ui/money.tsx';
import { Time } from '../../ui/time.tsx';
import { paths } from '../../paths.ts';
import { auditCopy } from './copy.ts';
import { SealFacts, type SealView } from './seal.tsx';

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
  const { verify } = auditCopy;
  if (checks === null) return verify.idle;
  const broken = checks.filter((check) => !check.intact).length;
  if (broken > 0) return verify.broken(broken);
  return verify.intact(
    checks.reduce((sum, check) => sum + check.entries, 0),
    checks.length,
  );
}

/** Thousands of rows help no reader; broken chains come first. */
const atMost = 20;

function Chains(props: { checks: readonly ChainCheck[] }): VNode {
  const { checks } = props;
  const shown = [...checks].sort((a, b) => Number(a.intact) - Number(b.intact)).slice(0, atMost);
  const left = checks.length - shown.length;
  return (
    <details class="bz-more bz-inset" open={checks.some((check) => !check.intact)}>
      <summary>Show each chain</summary>
      <DataTable
        caption="Chains"
        rows={shown}
        columns={[
          { title: 'Chain', render: (check) => check.name },
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
      {left > 0 ? <p class="bz-muted">{auditCopy.verify.more(left)}</p> : null}
    </details>
  );
}

/** Checks the log for tampering and shows the result of each chain. */
export function VerifyPanel(props: {
  frame: PageContext;
  checks: readonly ChainCheck[] | null;
  seal: SealView | null;
}): VNode {
  const { checks, seal } = props;
  return (
    <Card
      title={auditCopy.verify.title}
      note={summary(checks)}
      flush
      action={
        <PostButton frame={props.frame} action={paths.auditVerify}>
          <SubmitButton icon="shield-check">Verify now</SubmitButton>
        </PostButton>
      }
    >
      {seal ? <SealFacts seal={seal} /> : null}
      {checks && checks.length > 0 ? <Chains checks={checks} /> : null}
    </Card>
  );
}
