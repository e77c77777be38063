import type { VNode } from 'preact';
import type { Money as MoneyValue } from '../../../db/domain/money.ts';
import type { StateOf } from '../../ui/status.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { Card } from '../../ui/card.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { CopyId } from '../../ui/code-block.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Count, Money } from '../../ui/money.tsx';
import { NeedsList } from '../../ui/needs-list.tsx';
import type { NeedsItem } from '../../ui/needs-list.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths, withQuery } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Day, Moment, Time } from '../../ui/time.tsx';
import { listCopy, tenantCopy as copy, tenantsCopy } from './copy.ts';

export interface TenantHead {
  id: string;
  name: string;
  legalName?: string;
  status: StateOf<'tenant'>;
  /** Its state in one sentence: "Waits for the owner to choose a website, since 2 d". */
  standing: string;
  planTitle: string | null;
  subscription: StateOf<'subscription'> | null;
  mrr: MoneyValue | null;
  /** Null where the account was closed: closing removes its people. */
  owner: { name: string; email: string } | null;
  country: string | null;
  timezone: string;
  users: number;
  openRuns: number;
  /** When the account closes if setup isn’t finished; null once it is, or where it isn’t known. */
  closesAt: string | null;
  createdAt: string;
  lastActivityAt: string;
}

export interface TenantPageProps {
  frame: PageContext;
  tenant: TenantHead;
  /** Only for the overview: what needs a person at this tenant. */
  needs: readonly NeedsItem[];
  /** Tabs beside the overview. */
  tabs: readonly { key: string; title: string }[];
  /** Key of the open tab; null for the overview. */
  tab: string | null;
  /** The open tab, or what is shown beside the key facts of the overview. */
  panels: readonly VNode[];
}

function Facts(props: { tenant: TenantHead }): VNode {
  const { tenant } = props;
  return (
    <KeyFacts
      facts={[
        { label: listCopy.plan, value: tenant.planTitle ?? listCopy.noneYet },
        {
          label: copy.subscription,
          value: tenant.subscription ? (
            <StatusBadge kind="subscription" state={tenant.subscription} />
          ) : (
            listCopy.noneYet
          ),
        },
        { label: copy.mrr, value: tenant.mrr ? <Money value={tenant.mrr} /> : '–' },
        {
          label: copy.owner,
          value: tenant.owner ? (
            <>
              {tenant.owner.name}
              <br />
              <a href={`mailto:${tenant.owner.email}`}>{tenant.owner.email}</a>
            </>
          ) : (
            copy.noOwner
          ),
        },
        { label: listCopy.people, value: <Count value={tenant.users} /> },
        { label: copy.country, value: tenant.country ?? copy.notGiven },
        { label: copy.timezone, value: tenant.timezone.replaceAll('_', ' ') },
        { label: copy.signedUp, value: <Day at={tenant.createdAt} /> },
        ...(tenant.closesAt ? [{ label: copy.closes, value: <Moment at={tenant.closesAt} /> }] : []),
        { label: listCopy.lastActivity, value: <Time at={tenant.lastActivityAt} /> },
        { label: copy.id, value: <CopyId id={tenant.id} label={copy.idLabel} /> },
      ]}
    />
  );
}

/** GET /admin/tenants/:tenantId?tab= */
export function TenantPage(props: TenantPageProps): VNode {
  const { frame, panels, tab, tenant } = props;
  return (
    <Shell frame={frame} title={tenant.name} wide>
      <PageHeader
        crumbs={[
          {
            title: tenantsCopy[frame.viewer?.isPartner ? 'partner' : 'platform'].title,
            href: paths.tenants,
          },
        ]}
        title={tenant.name}
        mark={<StatusBadge kind="tenant" state={tenant.status} />}
        purpose={tenant.standing}
        action={
          <LinkButton href={withQuery('/admin/workflows', { tenant: tenant.id })} icon="route">
            {copy.runs(tenant.openRuns)}
          </LinkButton>
        }
      />
      <Tabs
        label={copy.tabs}
        current={tab ?? 'overview'}
        tabs={[{ key: 'overview', title: copy.overview }, ...props.tabs].map(({ key, title }) => ({
          key,
          title,
          href: withQuery(paths.tenant(tenant.id), { tab: key === 'overview' ? undefined : key }),
        }))}
      />
      {tab === null ? (
        <div class="bz-tenant">
          <div>
            {props.needs.length > 0 ? (
              <Card title={copy.needs} flush>
                <NeedsList items={props.needs} nothing="" />
              </Card>
            ) : null}
            <Card title={tenant.legalName ?? copy.facts}>
              <Facts tenant={tenant} />
            </Card>
          </div>
          {panels.length > 0 ? <div>{panels}</div> : null}
        </div>
      ) : (
        panels
      )}
    </Shell>
  );
}
