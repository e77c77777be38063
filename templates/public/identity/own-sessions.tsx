import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { PostButton } from '../../ui/form.tsx';
import { Time } from '../../ui/time.tsx';
import { securityCenterCopy } from './copy.ts';

const copy = securityCenterCopy.sessions;

/** A session of the viewer; times are ISO. */
export interface OwnSessionRow {
  id: string;
  device: string;
  ip: string | null;
  startedAt: string;
  lastSeenAt: string;
  current: boolean;
  view: boolean;
  open: boolean;
  endedAt: string | null;
  endedBy: string | null;
  /** Null while it is open. */
  endReason: string | null;
}

function State({ row }: { row: OwnSessionRow }): VNode {
  if (row.current) return <strong>{copy.current}</strong>;
  if (row.open) return <>{copy.open}</>;
  return (
    <span class="bz-muted">
      {row.endReason}
      {row.endedBy ? ` ${copy.by(row.endedBy)}` : ''}
      {row.endedAt ? (
        <>
          {' · '}
          <Time at={row.endedAt} />
        </>
      ) : null}
    </span>
  );
}

/** Where the viewer is signed in, and which sessions have ended, by whom and why. */
export function OwnSessions(props: { frame: PageContext; sessions: readonly OwnSessionRow[] }): VNode {
  return (
    <DataTable
      caption={copy.title}
      rows={props.sessions}
      columns={[
        {
          title: 'Device',
          render: (row) => (
            <>
              <strong>{row.view ? copy.view : row.device}</strong>
              {row.ip ? <div class="bz-muted">{row.ip}</div> : null}
            </>
          ),
        },
        { title: 'State', render: (row) => <State row={row} /> },
        { title: 'Signed in', phone: 'label', minor: true, render: (row) => <Time at={row.startedAt} /> },
        { title: 'Last seen', phone: 'label', render: (row) => <Time at={row.lastSeenAt} /> },
        {
          title: 'Action',
          right: true,
          render: (row) =>
            row.open && !row.current ? (
              <PostButton frame={props.frame} action={paths.ownSessionEnd(row.id)}>
                <SubmitButton small label={copy.endLabel(row.device)}>
                  {copy.end}
                </SubmitButton>
              </PostButton>
            ) : null,
        },
      ]}
    />
  );
}
