import type { Caller } from './api.ts';

export const viewReason = 'Customer asked why the invoice is missing';

export interface OpenView {
  id: string;
  exchangeToken: string;
  expiresAt: string;
}

/** Starts a view as a person and opens it: from then on the administrator's browser is in it. */
export async function viewAs(
  admin: Caller,
  userId: string,
  body: Record<string, unknown> = {},
): Promise<OpenView> {
  const started = await admin.call('POST', `/api/admin/impersonate/${userId}`, {
    reason: viewReason,
    ...body,
  });
  if (started.status !== 201) throw new Error(`start: ${started.status} ${started.text}`);
  const { impersonationId: id, exchangeToken, expiresAt } = started.body;
  const opened = await admin.call('POST', '/api/impersonation/open', { exchangeToken });
  if (opened.status !== 200) throw new Error(`open: ${opened.status} ${opened.text}`);
  return { id, exchangeToken, expiresAt };
}

/** The same browser as it was before: another jar with its cookies. */
export function sameBrowser(from: Caller, to: Caller, without: readonly string[] = []): Caller {
  for (const [name, value] of from.cookies) if (!without.includes(name)) to.cookies.set(name, value);
  return to;
}
