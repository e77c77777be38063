import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { DialogButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Count } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Time } from '../../ui/time.tsx';
import { freezeCopy as copy } from './freeze-copy.ts';

export interface FreezePanelProps {
  frame: PageContext;
  /** Left out for the platform. */
  tenant?: { id: string; name: string };
  state: {
    frozen: boolean;
    /** What is frozen: this tenant alone, or the platform. */
    reach: 'tenant' | 'platform' | null;
    since: string | null;
    by: string | null;
    reason: string | null;
    stops: { openRuns: number; mails: number; heldMails: number; connections: number };
  };
  requestKey: string;
  /** A form that was refused: its dialog opens again. */
  refused?: { action: string; state: FormState };
}

function Figures({ state }: Pick<FreezePanelProps, 'state'>): VNode {
  const { openRuns, mails, heldMails, connections } = state.stops;
  return (
    <Card title={state.frozen ? copy.frozen : copy.stops}>
      <KeyFacts
        facts={[
          ...(state.frozen
            ? [
                { label: copy.facts.since, value: <Time at={state.since ?? ''} /> },
                { label: copy.facts.by, value: state.by ?? '' },
                { label: copy.facts.reason, value: state.reason ?? '' },
              ]
            : []),
          { label: copy.facts.openRuns, value: <Count value={openRuns} /> },
          state.frozen
            ? { label: copy.facts.heldMails, value: <Count value={heldMails} /> }
            : { label: copy.facts.mails, value: <Count value={mails} /> },
          { label: copy.facts.connections, value: <Count value={connections} /> },
        ]}
      />
    </Card>
  );
}

function FreezeDialog({ frame, tenant, requestKey, refused }: FreezePanelProps): VNode {
  const { freeze } = copy;
  return (
    <ReasonDialog
      {...{ frame, danger: true }}
      id="freeze"
      action={tenant ? paths.tenantFreeze(tenant.id) : paths.platformFreeze}
      title={tenant ? freeze.title(tenant.name) : freeze.platformTitle}
      happens={tenant ? freeze.happens : freeze.platformHappens}
      stays={freeze.stays}
      hidden={{ requestKey }}
      submit={freeze.submit}
      {...(refused?.action === 'freeze' && { state: refused.state })}
    />
  );
}

function ThawDialog({ frame, tenant, refused }: FreezePanelProps): VNode {
  const { thaw } = copy;
  return (
    <ReasonDialog
      frame={frame}
      id="thaw"
      action={tenant ? paths.tenantThaw(tenant.id) : paths.platformThaw}
      title={tenant ? thaw.title(tenant.name) : thaw.platformTitle}
      happens={thaw.happens}
      submit={thaw.submit}
      {...(refused?.action === 'thaw' && { state: refused.state })}
    >
      <RadioCards
        name="policy"
        label={thaw.policy}
        initial="run"
        options={[
          { value: 'run', title: thaw.run, text: thaw.runText },
          { value: 'skip', title: thaw.skip, text: thaw.skipText },
        ]}
      />
      <TextInput
        name="keepHours"
        label={thaw.keepHours}
        help={thaw.keepHoursHelp}
        inputMode="numeric"
        initial="0"
      />
    </ReasonDialog>
  );
}

/** How a tenant or the platform stands, what a freeze stops there, and the button that freezes or unfreezes it. */
export function FreezePanel(props: FreezePanelProps): VNode {
  const { state, tenant, refused } = props;
  const words = state.frozen ? copy.thaw : copy.freeze;
  const isOther = tenant !== undefined && state.reach === 'platform';
  return (
    <>
      {state.frozen ? null : <p>{copy.running}</p>}
      {isOther ? (
        <Notice tone="attention" icon="alert-triangle">
          {copy.byPlatform} <a href={paths.freeze}>{copy.open}</a>
        </Notice>
      ) : null}
      <Figures state={state} />
      {isOther ? null : (
        <div class="bz-actions">
          <DialogButton dialog={state.frozen ? 'thaw' : 'freeze'} {...(!state.frozen && { look: 'danger' })}>
            {tenant ? words.open : words.platformOpen}
          </DialogButton>
        </div>
      )}
      {(state.frozen && !isOther) || refused?.action === 'thaw' ? <ThawDialog {...props} /> : null}
      {!state.frozen || refused?.action === 'freeze' ? <FreezeDialog {...props} /> : null}
    </>
  );
}
