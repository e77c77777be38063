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
  /** `sent`: a new link is on its way. */
  outcome: 'confirmed' | 'expired' | 'sent';
  email?: string;
  /** Where "Continue" leads. */
  continueHref: string;
}

const icons = { confirmed: 'circle-check', expired: 'clock', sent: 'mail' } as const;

/** GET /verify-email?token= and what POST /verify-email/resend answers. */
export function VerifyEmailPage(props: VerifyEmailPageProps): VNode {
  const { frame, outcome } = props;
  const copy = verifyEmailCopy[outcome];
  const resend = frame.viewer ? (
    <PostButton frame={frame} action={paths.resendVerification}>
      <SubmitButton look="primary">Send new link</SubmitButton>
    </PostButton>
  ) : (
    <LinkButton href={paths.signIn} look="primary">
      Sign in to get a new link
    </LinkButton>
  );
  return (
    <Bare frame={frame} title={copy.title}>
      <div class="bz-panel">
        <h1 class="visually-hidden">{copy.title}</h1>
        <EmptyState
          icon={icons[outcome]}
          title={copy.title}
          text={copy.text(props.email ?? '')}
          action={
            outcome === 'expired' ? (
              resend
            ) : (
              <LinkButton href={props.continueHref} look="primary">
                Continue
              </LinkButton>
            )
          }
        />
      </div>
    </Bare>
  );
}
