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
import { NeededFields, Words } from './fields.tsx';
import { serverPath } from './servers.tsx';

/** GET /admin/connections/servers/:server/describe, and what its form shows again. */
export function DescribePage(props: {
  frame: PageContext;
  server: { name: string; title: string; kind: 'npm' | 'remote' };
  categories: readonly Option[];
  /** What is known now, or what was typed. */
  form: FormState;
}): VNode {
  const { frame, server, form } = props;
  const back = serverPath(server.name);
  const seenAt = form.values?.['seenAt'];
  return (
    <Shell frame={frame} title={`Edit ${server.title}`}>
      <PageHeader
        crumbs={[
          { title: 'Services', href: '/admin/connections' },
          { title: server.title, href: back },
        ]}
        title={`Edit ${server.title}`}
        purpose="What tenants read and enter. Its tools, and who is connected, stay as they are."
      />
      <Form frame={frame} action={`${back}/describe`} idPrefix="describe" state={form}>
        <input type="hidden" name="seenAt" value={typeof seenAt === 'string' ? seenAt : ''} />
        <Card title="What tenants read">
          <Words categories={props.categories} />
        </Card>
        <Card title="What tenants enter" note="A field that is left empty is taken away.">
          <NeededFields kind={server.kind} form={form} />
        </Card>
        <Card title="Why">
          <ReasonInput />
          {form.errors?.['confirm'] ? (
            <Checkbox name="confirm" label="Save it, and ask the connected businesses for more" />
          ) : null}
          <div class="bz-actions">
            <SubmitButton look="primary">Save</SubmitButton>
            <LinkButton href={back} look="quiet">
              Back
            </LinkButton>
          </div>
        </Card>
      </Form>
    </Shell>
  );
}
