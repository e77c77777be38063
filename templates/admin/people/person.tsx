import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { DialogButton, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyId } from '../../ui/code-block.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { type Option, Select } from '../../ui/inputs.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { Time } from '../../ui/time.tsx';
import { peopleCopy, personCopy as copy } from './copy.ts';

export interface PersonPageProps {
  frame: PageContext;
  person: {
    id: string;
    name: string;
    email: string;
    status: StateOf<'person'>;
    /** The account itself, not only its memberships. */
    isSuspended: boolean;
    role: 'superAdmin' | 'partner' | 'client';
    roleTitle: string;
    partnerId: string | null;
    /** Null where there is none, and where the viewer may not see it. */
    partner: string | null;
    hasTenants: boolean;
    createdAt: string;
    lastSignInAt: string | null;
    lastSeenAt: string | null;
  };
  tabs: readonly { key: string; title: string }[];
  /** Key of the open tab. */
  tab: string;
  panel: VNode;
  mayHelp: boolean;
  /** Whether the viewer can view the portal as this person. */
  mayViewAs: boolean;
  /** Whether the viewer may change this account. */
  mayManage: boolean;
  partners: readonly Option[];
  /** Makes a second click harmless. */
  requestKey: string;
  /** A form that was refused: opens its dialog again. */
  refused?: { action: string; form: FormState };
}

const when = (time: string | null) => (time ? <Time at={time} /> : copy.neverSignedIn);

function RoleDialog({ frame, person, partners, refused }: PersonPageProps): VNode {
  return (
    <ReasonDialog
      frame={frame}
      id="role"
      title={copy.role.title(person.name)}
      happens={copy.role.happens}
      stays={person.hasTenants ? copy.role.stays : copy.role.noTenants}
      action={paths.personAction(person.id, 'role')}
      submit={copy.role.submit}
      state={refused?.action === 'role' ? refused.form : undefined}
    >
      <Select
        name="role"
        label={copy.role.label}
        initial={person.role}
        options={[
          { value: 'client', label: 'Client' },
          { value: 'partner', label: 'Partner' },
          { value: 'superAdmin', label: 'Super admin' },
        ]}
      />
      <Select
        name="partnerId"
        label={copy.role.partner}
        optional
        help={copy.role.partnerHelp}
        placeholder={copy.role.choosePartner}
        {...(person.partnerId && { initial: person.partnerId })}
        options={partners}
      />
    </ReasonDialog>
  );
}

function StatusDialog({ frame, person, refused }: PersonPageProps): VNode {
  const action = person.isSuspended ? 'reactivate' : 'suspend';
  const words = copy[action];
  return (
    <ReasonDialog
      frame={frame}
      id={action}
      title={words.title(person.name)}
      happens={words.happens(person.name)}
      stays={words.stays}
      action={paths.personAction(person.id, action)}
      submit={words.submit}
      danger={action === 'suspend'}
      state={refused?.action === action ? refused.form : undefined}
    />
  );
}

function Actions(props: PersonPageProps & { mayResend: boolean }): VNode | null {
  const { person, mayResend, mayManage, mayViewAs } = props;
  if (!mayResend && !mayManage && !mayViewAs) return null;
  const action = person.isSuspended ? 'reactivate' : 'suspend';
  return (
    <div class="bz-actions">
      {mayViewAs ? <LinkButton href={paths.viewAs(person.id)}>{copy.viewAs}</LinkButton> : null}
      {mayResend ? <DialogButton dialog="resend">{copy.resend.open}</DialogButton> : null}
      {mayManage ? <DialogButton dialog="role">{copy.role.open}</DialogButton> : null}
      {mayManage ? <DialogButton dialog={action}>{copy[action].open}</DialogButton> : null}
    </div>
  );
}

function Facts({ person }: PersonPageProps): VNode {
  return (
    <Card>
      <KeyFacts
        facts={[
          { label: copy.email, value: person.email },
          { label: copy.account, value: person.roleTitle },
          ...(person.partner ? [{ label: copy.partner, value: person.partner }] : []),
          { label: copy.lastSeen, value: when(person.lastSeenAt) },
          { label: copy.lastSignIn, value: when(person.lastSignInAt) },
          { label: copy.created, value: <Time at={person.createdAt} /> },
          { label: copy.id, value: <CopyId id={person.id} label="id" /> },
        ]}
      />
    </Card>
  );
}

/** GET /admin/people/:userId?tab=; POST …/confirmation (reason, requestKey), …/role, …/suspend, …/reactivate (reason). */
export function PersonPage(props: PersonPageProps): VNode {
  const { frame, person, mayHelp, mayManage, refused } = props;
  const mayResend = mayHelp && person.status === 'unconfirmed' && person.hasTenants;
  return (
    <Shell frame={frame} title={person.name}>
      <PageHeader
        crumbs={[{ title: peopleCopy.title, href: paths.people }]}
        title={person.name}
        mark={<StatusBadge kind="person" state={person.status} />}
        action={<Actions {...props} mayResend={mayResend} />}
      />
      <Facts {...props} />
      <Tabs
        label={copy.sections}
        current={props.tab}
        tabs={props.tabs.map(({ key, title }) => ({
          key,
          title,
          href: key === 'memberships' ? paths.person(person.id) : paths.personTab(person.id, key),
        }))}
      />
      {props.panel}
      {mayManage ? <RoleDialog {...props} /> : null}
      {mayManage ? <StatusDialog {...props} /> : null}
      {mayResend ? (
        <ReasonDialog
          frame={frame}
          id="resend"
          title={copy.resend.title(person.name)}
          happens={copy.resend.happens(person.email)}
          stays={copy.resend.stays}
          action={paths.personAction(person.id, 'confirmation')}
          hidden={{ requestKey: props.requestKey }}
          submit={copy.resend.submit}
          state={refused?.action === 'confirmation' ? refused.form : undefined}
        />
      ) : null}
    </Shell>
  );
}
