/** What pages mark: decisions that wait, work that has ended, a secret that a service brought and nobody has seen. */
export const name = '0012_marks';

export const up = `
  create index runs_actor_closed_idx on runs (actor_id, closed_at desc) where closed_at is not null;
  -- Until when a secret that the service brought is shown: without end until somebody has seen it.
  alter table mcp_connections add column secret_until timestamptz;
  create index mcp_deliveries_of_server_idx on mcp_deliveries (tenant_id, server, received_at desc, delivery_id desc);`;
