import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import type { Option } from '../../ui/inputs.tsx';
import { ReasonInput, Textarea, TextInput } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { NeededFields, Words } from './fields.tsx';

export const registerKinds = ['npm', 'remote'] as const;
type Kind = (typeof registerKinds)[number];

export interface RegisterPageProps {
  frame: PageContext;
  kind: Kind;
  categories: readonly Option[];
  form?: FormState;
}

const path = '/admin/connections/register';

function Source(props: { kind: Kind }): VNode {
  if (props.kind === 'remote') {
    return (
      <>
        <input type="hidden" name="source.kind" value="remote" />
        <TextInput
          name="source.url"
          label="Address"
          type="url"
          help="Where it speaks MCP over HTTP, such as https://mcp.example.com/mcp."
        />
      </>
    );
  }
  return (
    <>
      <input type="hidden" name="source.kind" value="npm" />
      <TextInput name="source.package" label="Package" help="Its name in the npm registry." />
      <TextInput
        name="source.version"
        label="Version"
        width="short"
        help="Exactly one, such as 1.4.2. It never changes by itself."
      />
      <TextInput
        name="source.program"
        label="Program"
        optional
        help="Only where the package brings several programs."
      />
      <Textarea name="source.args" label="Arguments" optional rows={2} help="One a line." />
    </>
  );
}

/** GET /admin/connections/register?kind= */
export function RegisterPage(props: RegisterPageProps): VNode {
  const { frame, kind, form } = props;
  return (
    <Shell frame={frame} title="Register a service">
      <PageHeader
        crumbs={[{ title: 'Services', href: '/admin/connections' }]}
        title="Register a service"
        purpose="An MCP server that somebody else wrote. Tenants see it only after you have looked at its tools."
      />
      <Tabs
        label="Where it comes from"
        current={kind}
        tabs={[
          { key: 'npm', title: 'A package', href: `${path}?kind=npm` },
          { key: 'remote', title: 'A remote server', href: `${path}?kind=remote` },
        ]}
      />
      <Form frame={frame} action={`${path}/${kind}`} idPrefix="register" {...(form && { state: form })}>
        <Card title="Where it comes from">
          <Source kind={kind} />
        </Card>
        <Card title="What tenants read">
          <Words
            categories={props.categories}
            name={
              <TextInput
                name="name"
                label="Name"
                width="medium"
                help="For addresses and logs, such as acme-crm."
              />
            }
          />
        </Card>
        <Card title="What tenants enter" note="Leave all of it empty where the service asks for nothing.">
          <NeededFields kind={kind} form={form} />
        </Card>
        <Card title="Why">
          <ReasonInput />
          <p class="bz-next">
            {kind === 'npm'
              ? 'We fetch exactly this version with everything it needs, and run nothing of it yet.'
              : 'Nothing is sent to it yet.'}
          </p>
          <div class="bz-actions">
            <SubmitButton look="primary">{kind === 'npm' ? 'Fetch it' : 'Enter it'}</SubmitButton>
          </div>
        </Card>
      </Form>
    </Shell>
  );
}
