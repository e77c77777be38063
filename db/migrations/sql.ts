/** Building blocks of migrations: what every tenant table needs, in one place. */

const tenantSetting = `(select nullif(current_setting('app.tenant_id', true), ''))`;
const partnerSetting = `(select nullif(current_setting('app.partner_id', true), ''))`;

/**
 * Puts a table with a `tenant_id` behind row-level security: the app role sees and writes one tenant, the
 * platform role all, the partner role reads the tenants of one partner. Without a setting: no rows.
 */
export function protectTenantTable(table: string, privileges = 'select, insert, update, delete'): string {
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy app_tenant on ${table} to bizosaas_app
      using (tenant_id = ${tenantSetting}) with check (tenant_id = ${tenantSetting});
    create policy platform_all on ${table} to bizosaas_platform using (true) with check (true);
    create policy partner_read on ${table} for select to bizosaas_partner
      using (tenant_id in (select id from tenants where partner_id = ${partnerSetting}));
    grant ${privileges} on ${table} to bizosaas_app, bizosaas_platform;
    grant select on ${table} to bizosaas_partner;`;
}

/** Global tables hold nothing of a tenant; every role reads them, only the platform writes. */
export function shareGlobalTable(table: string): string {
  return `
    grant select on ${table} to bizosaas_app, bizosaas_partner, bizosaas_platform;
    grant insert, update, delete on ${table} to bizosaas_platform;`;
}

export { partnerSetting, tenantSetting };
