import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import { SecondFactorDemand, type SecondFactorDemandProps } from '../../shared/second-factor-demand.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { securityCopy as copy } from './copy.ts';

/** GET and POST /admin/security: required. */
export function PlatformSecurityPage(props: Omit<SecondFactorDemandProps, 'action' | 'note'>): VNode {
  return (
    <Shell frame={props.frame} title={copy.title}>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <SecondFactorDemand {...props} action={paths.platformSecurity} note={copy.note} />
    </Shell>
  );
}
