import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { PostButton } from '../../ui/form.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { paths } from '../../paths.ts';
import { verifyEmailCopy } from './copy.ts';

export interface VerifyEmailPageProps {
  frame: PageContext;
  /** `ask`: the link is good, and the button confirms; `already`: it was confirmed before. */
  outcome: 'ask' | 'confirmed' | 'already' | 'expired';
  /** Token of the link. */
  token: string;
  /** Where "Continue" leads. */
  continueHref: string;
}

const icons = { ask: 'mail', confirmed: 'circle-check', already: 'circle-check', expired: 'clock' } as const;

/** GET /verify-email?token=, and what POST /verify-email (token) answers. */
export function VerifyEmailPage(props: VerifyEmailPageProps): VNode {
  const { frame, outcome } = props;
  const copy = verifyEmailCopy[outcome];
  const resend = (
    <LinkButton href={paths.resendConfirmation} look="primary">
      {verifyEmailCopy.expired.action}
    </LinkButton>
  );
  const onward = (
    <LinkButton href={props.continueHref} look="primary">
      Continue
    </LinkButton>
  );
  const confirm = (
    <PostButton frame={frame} action={paths.verifyEmail} hidden={{ token: props.token }}>
      <SubmitButton look="primary">{verifyEmailCopy.confirm}</SubmitButton>
    </PostButton>
  );
  const actions = { ask: confirm, confirmed: onward, already: onward, expired: resend };
  return (
    <Bare frame={frame} title={copy.title}>
      <div class="bz-panel">
        <h1 class="visually-hidden">{copy.title}</h1>
        <EmptyState icon={icons[outcome]} title={copy.title} text={copy.text} action={actions[outcome]} />
      </div>
    </Bare>
  );
}
