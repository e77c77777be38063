import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { type Option, ReasonInput } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths } from '../../paths.ts';
import { detailsCopy, editCopy } from './copy/register.ts';
import { integrationsTitle } from './copy/registry.ts';
import { CredentialFields, Details } from './fields.tsx';

/** GET /admin/integrations/servers/:server/edit, and what its form shows again. */
export function EditServerPage(props: {
  frame: PageContext;
  server: { name: string; title: string; kind: 'npm' | 'remote' };
  categories: readonly Option[];
  /** The stored values, or what was entered. */
  form: FormState;
}): VNode {
  const { frame, server, form } = props;
  const page = paths.server(server.name);
  const seenAt = form.values?.['seenAt'];
  return (
    <Shell frame={frame} title={editCopy.title(server.title)}>
      <PageHeader
        crumbs={[
          { title: integrationsTitle, href: paths.registry },
          { title: server.title, href: page },
        ]}
        title={editCopy.title(server.title)}
        purpose={editCopy.purpose}
      />
      <Form frame={frame} action={paths.serverAction(server.name, 'edit')} idPrefix="edit" state={form}>
        <input type="hidden" name="seenAt" value={typeof seenAt === 'string' ? seenAt : ''} />
        <Card title={detailsCopy.detailsTitle}>
          <Details categories={props.categories} />
        </Card>
        <Card title={detailsCopy.credentialsTitle} note={editCopy.credentialsNote}>
          <CredentialFields kind={server.kind} form={form} />
        </Card>
        <Card title={detailsCopy.reasonTitle}>
          <ReasonInput />
          {form.errors?.['confirm'] ? <Checkbox name="confirm" label={editCopy.confirm} /> : null}
          <div class="bz-actions">
            <SubmitButton look="primary">{editCopy.save}</SubmitButton>
            <LinkButton href={page} look="quiet">
              {editCopy.back}
            </LinkButton>
          </div>
        </Card>
      </Form>
    </Shell>
  );
}
