import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { ReasonInput, Select, Textarea, TextInput } from '../../ui/inputs.tsx';
import { previewFrom } from '../../ui/live.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths } from '../../paths.ts';
import { Moment } from '../../ui/time.tsx';
import { deprecateCopy, emailTimes } from './copy/deprecate.ts';
import { integrationsTitle } from './copy/registry.ts';

export interface DeprecatePageProps {
  frame: PageContext;
  server: { name: string; title: string };
  successors: readonly { name: string; title: string }[];
  tenants: readonly { tenantId: string; tenantName: string }[];
  /** `at` is null before a last day was chosen. */
  emails: readonly { key: string; at: string | null }[];
  /** The day the preview is for (YYYY-MM-DD); null before one was chosen. */
  lastDay: string | null;
  form?: FormState;
}

const previewId = 'preview';

function Preview(props: DeprecatePageProps): VNode {
  const { tenants, emails } = props;
  return (
    <Card
      id={previewId}
      title={deprecateCopy.previewTitle}
      note={tenants.length === 0 ? deprecateCopy.noTenants : deprecateCopy.tenants(tenants.length)}
    >
      {tenants.length > 0 && emails.length > 0 ? (
        <DataTable
          caption="Emails"
          rows={emails}
          columns={[
            { title: 'Email to owners', render: ({ key }) => emailTimes[key] ?? key },
            {
              title: 'When',
              right: true,
              render: ({ at }) => (at === null ? deprecateCopy.noDay : <Moment at={at} />),
            },
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

/** GET /admin/integrations/servers/:server/deprecate */
export function DeprecatePage(props: DeprecatePageProps): VNode {
  const { frame, server, form } = props;
  const path = paths.serverAction(server.name, 'deprecate');
  return (
    <Shell frame={frame} title={deprecateCopy.title(server.title)}>
      <PageHeader
        crumbs={[
          { title: integrationsTitle, href: paths.registry },
          { title: server.title, href: paths.server(server.name) },
        ]}
        title={deprecateCopy.title(server.title)}
        purpose={deprecateCopy.purpose}
      />
      <Card title={deprecateCopy.formTitle}>
        <Form frame={frame} action={path} idPrefix="deprecate" {...(form && { state: form })}>
          <TextInput
            name="lastDay"
            label={deprecateCopy.lastDay}
            type="date"
            width="medium"
            initial={props.lastDay ?? ''}
            help={deprecateCopy.lastDayHelp}
            live={previewFrom(path, previewId)}
          />
          <Select
            name="successor"
            label={deprecateCopy.successor}
            optional
            placeholder={deprecateCopy.noSuccessor}
            options={props.successors.map(({ name, title }) => ({ value: name, label: title }))}
          />
          <Textarea name="notice" label={deprecateCopy.notice} optional help={deprecateCopy.noticeHelp} />
          <ReasonInput />
          <div class="bz-actions">
            <SubmitButton look="danger">{deprecateCopy.submit}</SubmitButton>
            <a class="btn bz-quiet" href={paths.server(server.name)}>
              {deprecateCopy.cancel}
            </a>
          </div>
        </Form>
      </Card>
      <Preview {...props} />
    </Shell>
  );
}
