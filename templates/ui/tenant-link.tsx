import type { VNode } from 'preact';
import { paths } from '../paths.ts';

/** A tenant by id; without a name where none came of its sign-up, such as one whose name was taken. */
export type TenantRef = Readonly<{ id: string; name: string | null }>;

/** Leads to the tenant; null is the platform itself. */
export function TenantLink(props: { tenant: TenantRef | null }): VNode {
  const { tenant } = props;
  if (!tenant) return <>The platform</>;
  if (tenant.name === null) return <span class="bz-muted">No tenant came of it</span>;
  return <a href={paths.tenant(tenant.id)}>{tenant.name}</a>;
}
