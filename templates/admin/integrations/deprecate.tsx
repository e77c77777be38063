import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { ReasonInput, Select, Textarea, TextInput } from '../../ui/inputs.tsx';
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
  emails: readonly { key: string; at: string }[];
  /** The day the preview is for (YYYY-MM-DD); null before one was chosen. */
  offAt: string | null;
  form?: FormState;
}

function Preview(props: DeprecatePageProps): VNode {
  const { tenants, emails, offAt } = props;
  return (
    <Card
      title={deprecateCopy.previewTitle}
      note={tenants.length === 0 ? deprecateCopy.noTenants : deprecateCopy.tenants(tenants.length)}
    >
      <form method="get" action={paths.serverAction(props.server.name, 'deprecate')}>
        <label class="form-label" for="preview-day">
          {deprecateCopy.previewDay}
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
            {deprecateCopy.preview}
          </button>
        </div>
      </form>
      {emails.length > 0 ? (
        <DataTable
          caption="Emails"
          rows={emails}
          columns={[
            { title: 'Email to owners', render: ({ key }) => emailTimes[key] ?? key },
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

/** GET /admin/integrations/servers/:server/deprecate */
export function DeprecatePage(props: DeprecatePageProps): VNode {
  const { frame, server, form } = props;
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
      <Preview {...props} />
      <Card title={deprecateCopy.formTitle}>
        <Form
          frame={frame}
          action={paths.serverAction(server.name, 'deprecate')}
          idPrefix="deprecate"
          {...(form && { state: form })}
        >
          <TextInput
            name="offAt"
            label={deprecateCopy.offAt}
            type="date"
            width="short"
            initial={props.offAt ?? ''}
            help={deprecateCopy.offAtHelp}
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
    </Shell>
  );
}
