import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import { SecondFactorDemand, type SecondFactorDemandProps } from '../../shared/second-factor-demand.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { securityCopy as copy } from './copy.ts';

/** GET and POST /app/security: required. */
export function TenantSecurityPage(props: Omit<SecondFactorDemandProps, 'action' | 'note'>): VNode {
  return (
    <Shell frame={props.frame} title={copy.title}>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <SecondFactorDemand {...props} action={paths.tenantSecurity} note={copy.note} />
    </Shell>
  );
}
