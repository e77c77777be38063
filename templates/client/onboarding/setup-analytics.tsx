import type { VNode } from 'preact';
import { SubmitButton } from '../../ui/button.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { paths } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
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
      <h2>Your figures</h2>
      <p>
        <StatusBadge kind="connection" state={state} />
        {state === 'connected' && account ? ` as ${account}` : null}
      </p>
      {state === 'connected' ? null : (
        <>
          <p>
            Connect Google Analytics so that we can read your figures, now or later; setup doesn’t wait for
            it. We save the IDs above first.
          </p>
          {mayConnect ? (
            <SubmitButton action={paths.setupStepThenConnect('analytics', 'ga4')}>
              Save and connect Google Analytics
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
      title="Do you measure your visitors?"
      purpose="Enter your Google IDs. All fields are optional."
      next="We save the IDs, and read your figures only after you connect the account."
    >
      <TextInput
        name="ga4MeasurementId"
        label="Google Analytics measurement ID"
        optional
        width="medium"
        help="Looks like G-AB12CD34EF. In Google Analytics: Admin, Data streams."
      />
      <TextInput
        name="gtmContainerId"
        label="Tag Manager container ID"
        optional
        width="medium"
        help="Looks like GTM-AB12CDE. In Tag Manager: top right, beside the container’s name."
      />
      <TextInput
        name="searchConsoleSite"
        label="Search Console site"
        optional
        type="url"
        inputMode="url"
        help="The address as shown in Search Console, such as https://example.com"
      />
    </SetupShell>
  );
}
