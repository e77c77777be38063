/** Addresses of pages that others link to. Ids may hold any character. */
export const paths = {
  run: (runId: string) => `/admin/workflows/${encodeURIComponent(runId)}`,
  tenant: (tenantId: string) => `/admin/tenants/${encodeURIComponent(tenantId)}`,
  process: (name: string) => `/admin/processes/${encodeURIComponent(name)}`,
  setupStep: (step: string) => `/app/setup/${encodeURIComponent(step)}`,
  /** The page of a service, which leads back to a step of the set-up once it is connected. */
  connectFrom: (server: string, step: string) =>
    withQuery(`/app/connections/${encodeURIComponent(server)}`, { back: paths.setupStep(step) }),
  retention: '/admin/retention',
  invoice: (invoiceId: string) => `/app/billing/invoices/${encodeURIComponent(invoiceId)}`,
} as const;

/** What a list was asked for; values as they stand in the URL. */
export type Query = Readonly<Record<string, string | undefined>>;

/** `path` with the query changed; `undefined` and '' take a parameter away. */
export function withQuery(path: string, query: Query, changes: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...changes })) if (value) search.set(name, value);
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
