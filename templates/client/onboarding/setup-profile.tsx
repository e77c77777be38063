import type { VNode } from 'preact';
import { industries, teamSizes } from '../../../db/domain/onboarding/submissions.ts';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { countryOptions, languageOptions, placesCopy, timezones } from '../../shared/places.ts';
import { SetupShell } from './setup-shell.tsx';
import type { SetupPageProps } from './setup-shell.tsx';

export type SetupProfilePageProps = SetupPageProps;

/** /app/setup/profile: legalName, industry, teamSize, country, timezone, language. */
export function SetupProfilePage(props: SetupProfilePageProps): VNode {
  return (
    <SetupShell
      {...props}
      step="profile"
      title="Tell us about your business"
      purpose="Shown on your invoices."
    >
      <TextInput
        name="legalName"
        label="Legal name"
        autocomplete="organization"
        help="As registered. Shown on invoices."
      />
      <div class="bz-two">
        <Select name="industry" label="Industry" options={industries} placeholder="Choose one" />
        <Select name="teamSize" label="People in the team" options={teamSizes} placeholder="Choose one" />
      </div>
      <Select
        name="country"
        label="Country"
        options={countryOptions()}
        placeholder="Choose one"
        help="Where the business is registered."
      />
      <div class="bz-two">
        <Select name="timezone" label="Timezone" options={timezones} initial="UTC" fill="timezone" />
        <Select
          name="language"
          label="Language of emails"
          help={placesCopy.language}
          options={languageOptions}
          initial="en"
          fill="language"
        />
      </div>
    </SetupShell>
  );
}
