/** The agents a tenant can choose, each with the servers, by registry name, of which it needs at least one. */
export const agentCatalog = [
  {
    key: 'bookkeeper',
    title: 'Bookkeeper',
    summary: 'Matches payments with invoices and flags mismatches.',
    needsOneOf: ['quickbooks', 'xero', 'stripe', 'paypal', 'razorpay'],
  },
  {
    key: 'marketer',
    title: 'Marketing assistant',
    summary: 'Drafts campaigns and reports their results.',
    needsOneOf: ['meta-ads', 'google-ads', 'linkedin', 'mailchimp'],
  },
  {
    key: 'receptionist',
    title: 'Receptionist',
    summary: 'Answers customers’ first questions and books calls.',
    needsOneOf: ['whatsapp', 'slack', 'sendgrid', 'zoom'],
  },
  {
    key: 'sales',
    title: 'Sales assistant',
    summary: 'Keeps leads up to date and prepares follow-ups.',
    needsOneOf: ['hubspot', 'salesforce', 'pipedrive', 'fluentcrm'],
  },
  {
    key: 'analyst',
    title: 'Analyst',
    summary: 'Writes a weekly summary of visits, sales and what changed.',
    needsOneOf: [],
  },
] as const satisfies readonly {
  key: string;
  title: string;
  summary: string;
  needsOneOf: readonly string[];
}[];
