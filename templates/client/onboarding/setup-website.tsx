import type { VNode } from 'preact';
import { RadioCards } from '../../ui/choices.tsx';
import { TextInput, Textarea } from '../../ui/inputs.tsx';
import { setupCopy } from './copy.ts';
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
      title="What about your website?"
      purpose="Tell us about the site you have or want, or leave it for later."
    >
      <RadioCards
        name="mode"
        label="Website"
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
        <TextInput name="siteName" label="Name of the site" />
        <Textarea
          name="brief"
          label="What should it say?"
          rows={4}
          help="A few sentences: what you offer, for whom, what visitors should do. At least 20 characters."
        />
      </div>
      <div class="bz-when" data-when="mode=existing">
        <TextInput
          name="url"
          label="Address"
          type="url"
          inputMode="url"
          autocomplete="url"
          help="Such as https://example.com"
        />
      </div>
    </SetupShell>
  );
}
