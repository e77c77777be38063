import type { VNode } from 'preact';
import { viewMinutes } from '../../../db/domain/identity/impersonation.ts';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CheckboxList } from '../../ui/choices.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Form } from '../../ui/form.tsx';
import { ReasonInput, Select, TextInput } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { viewAsCopy as copy } from './view-copy.ts';

export interface ViewAsPageProps {
  frame: PageContext;
  person: { id: string; name: string; email: string };
  /** The businesses the person belongs to. */
  tenants: readonly { id: string; name: string; roleTitle: string }[];
  /** The one that was asked for. */
  tenantId?: string | undefined;
  /** Makes a second click harmless. */
  requestKey: string;
  form?: FormState;
}

/** GET and POST /admin/people/:userId/view-as: reason, ticket, minutes, mode, tenantId, requestKey. */
export function ViewAsPage(props: ViewAsPageProps): VNode {
  const { frame, person, tenants } = props;
  return (
    <Shell frame={frame} title={copy.title(person.name)}>
      <PageHeader
        crumbs={[
          { title: 'People', href: paths.people },
          { title: person.name, href: paths.person(person.id) },
        ]}
        title={copy.title(person.name)}
        purpose={copy.purpose}
      />
      <Card>
        <Form
          frame={frame}
          action={paths.viewAs(person.id)}
          state={props.form}
          hidden={{
            requestKey: props.requestKey,
            ...(tenants.length === 1 && { tenantId: tenants[0]?.id }),
          }}
        >
          <p>{copy.happens(person.email)}</p>
          <ReasonInput log={copy.logOf} />
          <TextInput name="ticket" label={copy.ticket} help={copy.ticketHelp} optional autocomplete="off" />
          {tenants.length > 1 ? (
            <Select
              name="tenantId"
              label={copy.tenant}
              initial={props.tenantId ?? tenants[0]?.id ?? ''}
              options={tenants.map(({ id, name, roleTitle }) => ({
                value: id,
                label: `${name} (${roleTitle})`,
              }))}
            />
          ) : null}
          <TextInput
            name="minutes"
            label={copy.minutes}
            help={copy.minutesHelp}
            type="number"
            inputMode="numeric"
            initial={String(viewMinutes.usual)}
            width="short"
          />
          <CheckboxList
            name="mode"
            label={copy.mode}
            options={[{ value: 'change', title: copy.allow, text: copy.allowText }]}
          />
          <Notice tone="idle" icon="info-circle">
            {copy.never}
          </Notice>
          <div class="bz-actions">
            <SubmitButton look="primary">{copy.submit}</SubmitButton>
            <LinkButton href={paths.person(person.id)} look="quiet">
              Cancel
            </LinkButton>
          </div>
        </Form>
      </Card>
    </Shell>
  );
}

/** On the page of a tenant: the way to its owner's view. */
export function TenantViewAs(props: { tenantId: string; owner: { id: string; name: string } | null }): VNode {
  const { owner, tenantId } = props;
  return (
    <Card title={copy.panelTitle} note={copy.panelText}>
      {owner ? (
        <LinkButton href={`${paths.viewAs(owner.id)}?tenant=${encodeURIComponent(tenantId)}`}>
          {copy.panelOpen(owner.name)}
        </LinkButton>
      ) : (
        <p class="bz-muted">{copy.noOwner}</p>
      )}
    </Card>
  );
}
