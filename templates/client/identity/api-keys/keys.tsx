import type { VNode } from 'preact';
import type { KeyKind, KeyState } from '../../../../db/domain/identity/api-key.ts';
import { overlapHours } from '../../../../db/domain/identity/api-key.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { DialogButton, LinkButton, SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { TextInput } from '../../../ui/inputs.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { Time } from '../../../ui/time.tsx';
import { apiKeysCopy as copy } from './copy.ts';

export interface KeyRow {
  id: string;
  kind: KeyKind;
  name: string;
  /** The person or agent; null for a key of the business. */
  owner: string | null;
  scopes: readonly string[];
  networks: readonly string[];
  last4: string;
  state: KeyState;
  previousLast4: string | null;
  previousUntil: string | null;
  expiresAt: string | null;
  createdAt: string;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
  mayRotate: boolean;
  mayRevoke: boolean;
}

export interface KeysPageProps {
  frame: PageContext;
  /** Working ones first, then the newest. */
  keys: readonly KeyRow[];
  /** Whether keys of the business and its agents are among them. */
  managesAll: boolean;
  requestKey: string;
  /** A rotation that was refused: its dialog opens again. */
  refused?: { id: string; form: FormState };
}

function Name({ row }: { row: KeyRow }): VNode {
  const about = [copy.kinds[row.kind], row.owner, copy.endsIn(row.last4)].filter(Boolean).join(' · ');
  return (
    <>
      <strong>{row.name}</strong>
      <div class="bz-muted">{about}</div>
      <details>
        <summary>{copy.scopes(row.scopes.length)}</summary>
        <div class="bz-muted">{[...row.scopes, ...row.networks].join(', ')}</div>
      </details>
    </>
  );
}

function State({ row }: { row: KeyRow }): VNode {
  return (
    <>
      <StatusBadge kind="apiKey" state={row.state} />
      {row.state === 'rotating' && row.previousUntil ? (
        <div class="bz-muted">
          {copy.overlap} <Time at={row.previousUntil} />
        </div>
      ) : null}
    </>
  );
}

function Used({ row }: { row: KeyRow }): VNode {
  if (!row.lastUsedAt) return <span class="bz-muted">{copy.notUsed}</span>;
  return (
    <>
      <Time at={row.lastUsedAt} />
      <div class="bz-muted">{row.lastUsedIp}</div>
    </>
  );
}

function Acts({ row }: { row: KeyRow }): VNode {
  return (
    <div class="bz-actions">
      {row.mayRotate ? (
        <DialogButton dialog={`rotate-${row.id}`} small>
          {copy.rotate.open}
        </DialogButton>
      ) : null}
      {row.mayRevoke ? (
        <DialogButton dialog={`revoke-${row.id}`} small>
          {copy.revoke.open}
        </DialogButton>
      ) : null}
    </div>
  );
}

function KeyTable({ keys }: { keys: readonly KeyRow[] }): VNode {
  return (
    <DataTable
      caption={copy.title}
      rows={keys}
      columns={[
        { title: 'Key', render: (row) => <Name row={row} /> },
        { title: 'State', render: (row) => <State row={row} /> },
        { title: 'Last used', phone: 'label', render: (row) => <Used row={row} /> },
        {
          title: 'Expires',
          phone: 'label',
          render: (row) => (row.expiresAt ? <Time at={row.expiresAt} /> : copy.never),
        },
        { title: 'Actions', right: true, render: (row) => <Acts row={row} /> },
      ]}
    />
  );
}

const keep = (
  <a class="btn bz-quiet" href="#main" data-close>
    {copy.revoke.keep}
  </a>
);

function RotateDialog({ row, frame, requestKey, refused }: KeysPageProps & { row: KeyRow }): VNode {
  const id = `rotate-${row.id}`;
  const state = refused?.id === row.id ? refused.form : undefined;
  return (
    <Dialog id={id} title={copy.rotate.title(row.name)} open={state !== undefined}>
      <Form
        {...{ frame, state }}
        action={paths.apiKeyAction(row.id, 'rotate')}
        idPrefix={id}
        hidden={{ requestKey }}
      >
        <p>{copy.rotate.happens}</p>
        <TextInput
          name="overlapHours"
          label={copy.rotate.hours}
          help={copy.rotate.hoursHelp}
          type="number"
          inputMode="numeric"
          initial={String(overlapHours.usual)}
          width="short"
        />
        <div class="bz-actions">
          <SubmitButton look="primary">{copy.rotate.submit}</SubmitButton>
          {keep}
        </div>
      </Form>
    </Dialog>
  );
}

function RevokeDialog({ row, frame }: { row: KeyRow; frame: PageContext }): VNode {
  const id = `revoke-${row.id}`;
  return (
    <Dialog id={id} title={copy.revoke.title(row.name)}>
      <Form frame={frame} action={paths.apiKeyAction(row.id, 'revoke')} idPrefix={id}>
        <p>{copy.revoke.happens}</p>
        <div class="bz-actions">
          <SubmitButton look="danger">{copy.revoke.submit}</SubmitButton>
          {keep}
        </div>
      </Form>
    </Dialog>
  );
}

/** GET /account/security/api-keys; POST …/:id/rotate (overlapHours, requestKey), …/:id/revoke. */
export function KeysPage(props: KeysPageProps): VNode {
  const { frame, keys } = props;
  const create = (
    <LinkButton href={paths.newApiKey} look="primary">
      {copy.create}
    </LinkButton>
  );
  return (
    <Shell frame={frame} title={copy.title} wide>
      <PageHeader
        title={copy.title}
        purpose={props.managesAll ? copy.purposeAll : copy.purpose}
        action={create}
      />
      <Card flush>
        {keys.length > 0 ? <KeyTable keys={keys} /> : <EmptyState icon="key" {...copy.empty} />}
      </Card>
      {keys.map((row) => (row.mayRotate ? <RotateDialog {...props} row={row} /> : null))}
      {keys.map((row) => (row.mayRevoke ? <RevokeDialog frame={frame} row={row} /> : null))}
    </Shell>
  );
}
