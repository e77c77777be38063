import type { VNode } from 'preact';
import { TextInput } from '../ui/inputs.tsx';
import { SetupShell } from './setup-shell.tsx';
import type { SetupPageProps } from './setup-shell.tsx';

export type SetupAnalyticsPageProps = SetupPageProps;

/** /app/setup/analytics: ga4MeasurementId, gtmContainerId, searchConsoleSite; all optional. */
export function SetupAnalyticsPage(props: SetupAnalyticsPageProps): VNode {
  return (
    <SetupShell
      {...props}
      step="analytics"
      title="Do you measure your visitors?"
      purpose="If you use Google’s tools, note their ids here. Leave empty what you do not have."
      next="We only keep the ids now. Reading figures starts after you connect the accounts under Connections."
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
        help="The address as it stands in Search Console, such as https://example.com"
      />
    </SetupShell>
  );
}
