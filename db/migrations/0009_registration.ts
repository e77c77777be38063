/** Services that an administrator brings in are looked at before tenants see them. */
export const name = '0009_registration';

export const up = `
  alter table mcp_servers drop constraint mcp_servers_status_check;
  alter table mcp_servers add constraint mcp_servers_status_check
    check (status in ('review', 'available', 'disabled', 'deprecated', 'off', 'removed'));`;
