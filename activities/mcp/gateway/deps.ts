import type { Db } from '../../../db/scope.ts';
import type { OauthClients, Packages, SecretStore, ToolEnvironment } from '../../ports.ts';

/** What the MCP gateway needs from outside. */
export interface GatewayDeps {
  db: Db;
  secrets: SecretStore;
  oauthClients: OauthClients;
  tools: ToolEnvironment;
  packages: Packages;
}
