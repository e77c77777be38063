import type { VNode } from 'preact';
import { paths } from '../paths.ts';

/** A tenant by id; without a name when its sign-up created none, such as one whose name was taken. */
export type TenantRef = Readonly<{ id: string; name: string | null }>;

/** Links to the tenant; null is the platform. */
export function TenantLink(props: { tenant: TenantRef | null }): VNode {
  const { tenant } = props;
  if (!tenant) return <>The platform</>;
  if (tenant.name === null) return <span class="bz-muted">No tenant created</span>;
  return <a href={paths.tenant(tenant.id)}>{tenant.name}</a>;
}
