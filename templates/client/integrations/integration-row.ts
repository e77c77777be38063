import type { ConnectionStatus } from '../../../db/domain/integrations/connection.ts';
import type { Lifecycle } from '../../../db/domain/integrations/lifecycle.ts';

/** A server as the marketplace shows it, with the tenant's connection to it. */
export interface IntegrationRow {
  name: string;
  title: string;
  summary: string;
  /** Its key and its title. */
  category: { key: string; title: string };
  state: 'available' | ConnectionStatus;
  account: string | null;
  since: string | null;
  lifecycle: Lifecycle;
  featured: boolean;
  /** Chosen in the setup wizard. */
  chosen: boolean;
  thirdParty: boolean;
}
