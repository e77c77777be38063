import type { VNode } from 'preact';
import { LinkButton } from '../../ui/button.tsx';
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
    <section class="bz-part">
      <h2>Your figures</h2>
      <p>
        <StatusBadge kind="connection" state={state} />
        {state === 'connected' && account ? ` as ${account}` : null}
      </p>
      {state === 'connected' ? null : (
        <>
          <p>
            With your agreement at Google we can read your figures. You can do that now or at any time later;
            setup doesn’t wait for it. Save what you entered above first.
          </p>
          {mayConnect ? (
            <LinkButton href={paths.connectFrom('ga4', 'analytics')}>Connect Google Analytics</LinkButton>
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
      title="Do you measure your visitors?"
      purpose="If you use Google’s tools, note their ids here. Leave empty what you do not have."
      next="The ids are kept. Figures are read only after you have connected the account."
    >
      <TextInput
        name="ga4MeasurementId"
        label="Google Analytics measurement id"
        optional
        width="medium"
        help="Looks like G-AB12CD34EF. In Google Analytics: Admin, Data streams."
      />
      <TextInput
        name="gtmContainerId"
        label="Tag Manager container id"
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
      {props.connection ? <Connection connection={props.connection} /> : null}
    </SetupShell>
  );
}
