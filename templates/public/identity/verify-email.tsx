import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { PostButton } from '../../ui/form.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

export interface VerifyEmailPageProps {
  frame: PageContext;
  /** `sent`: a new link is on its way. */
  outcome: 'confirmed' | 'expired' | 'sent';
  email?: string;
  /** Where "Continue" leads. */
  continueHref: string;
}

const words = {
  confirmed: {
    icon: 'circle-check',
    title: 'Your e-mail address is confirmed',
    text: (email: string) => `We can now reach you${email && ` at ${email}`}. You can go on with the set-up.`,
  },
  expired: {
    icon: 'clock',
    title: 'This link no longer works',
    text: () =>
      'It has expired or was used before. If your address is confirmed already, there is nothing to do.',
  },
  sent: {
    icon: 'mail',
    title: 'A new link is on its way',
    text: (email: string) =>
      `Open the newest e-mail we sent${email && ` to ${email}`} and follow its link. Older links have stopped working.`,
  },
} as const;

/** GET /verify-email?token= and what POST /verify-email/resend answers. */
export function VerifyEmailPage(props: VerifyEmailPageProps): VNode {
  const { frame, outcome } = props;
  const said = words[outcome];
  const resend = frame.viewer ? (
    <PostButton frame={frame} action="/verify-email/resend">
      <SubmitButton look="primary">Send a new link</SubmitButton>
    </PostButton>
  ) : (
    <LinkButton href="/sign-in" look="primary">
      Sign in to get a new link
    </LinkButton>
  );
  return (
    <Bare frame={frame} title={said.title}>
      <div class="bz-panel">
        <h1 class="visually-hidden">{said.title}</h1>
        <EmptyState
          icon={said.icon}
          title={said.title}
          text={said.text(props.email ?? '')}
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
