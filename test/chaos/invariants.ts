import type { Launched } from './launched.ts';

interface Row {
  tenant_id: string;
}
/** Everything the ledgers, ours and those outside, say of some tenants and of the platform. */
export interface Facts {
  tenants: { id: string; name: string; status: string }[];
  members: (Row & { role: string; email: string })[];
  subscriptions: (Row & { status: string; amount_minor: number })[];
  invoices: (Row & { number: string; status: string; total_minor: number })[];
  payments: (Row & { gateway_ref: string; status: string; amount_minor: number })[];
  events: (Row & { action: string; n: number })[];
  /** Numbers of all invoices there are, and the last number given out. */
  numbers: { all: string[]; counters: { series: string; last_number: number }[] };
  runs: (Row & { process: string; state: string; needs_attention: boolean })[];
  charges: { id: string; customerRef: string; amountMinor: number; refundedMinor: number; status: string }[];
  mails: { messageId: string; to: string[]; subject: string; deliveries: number }[];
  audit: { code: number; output: string };
}

/** The customers the facts are about. */
export interface Expected {
  tenantId: string;
  businessName: string;
  email: string;
}

const mailSubjects = [/confirm/i, /invoice/i, /is live/i];

export async function collectFacts(platform: Launched, expected: readonly Expected[]): Promise<Facts> {
  const { urls } = await platform.runtime();
  const ids = expected.map(({ tenantId }) => tenantId);
  const names = expected.map(({ businessName }) => businessName);
  const of = <T>(columns: string, table: string) =>
    platform.rows<T>(`select tenant_id, ${columns} from ${table} where tenant_id = any($1)`, [ids]);
  const outside = async <T>(url: string) => (await platform.json<{ items: T[] }>(url)).items;
  const charges = (id: string) =>
    outside<Facts['charges'][0]>(`${urls.paymentSandbox}/v1/charges?customerRef=${id}`);
  const mails = (email: string) =>
    outside<Facts['mails'][0]>(`${urls.mailbox}/api/mails?to=${encodeURIComponent(email)}`);
  // Beside the queries, since it is a process of its own.
  const audit = platform.command('audit', 'verify');
  const numbers = await platform.rows<{ number: string }>('select number from invoices order by number');
  return {
    tenants: await platform.rows('select id, name, status from tenants where name = any($1)', [names]),
    members: await platform.rows(
      `select m.tenant_id, m.role, u.email from memberships m join users u on u.id = m.user_id
       where m.tenant_id = any($1)`,
      [ids],
    ),
    subscriptions: await of('status, amount_minor::int as amount_minor', 'subscriptions'),
    invoices: await of('number, status, total_minor::int as total_minor', 'invoices'),
    payments: await of('gateway_ref, status, amount_minor::int as amount_minor', 'payments'),
    events: await platform.rows(
      `select tenant_id, action, count(*)::int as n from events where tenant_id = any($1) group by 1, 2`,
      [ids],
    ),
    numbers: {
      all: numbers.map(({ number }) => number),
      counters: await platform.rows('select series, last_number::int as last_number from invoice_counters'),
    },
    runs: await platform.rows('select tenant_id, process, state, needs_attention from runs'),
    charges: (await Promise.all(ids.map(charges))).flat(),
    mails: (await Promise.all(expected.map(({ email }) => mails(email)))).flat(),
    audit: await audit,
  };
}

/** What is wrong, in sentences; none when everything happened exactly once. */
export function findViolations(facts: Facts, expected: readonly Expected[]): string[] {
  const problems = expected.flatMap((customer) => problemsOf(facts, customer));
  const needHelp = facts.runs.filter((run) => run.needs_attention || run.state === 'needsAttention');
  for (const run of needHelp) problems.push(`a run of ${run.process} needs attention`);
  for (const { series, last_number } of facts.numbers.counters) {
    const given = facts.numbers.all.filter((number) => number.startsWith(series));
    const wanted = Array.from(
      { length: last_number },
      (_, i) => `${series}-${String(i + 1).padStart(6, '0')}`,
    );
    if (given.join() !== wanted.join())
      problems.push(`${series}: the invoice numbers are not 1 to ${last_number}`);
  }
  if (facts.audit.code !== 0) problems.push(`an audit chain does not hold: ${facts.audit.output.trim()}`);
  return problems;
}

function problemsOf(facts: Facts, { tenantId, businessName, email }: Expected): string[] {
  const problems: string[] = [];
  const one = <T>(what: string, found: readonly T[], is: (only: T) => boolean = () => true) => {
    const [only] = found;
    if (found.length !== 1) problems.push(`${email}: ${found.length} × ${what} instead of one`);
    else if (only === undefined || !is(only))
      problems.push(`${email}: wrong ${what}: ${JSON.stringify(only)}`);
    return only;
  };
  const mine = <T extends Row>(rows: readonly T[]) => rows.filter((row) => row.tenant_id === tenantId);

  one(
    'tenant',
    facts.tenants.filter(({ name }) => name === businessName),
    ({ id, status }) => id === tenantId && status === 'live',
  );
  one('member', mine(facts.members), (member) => member.role === 'owner' && member.email === email);
  const subscription = one('subscription', mine(facts.subscriptions), ({ status }) => status === 'active');
  const amount = subscription?.amount_minor;
  one(
    'invoice',
    mine(facts.invoices),
    ({ status, total_minor }) => status === 'paid' && total_minor === amount,
  );
  const payment = one(
    'payment',
    mine(facts.payments),
    ({ status, amount_minor }) => status === 'succeeded' && amount_minor === amount,
  );
  one(
    'charge at the gateway',
    facts.charges.filter(({ customerRef, status }) => customerRef === tenantId && status === 'succeeded'),
    ({ id, amountMinor, refundedMinor }) =>
      id === payment?.gateway_ref && amountMinor === amount && refundedMinor === 0,
  );
  one(
    'onboarding in the projection',
    mine(facts.runs).filter(({ process }) => process === 'onboard-tenant'),
    ({ state }) => state === 'done',
  );
  const received = facts.mails.filter(({ to }) => to.includes(email));
  for (const subject of mailSubjects)
    one(
      `mail about ${subject.source}`,
      received.filter((mail) => subject.test(mail.subject)),
    );
  if (received.length !== mailSubjects.length)
    problems.push(`${email}: ${received.length} mails instead of ${mailSubjects.length}`);
  if (new Set(received.map(({ messageId }) => messageId)).size !== received.length)
    problems.push(`${email}: two mails of one Message-ID`);
  for (const action of [
    'tenant.created',
    'tenant.activated',
    'subscription.activated',
    'invoice.finalised',
    'payment.succeeded',
  ]) {
    one(
      `event ${action}`,
      mine(facts.events).filter((event) => event.action === action),
      ({ n }) => n === 1,
    );
  }
  one(
    'count of mail.sent',
    mine(facts.events).filter(({ action }) => action === 'mail.sent'),
    ({ n }) => n === mailSubjects.length,
  );
  return problems;
}
