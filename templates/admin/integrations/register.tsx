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
import { paths, withQuery } from '../../paths.ts';
import { detailsCopy, registerCopy } from './copy/register.ts';
import { integrationsTitle } from './copy/registry.ts';
import { CredentialFields, Details } from './fields.tsx';

export const registerKinds = ['npm', 'remote'] as const;
type Kind = (typeof registerKinds)[number];

export interface RegisterPageProps {
  frame: PageContext;
  kind: Kind;
  categories: readonly Option[];
  form?: FormState;
}

function Source(props: { kind: Kind }): VNode {
  if (props.kind === 'remote') {
    return (
      <>
        <input type="hidden" name="source.kind" value="remote" />
        <TextInput name="source.url" label={registerCopy.url} type="url" help={registerCopy.urlHelp} />
      </>
    );
  }
  return (
    <>
      <input type="hidden" name="source.kind" value="npm" />
      <TextInput name="source.package" label="Package" help={registerCopy.packageHelp} />
      <TextInput name="source.version" label="Version" width="short" help={registerCopy.versionHelp} />
      <TextInput name="source.program" label="Program" optional help={registerCopy.programHelp} />
      <Textarea name="source.args" label="Arguments" optional rows={2} help={registerCopy.argumentsHelp} />
    </>
  );
}

/** GET /admin/integrations/register?kind= */
export function RegisterPage(props: RegisterPageProps): VNode {
  const { frame, kind, form } = props;
  return (
    <Shell frame={frame} title={registerCopy.title}>
      <PageHeader
        crumbs={[{ title: integrationsTitle, href: paths.registry }]}
        title={registerCopy.title}
        purpose={registerCopy.purpose}
      />
      <Tabs
        label={registerCopy.sourceTitle}
        current={kind}
        tabs={registerKinds.map((key) => ({
          key,
          title: registerCopy.kinds[key],
          href: withQuery(paths.registerServer, { kind: key }),
        }))}
      />
      <Form
        frame={frame}
        action={`${paths.registerServer}/${kind}`}
        idPrefix="register"
        {...(form && { state: form })}
      >
        <Card title={registerCopy.sourceTitle}>
          <Source kind={kind} />
        </Card>
        <Card title={detailsCopy.detailsTitle}>
          <Details
            categories={props.categories}
            name={<TextInput name="name" label="Name" width="medium" help={registerCopy.nameHelp} />}
          />
        </Card>
        <Card title={detailsCopy.credentialsTitle} note={registerCopy.credentialsNote}>
          <CredentialFields kind={kind} form={form} />
        </Card>
        <Card title={detailsCopy.reasonTitle}>
          <ReasonInput />
          <p class="bz-next">{registerCopy.next[kind]}</p>
          <div class="bz-actions">
            <SubmitButton look="primary">{registerCopy.submit[kind]}</SubmitButton>
          </div>
        </Card>
      </Form>
    </Shell>
  );
}
