import type { VNode } from 'preact';
import { SubmitButton } from '../../ui/button.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { paths } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { analyticsCopy as copy } from './copy.ts';
import { SetupShell } from './setup-shell.tsx';
import type { SetupPageProps } from './setup-shell.tsx';

export interface SetupAnalyticsPageProps extends SetupPageProps {
  /** State of Google Analytics; null where the platform does not offer it. */
  connection: { state: StateOf<'connection'>; account: string | null; mayConnect: boolean } | null;
}

function Connection(props: { connection: NonNullable<SetupAnalyticsPageProps['connection']> }): VNode {
  const { state, account, mayConnect } = props.connection;
  return (
    <section class="bz-part bz-part-after">
      <h2>{copy.figures}</h2>
      <p>
        <StatusBadge kind="connection" state={state} />
        {state === 'connected' && account ? copy.account(account) : null}
      </p>
      {state === 'connected' ? null : (
        <>
          <p>{copy.connectText}</p>
          {mayConnect ? (
            <SubmitButton action={paths.setupStepThenConnect('analytics', 'ga4')}>
              {copy.connect}
            </SubmitButton>
          ) : null}
        </>
      )}
    </section>
  );
}

/** /app/setup/analytics: ga4MeasurementId, gtmContainerId, searchConsoleSite; all optional. */
export function SetupAnalyticsPage(props: SetupAnalyticsPageProps): VNode {
  return (
    <SetupShell
      {...props}
      step="analytics"
      after={props.connection ? <Connection connection={props.connection} /> : null}
      title={copy.title}
      purpose={copy.purpose}
      next={copy.next}
    >
      <TextInput name="ga4MeasurementId" label={copy.ga4} optional width="medium" help={copy.ga4Help} />
      <TextInput name="gtmContainerId" label={copy.gtm} optional width="medium" help={copy.gtmHelp} />
      <TextInput
        name="searchConsoleSite"
        label={copy.searchConsole}
        optional
        type="url"
        inputMode="url"
        help={copy.searchConsoleHelp}
      />
    </SetupShell>
  );
}
