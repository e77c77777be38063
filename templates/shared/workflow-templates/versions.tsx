import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { paths, withQuery } from '../../paths.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { PostButton } from '../../ui/form.tsx';
import { Time } from '../../ui/time.tsx';
import { templatesCopy } from './copy.ts';

const copy = templatesCopy.versions;

export interface VersionRow {
  version: number;
  label: string | null;
  state: 'live' | 'published' | 'draft';
  repeats: number | null;
  by: string;
  createdAt: string;
}

/** Every version of a template, the newest first. */
export function VersionsCard(props: {
  frame: PageContext;
  id: string;
  versions: readonly VersionRow[];
  mayEdit: boolean;
}): VNode {
  const { frame, id, versions, mayEdit } = props;
  const newest = versions[0]?.version;
  const restore = ({ version }: VersionRow) =>
    version === newest ? null : (
      <PostButton
        frame={frame}
        action={paths.workflowTemplateAction(id, 'restore')}
        hidden={{ version: String(version) }}
      >
        <SubmitButton small look="quiet" label={`${copy.restore}: ${version}`}>
          {copy.restore}
        </SubmitButton>
      </PostButton>
    );
  return (
    <Card title={copy.title} note={copy.note} flush>
      <DataTable
        caption={copy.title}
        rows={versions}
        rowHref={({ version }) => withQuery(paths.workflowTemplate(id), { version: String(version) })}
        columns={[
          { title: copy.version, render: ({ version }) => `${copy.version} ${version}` },
          {
            title: copy.label,
            phone: 'label',
            render: ({ label, repeats }) => label ?? (repeats === null ? '–' : copy.repeats(repeats)),
          },
          { title: copy.state, phone: 'label', whole: true, render: ({ state }) => copy[state] },
          { title: copy.by, phone: 'label', minor: true, render: ({ by }) => by },
          { title: copy.at, right: true, phone: 'label', render: ({ createdAt }) => <Time at={createdAt} /> },
          ...(mayEdit ? [{ title: copy.restore, right: true, render: restore }] : []),
        ]}
      />
    </Card>
  );
}
