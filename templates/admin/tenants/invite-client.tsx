import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PostButton } from '../../ui/form.tsx';
import { inviteClientCopy as copy } from './copy.ts';

/** The sign-up link of a partner, or the button that makes one. */
export function InviteClientDialog(props: { frame: PageContext; link: string | null }): VNode {
  const { frame, link } = props;
  return (
    <Dialog id="invite-client" title={copy.title}>
      {link === null ? (
        <>
          <p>{copy.none}</p>
          <PostButton frame={frame} action={paths.signUpLinkAction('create')}>
            <SubmitButton look="primary">{copy.create}</SubmitButton>
          </PostButton>
        </>
      ) : (
        <>
          <p>{copy.text}</p>
          <CodeBlock label={copy.label} text={link} />
          <p class="bz-muted">{copy.revokeText}</p>
          <PostButton frame={frame} action={paths.signUpLinkAction('revoke')}>
            <SubmitButton look="danger">{copy.revoke}</SubmitButton>
          </PostButton>
        </>
      )}
    </Dialog>
  );
}
