import type { VNode } from 'preact';
import { industries, teamSizes } from '../../../db/domain/onboarding/submissions.ts';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { countryOptions, languageOptions, placesCopy, timezones } from '../../shared/places.ts';
import { profileCopy as copy } from './copy.ts';
import { SetupShell } from './setup-shell.tsx';
import type { SetupPageProps } from './setup-shell.tsx';

export type SetupProfilePageProps = SetupPageProps;

/** /app/setup/profile: legalName, industry, teamSize, country, timezone, language. */
export function SetupProfilePage(props: SetupProfilePageProps): VNode {
  return (
    <SetupShell {...props} step="profile" title={copy.title} purpose="Shown on your invoices.">
      <TextInput
        name="legalName"
        label={copy.legalName}
        autocomplete="organization"
        help={copy.legalNameHelp}
      />
      <div class="bz-two">
        <Select name="industry" label={copy.industry} options={industries} placeholder={copy.choose} />
        <Select name="teamSize" label={copy.teamSize} options={teamSizes} placeholder={copy.choose} />
      </div>
      <Select
        name="country"
        label={copy.country}
        options={countryOptions()}
        placeholder={copy.choose}
        help={copy.countryHelp}
      />
      <div class="bz-two">
        <Select name="timezone" label={copy.timezone} options={timezones} initial="UTC" fill="timezone" />
        <Select
          name="language"
          label={copy.language}
          help={placesCopy.language}
          options={languageOptions}
          initial="en"
          fill="language"
        />
      </div>
    </SetupShell>
  );
}
