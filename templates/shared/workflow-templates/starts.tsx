import type { VNode } from 'preact';
import type { EventStart } from '../../../db/domain/runs/templates/definition.ts';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { DialogButton, LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PostButton } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Moment } from '../../ui/time.tsx';
import { templatesCopy } from './copy.ts';
import { eventLabel } from './edit/event.tsx';

const copy = templatesCopy.starts;

export interface StartsProps {
  frame: PageContext;
  id: string;
  /** The version that is shown is the one that starts. */
  live: boolean;
  mayEdit: boolean;
  on: EventStart | null;
  /** Only those of a business start on events and web addresses. */
  ofBusiness: boolean;
  /** ISO time; null without a web address. */
  addressSince: string | null;
  /** The new web address, shown this once. */
  address: string | null;
  /** Null for who may not plan runs. */
  scheduleHref: string | null;
}

function EventStartCard({ on, live, mayEdit, id }: StartsProps): VNode {
  return (
    <Card title={copy.event}>
      <p>
        {on ? copy.eventText(eventLabel(on.action)) : copy.eventNone}
        {on?.if === undefined ? '' : ` ${copy.eventIf(on.if)}`}
      </p>
      {on && !live ? <p class="bz-muted">{copy.notLive}</p> : null}
      {mayEdit ? (
        <LinkButton href={`${paths.workflowTemplateAction(id, 'edit')}?new=event#panel`}>
          {copy.eventEdit}
        </LinkButton>
      ) : null}
    </Card>
  );
}

function AddressActions({ frame, id, addressSince }: StartsProps): VNode {
  const to = (action: string) => paths.workflowTemplateAction(id, action);
  if (addressSince === null) {
    return (
      <PostButton frame={frame} action={to('address')}>
        <SubmitButton>{copy.addressCreate}</SubmitButton>
      </PostButton>
    );
  }
  return (
    <div class="bz-actions">
      <DialogButton dialog="replace-address">{copy.addressReplace}</DialogButton>
      <PostButton frame={frame} action={to('remove-address')}>
        <SubmitButton look="quiet">{copy.addressRemove}</SubmitButton>
      </PostButton>
      <Dialog id="replace-address" title={copy.addressReplaceTitle}>
        <p>{copy.addressReplaceHappens}</p>
        <PostButton frame={frame} action={to('address')}>
          <SubmitButton look="danger">{copy.addressReplace}</SubmitButton>
        </PostButton>
      </Dialog>
    </div>
  );
}

function AddressCard(props: StartsProps): VNode {
  const { address, addressSince } = props;
  return (
    <Card title={copy.address} note={copy.addressText}>
      {address ? (
        <Notice tone="waiting" icon="info-circle">
          {copy.addressOnce}
          <CodeBlock label={copy.addressLabel} text={address} />
        </Notice>
      ) : null}
      <p class="bz-muted">
        {addressSince ? (
          <>
            {copy.addressSince} <Moment at={addressSince} />. {copy.addressLive}
          </>
        ) : (
          copy.addressNone
        )}
      </p>
      {props.mayEdit ? <AddressActions {...props} /> : null}
    </Card>
  );
}

/** What starts a template besides a person. */
export function Starts(props: StartsProps): VNode {
  const { ofBusiness, scheduleHref } = props;
  return (
    <>
      {ofBusiness ? (
        <>
          <EventStartCard {...props} />
          <AddressCard {...props} />
        </>
      ) : (
        <p class="bz-muted">{copy.platform}</p>
      )}
      <Card title={copy.schedule} note={copy.scheduleText}>
        {scheduleHref ? (
          <LinkButton href={scheduleHref}>{copy.scheduleNew}</LinkButton>
        ) : (
          <p class="bz-muted">{copy.scheduleHow}</p>
        )}
      </Card>
    </>
  );
}
