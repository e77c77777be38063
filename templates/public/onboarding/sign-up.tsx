import type { VNode } from 'preact';
import { passwordLength } from '../../../db/domain/people/user.ts';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { paths } from '../../paths.ts';
import { signUpCopy as copy } from './copy.ts';
import { languageOptions, placesCopy, timezones } from '../../shared/places.ts';

export interface SignUpPageProps {
  frame: PageContext;
  /** Makes a second click harmless: the same key names the same account. */
  requestKey: string;
  /** The partner whose link was opened, and its token; null without one. */
  partner: { name: string; token: string } | null;
  /** Known of people who came from a sign-in provider. */
  known?: { name: string | null; email: string | null };
  form?: FormState;
}

/** Answer to a sign-up link that was revoked or never existed. */
export function EndedSignUpLinkPage(props: { frame: PageContext; text: string }): VNode {
  return (
    <Bare frame={props.frame} title={copy.ended}>
      <div class="bz-panel">
        <h1 class="visually-hidden">{copy.ended}</h1>
        <EmptyState
          icon="clock"
          title={copy.ended}
          text={props.text}
          action={<LinkButton href={paths.signUp}>{copy.without}</LinkButton>}
        />
      </div>
    </Bare>
  );
}

/** GET and POST /sign-up: businessName, ownerName, email, password, timezone, language, requestKey. */
export function SignUpPage(props: SignUpPageProps): VNode {
  const { frame, form } = props;
  const placeProblem = Boolean(form?.errors?.['timezone'] ?? form?.errors?.['language']);
  return (
    <Bare frame={frame} title={copy.title} aside={<a href={paths.signIn}>{copy.signIn}</a>}>
      <h1>{copy.title}</h1>
      <p class="bz-purpose">{copy.purpose}</p>
      {props.partner ? (
        <Notice tone="idle" icon="info-circle">
          {copy.partner(props.partner.name)}
        </Notice>
      ) : null}
      <Form
        frame={frame}
        action={paths.signUp}
        state={form}
        hidden={{ requestKey: props.requestKey, partner: props.partner?.token }}
        class="bz-panel"
      >
        <TextInput name="businessName" label={copy.business} autocomplete="organization" />
        <TextInput name="ownerName" label={copy.name} autocomplete="name" initial={props.known?.name ?? ''} />
        <TextInput
          name="email"
          label={copy.email}
          type="email"
          autocomplete="email"
          initial={props.known?.email ?? ''}
          help={copy.emailHelp}
        />
        <PasswordInput
          name="password"
          label={copy.password}
          autocomplete="new-password"
          help={copy.passwordHelp(passwordLength.min)}
        />
        <details class="bz-more" open={placeProblem}>
          <summary>{copy.place}</summary>
          <Select name="timezone" label={copy.timezone} options={timezones} initial="UTC" fill="timezone" />
          <Select
            name="language"
            label={copy.language}
            help={placesCopy.language}
            options={languageOptions}
            initial="en"
            fill="language"
          />
        </details>
        <div class="bz-actions bz-stretch">
          <SubmitButton look="primary">{copy.submit}</SubmitButton>
        </div>
        <p class="bz-muted">
          {copy.charge} {copy.apply.before} <a href={paths.terms}>{copy.apply.terms}</a> {copy.apply.and}{' '}
          <a href={paths.privacy}>{copy.apply.privacy}</a> {copy.apply.after}
        </p>
      </Form>
    </Bare>
  );
}
