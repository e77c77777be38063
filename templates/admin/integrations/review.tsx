import type { VNode } from 'preact';
import { DialogButton, LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import { Form, PostButton } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { paths } from '../../paths.ts';
import { reviewCopy } from './copy/server.ts';
import { type RegistrationProgress, rejectedState, type ServerPageProps } from './server-props.ts';

function ReadTools(props: ServerPageProps & { registration: RegistrationProgress }): VNode {
  const { frame, server, registration } = props;
  return (
    <Form
      frame={frame}
      action={paths.serverAction(server.name, 'read')}
      idPrefix="read"
      {...rejectedState(props, 'read')}
    >
      {registration.problem && props.rejected?.action !== 'read' ? (
        <Notice tone="attention" icon="alert-triangle">
          {registration.problem}
        </Notice>
      ) : null}
      {registration.fields.map((field) => (
        <TextInput
          name={field.key}
          label={field.label}
          type={field.secret ? 'password' : 'text'}
          optional={field.optional}
          autocomplete="off"
        />
      ))}
      <p class="bz-next">
        {registration.fields.length > 0 ? reviewCopy.readWithCredentials : reviewCopy.readPlain}
      </p>
      <div class="bz-actions">
        <SubmitButton look="primary">{reviewCopy.read}</SubmitButton>
      </div>
    </Form>
  );
}

function DiscardButton(props: ServerPageProps): VNode {
  const { frame, server } = props;
  const copy = server.status === 'review' ? reviewCopy.discard : reviewCopy.keep;
  return (
    <>
      <DialogButton dialog="discard" look="quiet">
        {copy.open}
      </DialogButton>
      <ReasonDialog
        frame={frame}
        id="discard"
        title={copy.title(server.title)}
        happens={copy.happens}
        stays={copy.stays}
        action={paths.serverAction(server.name, 'discard')}
        submit={copy.submit}
        danger
        {...rejectedState(props, 'discard')}
      />
    </>
  );
}

function ReviewTools({ frame, server }: ServerPageProps): VNode {
  const approved = server.tools.filter(({ state }) => state === 'approved').length;
  return (
    <>
      <p>
        {approved === 0 ? reviewCopy.noneApproved : reviewCopy.someApproved(approved, server.tools.length)}
      </p>
      <div class="bz-actions">
        <LinkButton href={paths.serverTools(server.name)} look={approved === 0 ? 'primary' : 'plain'}>
          {reviewCopy.review}
        </LinkButton>
        {approved > 0 ? (
          <PostButton frame={frame} action={paths.serverAction(server.name, 'publish')}>
            <SubmitButton look="primary">{reviewCopy.publish}</SubmitButton>
          </PostButton>
        ) : null}
      </div>
    </>
  );
}

/** What is left to do before tenants see a new server, or before another source runs. */
export function Review(props: ServerPageProps): VNode | null {
  const { server, registration } = props;
  if (!registration) return null;
  return (
    <Card
      title={server.status === 'review' ? reviewCopy.newTitle : reviewCopy.changeTitle}
      note={reviewCopy.note}
      action={
        <>
          <DiscardButton {...props} />
          <LinkButton href={paths.run(registration.runId)} look="quiet">
            {reviewCopy.viewRun}
          </LinkButton>
        </>
      }
    >
      {registration.stage === 'fetch' ? (
        <p>{reviewCopy.fetching}</p>
      ) : registration.stage === 'read' ? (
        <ReadTools {...props} registration={registration} />
      ) : (
        <ReviewTools {...props} />
      )}
    </Card>
  );
}
