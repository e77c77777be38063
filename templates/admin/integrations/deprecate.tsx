import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { countText } from '../../ui/format.ts';
import { ReasonInput, Select, Textarea, TextInput } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths } from '../../paths.ts';
import { Moment } from '../../ui/time.tsx';
import { serverPath } from './servers.tsx';

export interface EndPageProps {
  frame: PageContext;
  server: { name: string; title: string };
  successors: readonly { name: string; title: string }[];
  tenants: readonly { tenantId: string; tenantName: string }[];
  mails: readonly { key: string; at: string }[];
  /** The day the preview is for; null before one was chosen. */
  offAt: string | null;
  form?: FormState;
}

const mailWords: Record<string, string> = {
  now: 'At once',
  month: '30 days before',
  week: '7 days before',
  day: 'One day before',
};

function Preview(props: EndPageProps): VNode {
  const { tenants, mails, offAt } = props;
  return (
    <Card
      title="What will happen"
      note={
        tenants.length === 0
          ? 'Nobody is connected, so nobody is told.'
          : `The owners of ${countText(tenants.length, 'tenant', 'tenants')} are told. Nobody new can connect it from now on.`
      }
    >
      <form method="get" action={`${serverPath(props.server.name)}/end`}>
        <label class="form-label" for="preview-day">
          Show the mails for an end on
        </label>
        <div class="bz-actions">
          <input
            class="form-control bz-w-short"
            id="preview-day"
            type="date"
            name="offAt"
            value={offAt ?? ''}
          />
          <button type="submit" class="btn">
            Show
          </button>
        </div>
      </form>
      {mails.length > 0 ? (
        <DataTable
          caption="Mails"
          rows={mails}
          columns={[
            { title: 'Mail to the owners', render: ({ key }) => mailWords[key] ?? key },
            { title: 'When', right: true, render: ({ at }) => <Moment at={at} /> },
          ]}
        />
      ) : null}
      {tenants.length > 0 ? (
        <ul>
          {tenants.map(({ tenantId, tenantName }) => (
            <li>
              <a href={paths.tenant(tenantId)}>{tenantName}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

/** GET /admin/connections/servers/:server/end */
export function EndPage(props: EndPageProps): VNode {
  const { frame, server, form } = props;
  return (
    <Shell frame={frame} title={`End of ${server.title}`}>
      <PageHeader
        crumbs={[
          { title: 'Services', href: '/admin/connections' },
          { title: server.title, href: serverPath(server.name) },
        ]}
        title={`Announce the end of ${server.title}`}
        purpose="Tenants keep using it until its date and are told in time what to use instead. You can call it off."
      />
      <Preview {...props} />
      <Card title="The announcement">
        <Form
          frame={frame}
          action={`${serverPath(server.name)}/end`}
          idPrefix="end"
          {...(form && { state: form })}
        >
          <TextInput
            name="offAt"
            label="Ends on"
            type="date"
            width="short"
            initial={props.offAt ?? ''}
            help="It is switched off as this day begins (UTC)."
          />
          <Select
            name="successor"
            label="What to use instead"
            optional
            placeholder="Nothing"
            options={props.successors.map(({ name, title }) => ({ value: name, label: title }))}
          />
          <Textarea
            name="notice"
            label="What owners should know"
            optional
            help="Stands in the mails and beside the service."
          />
          <ReasonInput />
          <div class="bz-actions">
            <SubmitButton look="danger">Announce the end</SubmitButton>
            <a class="btn bz-quiet" href={serverPath(server.name)}>
              Keep as it is
            </a>
          </div>
        </Form>
      </Card>
    </Shell>
  );
}
