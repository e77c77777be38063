import type { VNode } from 'preact';
import { RadioCards } from '../../ui/choices.tsx';
import { TextInput, Textarea } from '../../ui/inputs.tsx';
import { setupCopy } from './copy.ts';
import { websiteCopy as copy } from './copy.ts';
import { SetupShell } from './setup-shell.tsx';
import type { SetupPageProps } from './setup-shell.tsx';

export type SetupWebsitePageProps = SetupPageProps;

/**
 * /app/setup/website: mode (new, existing, later), siteName and brief for new, url for existing.
 * Fields of the other modes are hidden by css, so without scripts they arrive empty.
 */
export function SetupWebsitePage(props: SetupWebsitePageProps): VNode {
  return (
    <SetupShell
      {...props}
      step="website"
      title={copy.title}
      purpose="Tell us about the site you have or want, or leave it for later."
    >
      <RadioCards
        name="mode"
        label={copy.mode}
        quietLabel
        initial="later"
        options={[
          {
            value: 'new',
            title: 'Build a new one',
            text: setupCopy.newSite,
          },
          {
            value: 'existing',
            title: 'I have one',
            text: setupCopy.existingSite,
          },
          {
            value: 'later',
            title: 'Decide later',
            text: setupCopy.laterSite,
          },
        ]}
      />
      <div class="bz-when" data-when="mode=new">
        <TextInput name="siteName" label={copy.siteName} />
        <Textarea name="brief" label={copy.brief} rows={4} help={copy.briefHelp} />
      </div>
      <div class="bz-when" data-when="mode=existing">
        <TextInput
          name="url"
          label={copy.url}
          type="url"
          inputMode="url"
          autocomplete="url"
          help={copy.urlHelp}
        />
      </div>
    </SetupShell>
  );
}
