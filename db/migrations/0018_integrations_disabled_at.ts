/** Since when a server is turned off, which its tenants are told. */
export const name = '0018_integrations_disabled_at';

export const up = `
  alter table mcp_servers add column disabled_at timestamptz;
  update mcp_servers set disabled_at = updated_at where status = 'disabled';
  alter table mcp_servers add constraint mcp_servers_disabled_at check (disabled_at is null or status = 'disabled');`;
