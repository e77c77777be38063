import type { VNode } from 'preact';
import { mutableMails } from '../../../db/domain/settings/mail-templates.ts';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { languageOptions, placesCopy, timezones } from '../../shared/places.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CheckboxList } from '../../ui/choices.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { profileCopy as copy } from './copy.ts';
import { PictureCard } from './picture-card.tsx';

export interface ProfilePageProps {
  frame: PageContext;
  email: string;
  profile: {
    name: string;
    phone: string | null;
    jobTitle: string | null;
    timezone: string;
    language: string;
  };
  /** Kinds of email that are wanted; null for people of no business, who get none that can be muted. */
  mails: readonly string[] | null;
  /** Address of the picture; null without one. */
  picture: string | null;
  refused?: { part: 'profile' | 'notices' | 'picture'; form: FormState };
}

function Details({ frame, email, profile, refused }: ProfilePageProps): VNode {
  const state = refused?.part === 'profile' ? refused.form : undefined;
  return (
    <Card title={copy.details} note={email}>
      <Form frame={frame} action={paths.profile} state={state} idPrefix="profile">
        <TextInput name="name" label={copy.name} autocomplete="name" initial={profile.name} />
        <TextInput
          name="jobTitle"
          label={copy.jobTitle}
          optional
          autocomplete="organization-title"
          initial={profile.jobTitle ?? ''}
        />
        <TextInput
          name="phone"
          label={copy.phone}
          optional
          type="tel"
          inputMode="tel"
          autocomplete="tel"
          initial={profile.phone ?? ''}
        />
        <Select
          name="timezone"
          label={copy.timezone}
          help={copy.timezoneHelp}
          // A zone may be stored by an older name than that of the list.
          options={timezones.includes(profile.timezone) ? timezones : [profile.timezone, ...timezones]}
          initial={profile.timezone}
        />
        <Select
          name="language"
          label={copy.language}
          help={placesCopy.language}
          options={languageOptions}
          initial={profile.language}
        />
        <div class="bz-actions">
          <SubmitButton look="primary">{copy.submit}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}

function Notices({ frame, mails, refused }: ProfilePageProps): VNode {
  if (mails === null) {
    return (
      <Card title={copy.notices.title}>
        <p>{copy.notices.onlyAccount}</p>
      </Card>
    );
  }
  const state = refused?.part === 'notices' ? refused.form : undefined;
  return (
    <Card title={copy.notices.title}>
      <Form frame={frame} action={paths.notices} state={state} idPrefix="notices">
        <CheckboxList
          name="mail"
          label={copy.notices.label}
          help={copy.notices.always}
          initial={mails}
          options={mutableMails.map((value) => ({ value, title: copy.kinds[value] }))}
        />
        <div class="bz-actions">
          <SubmitButton>{copy.notices.submit}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}

/** GET and POST /account/profile: name, jobTitle, phone, timezone, language; POST …/notices: mail; …/picture. */
export function ProfilePage(props: ProfilePageProps): VNode {
  return (
    <Shell frame={props.frame} title={copy.title}>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <PictureCard
        frame={props.frame}
        name={props.profile.name}
        picture={props.picture}
        form={props.refused?.part === 'picture' ? props.refused.form : undefined}
      />
      <Details {...props} />
      <Notices {...props} />
    </Shell>
  );
}
