import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { DialogButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Time } from '../../ui/time.tsx';
import { securityCopy as copy } from './copy.ts';

interface SecurityProps {
  /** Page of the sessions; null for who may not see them. */
  sessionsHref: string | null;
  hasSecondFactor: boolean;
  /** How to remove the second factor; null where there is none, and for who may not. */
  removal: { frame: PageContext; userId: string; name: string; state?: FormState } | null;
  isSuspended: boolean;
  isPlatform: boolean;
  emailVerifiedAt: string | null;
  lastSignInAt: string | null;
  lastSeenAt: string | null;
}

const at = (time: string | null) => (time ? <Time at={time} /> : copy.never);

function Removal({ frame, userId, name, state }: NonNullable<SecurityProps['removal']>): VNode {
  return (
    <>
      <div class="bz-actions">
        <DialogButton dialog="remove-second-factor" look="danger">
          {copy.remove.open}
        </DialogButton>
      </div>
      <ReasonDialog
        {...{ frame, state, danger: true }}
        id="remove-second-factor"
        action={paths.personSecondFactorRemove(userId)}
        title={copy.remove.title(name)}
        happens={copy.remove.happens}
        stays={copy.remove.stays}
        submit={copy.remove.submit}
      />
    </>
  );
}

/** How well the account of a person is protected. */
export function Security(props: SecurityProps): VNode {
  return (
    <>
      {props.isSuspended ? (
        <Notice tone="attention" icon="alert-triangle">
          {copy.suspended}
        </Notice>
      ) : null}
      {props.isPlatform && !props.hasSecondFactor ? (
        <Notice tone="attention" icon="alert-triangle">
          {copy.unprotected}
        </Notice>
      ) : null}
      <Card
        title={copy.title}
        action={props.sessionsHref ? <a href={props.sessionsHref}>{copy.sessions}</a> : undefined}
      >
        <KeyFacts
          facts={[
            { label: copy.secondFactor, value: props.hasSecondFactor ? copy.on : copy.off },
            {
              label: copy.email,
              value: props.emailVerifiedAt ? <Time at={props.emailVerifiedAt} /> : copy.notConfirmed,
            },
            { label: copy.lastSignIn, value: at(props.lastSignInAt) },
            { label: copy.lastSeen, value: at(props.lastSeenAt) },
          ]}
        />
      </Card>
      {props.removal ? <Removal {...props.removal} /> : null}
    </>
  );
}
