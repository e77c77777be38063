/** The tools (MCP servers) a tenant can choose, by the job they do. Connecting them comes with the MCP gateway. */
export const toolCatalog = [
  { key: 'quickbooks', title: 'QuickBooks', category: 'Finance' },
  { key: 'xero', title: 'Xero', category: 'Finance' },
  { key: 'stripe', title: 'Stripe', category: 'Payments' },
  { key: 'paypal', title: 'PayPal', category: 'Payments' },
  { key: 'razorpay', title: 'Razorpay', category: 'Payments' },
  { key: 'meta-ads', title: 'Meta Ads', category: 'Advertising' },
  { key: 'google-ads', title: 'Google Ads', category: 'Advertising' },
  { key: 'linkedin', title: 'LinkedIn', category: 'Advertising' },
  { key: 'wordpress', title: 'WordPress', category: 'Website' },
  { key: 'wix', title: 'Wix', category: 'Website' },
  { key: 'notion', title: 'Notion', category: 'Productivity' },
  { key: 'trello', title: 'Trello', category: 'Productivity' },
  { key: 'zapier', title: 'Zapier', category: 'Productivity' },
  { key: 'zoom', title: 'Zoom', category: 'Productivity' },
  { key: 'fluentcrm', title: 'FluentCRM', category: 'Customers' },
  { key: 'hubspot', title: 'HubSpot', category: 'Customers' },
  { key: 'salesforce', title: 'Salesforce', category: 'Customers' },
  { key: 'pipedrive', title: 'Pipedrive', category: 'Customers' },
  { key: 'mailchimp', title: 'Mailchimp', category: 'Messaging' },
  { key: 'sendgrid', title: 'SendGrid', category: 'Messaging' },
  { key: 'whatsapp', title: 'WhatsApp', category: 'Messaging' },
  { key: 'slack', title: 'Slack', category: 'Messaging' },
  { key: 'ga4', title: 'Google Analytics', category: 'Analytics' },
  { key: 'posthog', title: 'PostHog', category: 'Analytics' },
  { key: 'github', title: 'GitHub', category: 'Development' },
  { key: 'brave-search', title: 'Brave Search', category: 'Research' },
] as const;
export type ToolKey = (typeof toolCatalog)[number]['key'];

/** The agents a tenant can choose, and the tools of which each needs at least one. */
export const agentCatalog = [
  {
    key: 'bookkeeper',
    title: 'Bookkeeper',
    summary: 'Matches payments with invoices and asks about what does not fit.',
    needsOneOf: ['quickbooks', 'xero', 'stripe', 'paypal', 'razorpay'],
  },
  {
    key: 'marketer',
    title: 'Marketing assistant',
    summary: 'Drafts campaigns and reports what they brought in.',
    needsOneOf: ['meta-ads', 'google-ads', 'linkedin', 'mailchimp'],
  },
  {
    key: 'receptionist',
    title: 'Receptionist',
    summary: 'Answers first questions of customers and books calls.',
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
  needsOneOf: readonly ToolKey[];
}[];
