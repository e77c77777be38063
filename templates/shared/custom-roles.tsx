import type { VNode } from 'preact';
import {
  type BaseRole,
  type CustomRole,
  choosable,
  isAlwaysHeld,
} from '../../db/domain/people/custom-role.ts';
import { type Permission, permissions } from '../../db/domain/permissions.ts';
import { roleTitles } from '../../db/domain/roles.ts';
import { Shell } from '../layout/shell.tsx';
import type { PageContext } from '../page-context.ts';
import { DialogButton, LinkButton, SubmitButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { CheckboxList, RadioCards } from '../ui/choices.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Form } from '../ui/form.tsx';
import type { FormState } from '../ui/form-state.tsx';
import { TextInput } from '../ui/inputs.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { rolesCopy as copy } from './roles-copy.ts';

export type RoleRow = CustomRole & { people: readonly { id: string; name: string }[] };

/** Where the pages of a tenant's roles are, for its own people and for administrators. */
export interface RolesPlace {
  frame: PageContext;
  business: string;
  /** Address of the list; a role is at `<path>/<id>`, its form too. */
  path: string;
  crumbs: readonly { title: string; href: string }[];
}

const wordsOf = (role: CustomRole): string =>
  role.permissions
    .filter((one) => !isAlwaysHeld(one))
    .map((one) => permissions[one].text)
    .join(' · ');

/** GET <path>: the custom roles of a tenant. */
export function RolesPage(props: RolesPlace & { roles: readonly RoleRow[] }): VNode {
  const { frame, path, roles } = props;
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader
        crumbs={props.crumbs}
        title={copy.title}
        purpose={copy.purpose(props.business)}
        action={
          <LinkButton look="primary" icon="plus" href={`${path}/new`}>
            {copy.create}
          </LinkButton>
        }
      />
      {roles.length > 0 ? (
        <DataTable
          caption={copy.title}
          rows={roles}
          rowHref={({ id }) => `${path}/${id}`}
          columns={[
            { title: copy.name, render: ({ name }) => <strong>{name}</strong> },
            { title: copy.base, whole: true, phone: 'label', render: ({ baseRole }) => roleTitles[baseRole] },
            { title: copy.permissions, phone: 'label', render: (role) => wordsOf(role) || '–' },
            {
              title: copy.people,
              phone: 'label',
              render: ({ people }) =>
                people.length > 0 ? (
                  people.map(({ name }) => name).join(', ')
                ) : (
                  <span class="bz-muted">{copy.noPeople}</span>
                ),
            },
          ]}
        />
      ) : (
        <EmptyState icon="id-badge-2" {...copy.empty} />
      )}
    </Shell>
  );
}

/** Permissions to choose from, a list for each capability; all are sent as `permissions`. */
function Choices(props: { chosen: readonly Permission[] }): VNode {
  const groups = choosable('admin');
  const inMember = new Set(choosable('member').flatMap((group) => group.permissions));
  return (
    <>
      {groups.map((group, index) => (
        <CheckboxList
          name="permissions"
          label={group.title}
          shared={index > 0}
          initial={props.chosen}
          options={group.permissions.map((one) => ({
            value: one,
            title: permissions[one].text,
            ...(!inMember.has(one) && { text: copy.adminOnly }),
          }))}
        />
      ))}
    </>
  );
}

function RemoveDialog(props: RolesPlace & { role: RoleRow }): VNode {
  const { frame, path, role } = props;
  return (
    <Dialog id="remove" title={copy.removeTitle(role.name)}>
      <Form frame={frame} action={`${path}/${role.id}/remove`} idPrefix="remove">
        <p>{copy.removeText}</p>
        <div class="bz-actions">
          <SubmitButton look="danger">{copy.remove}</SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            {copy.cancel}
          </a>
        </div>
      </Form>
    </Dialog>
  );
}

/** GET <path>/new and <path>/:roleId; POST <path> and <path>/:roleId: name, baseRole, permissions. */
export function RolePage(props: RolesPlace & { role: RoleRow | null; form?: FormState }): VNode {
  const { frame, path, role, form } = props;
  const title = role ? copy.editTitle(role.name) : copy.newTitle;
  const isFree = role?.people.length === 0;
  return (
    <Shell frame={frame} title={title}>
      <PageHeader
        crumbs={[...props.crumbs, { title: copy.title, href: path }]}
        title={title}
        purpose={copy.purpose(props.business)}
        action={
          isFree ? (
            <DialogButton dialog="remove" look="danger">
              {copy.removeOpen}
            </DialogButton>
          ) : undefined
        }
      />
      {role && !isFree ? (
        <Notice tone="idle" icon="info-circle">
          {copy.inUse(role.people.map(({ name }) => name).join(', '))}
        </Notice>
      ) : null}
      <Form frame={frame} action={role ? `${path}/${role.id}` : path} state={form} idPrefix="role">
        <Card>
          <TextInput
            name="name"
            label={copy.name}
            help={copy.nameHelp}
            autocomplete="off"
            {...(role && { initial: role.name })}
          />
          <RadioCards
            name="baseRole"
            label={copy.base}
            help={copy.baseHelp}
            columns={2}
            initial={role?.baseRole ?? 'admin'}
            options={(Object.entries(copy.bases) as [BaseRole, string][]).map(([value, text]) => ({
              value,
              title: text,
            }))}
          />
        </Card>
        <Card title={copy.allowed} note={copy.always}>
          <Choices chosen={role?.permissions ?? []} />
          <div class="bz-actions">
            <SubmitButton look="primary">{role ? copy.save : copy.create}</SubmitButton>
            <a class="btn bz-quiet" href={path}>
              {copy.cancel}
            </a>
          </div>
        </Card>
      </Form>
      {role && isFree ? <RemoveDialog {...props} role={role} /> : null}
    </Shell>
  );
}
