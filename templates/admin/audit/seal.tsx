import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Count } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Time } from '../../ui/time.tsx';
import { auditCopy } from './copy.ts';

/** How far sealing is. */
export interface SealView {
  last: { number: number; sealedAt: string } | null;
  /** Entries that no checkpoint covers yet. */
  waiting: number;
  /** They wait for longer than sealing ever takes. */
  overdue: boolean;
  /** Chains whose sealed entries were changed. */
  changed: number;
  keyId: string;
}

const { seal: copy } = auditCopy;

/** A warning where sealing does not work, or found a changed chain. */
export function SealNotice(props: { seal: SealView }): VNode | null {
  const { overdue, changed } = props.seal;
  if (!overdue && changed === 0) return null;
  return (
    <Notice tone="attention" icon="alert-triangle">
      {changed > 0 ? copy.changed(changed) : copy.overdue}
    </Notice>
  );
}

/** The newest checkpoint, and the file to keep elsewhere. */
export function SealFacts(props: { seal: SealView }): VNode {
  const { last, waiting, keyId } = props.seal;
  return (
    <div class="bz-inset">
      <KeyFacts
        facts={[
          { label: copy.last, value: last ? <Time at={last.sealedAt} /> : copy.never },
          { label: copy.checkpoint, value: last ? <Count value={last.number} /> : '–' },
          { label: copy.waiting, value: <Count value={waiting} /> },
          { label: copy.key, value: <a href={paths.auditKey}>{keyId}</a> },
        ]}
      />
      <p class="bz-muted">{copy.keep}</p>
      <LinkButton href={paths.auditCheckpoints} icon="download" small download>
        {copy.download}
      </LinkButton>
    </div>
  );
}
