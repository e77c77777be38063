import { defineContract, json, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import { byPage } from '../upstream/pages.ts';
import {
  among,
  between,
  constant,
  date,
  email,
  flag,
  list,
  matching,
  number,
  object,
  type Shape,
  text,
  upTo,
} from '../upstream/shapes.ts';

const root = '/api.xro/2.0';
const uuid: Shape = { type: 'string', format: 'uuid' };
const currency = matching(/^[A-Z]{3}$/);
const where = matching(
  /^\w+(==|<|<=|>|>=|!=)("[^"]*"|DateTime\(\d{4},\d{2},\d{2}\)|\d+)( AND \w+(==|<|<=|>|>=|!=)("[^"]*"|DateTime\(\d{4},\d{2},\d{2}\)|\d+))*$/,
);
const order = matching(/^\w+( (ASC|DESC))?$/);
const paging = { 'page?': between(1, 1_000_000), 'pageSize?': between(1, 1_000) };
const one = (members: Shape) => list(members, 1, 1);

const ids = {
  invoice: '5b2f6a3e-0f1d-4c57-9d21-64a1c1b0a7e2',
  contact: '0e7d2c54-8a3b-4f52-a0a4-6f0d1d9c3b11',
  account: 'c1f94f2a-3a58-4d4b-8b0e-0d5a7a2f6e19',
  tenant: '70784a63-d24b-46a9-a4db-0e70a274b056',
};
const numbered = (id: string, n: number) => id.slice(0, -4) + String(n).padStart(4, '0');

const contact = {
  ContactID: ids.contact,
  ContactStatus: 'ACTIVE',
  Name: 'Hara Bakery',
  EmailAddress: 'bakery@example.com',
  IsCustomer: true,
};
const invoice = {
  Type: 'ACCREC',
  InvoiceID: ids.invoice,
  InvoiceNumber: 'INV-0042',
  Status: 'AUTHORISED',
  Contact: { ContactID: ids.contact, Name: 'Hara Bakery' },
  DateString: '2026-10-01T00:00:00',
  DueDate: '/Date(1792022400000+0000)/',
  DueDateString: '2026-10-15T00:00:00',
  LineAmountTypes: 'Exclusive',
  CurrencyCode: 'NZD',
  SubTotal: 49.1,
  TotalTax: 0,
  Total: 49.1,
  AmountDue: 49.1,
  AmountPaid: 0,
};

const given = <Item>({ body }: Recorded, name: string) => (body as Record<string, Item[]>)[name]![0]!;
const answered = (members: object) =>
  ok({ Id: '1c0de5ba-7b61-4d1e-9f0e-4a1b2c3d4e5f', Status: 'OK', ProviderName: 'Test', ...members });

interface Draft {
  Contact: { ContactID: string };
  LineItems: { Quantity: number; UnitAmount: number }[];
}
function drawnUp(request: Recorded) {
  const draft = given<Draft>(request, 'Invoices');
  const sum = draft.LineItems.reduce((total, { Quantity, UnitAmount }) => total + Quantity * UnitAmount, 0);
  const Total = Number(sum.toFixed(3));
  const Contact = { ...draft.Contact, Name: 'Hara Bakery' };
  return answered({
    Invoices: [{ ...invoice, ...draft, Contact, SubTotal: Total, Total, AmountDue: Total }],
  });
}

const pages = (name: string, item: (n: number) => object) =>
  byPage({
    param: 'page',
    size: 'pageSize',
    standard: 100,
    answer: (items, { page, pages: pageCount, total, size }) =>
      answered({
        pagination: { page, pageSize: size, pageCount, itemCount: total },
        [name]: items,
      }),
  })(item);

const cells = (...values: string[]) => values.map((Value) => ({ Value }));

/** Accounting API of Xero: money in major units as numbers, the organisation in a header. */
export const contract = defineContract({
  name: 'xero',
  baseUrl: 'https://api.xero.com/api.xro/2.0',
  credentials: {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    clientId: 'client-of-the-contract',
    clientSecret: 'secret-of-the-contract',
    webhookKey: 'key-of-the-contract',
  },
  headers: { authorization: matching(/^Bearer \S+$/), 'xero-tenant-id': constant(ids.tenant) },
  idempotency: { header: 'idempotency-key', methods: ['POST', 'PUT'], maxLength: 128 },
  oauth: {
    route: 'POST /connect/token',
    clientAuth: 'basic',
    grants: {
      authorization_code: { code: text, redirect_uri: text, 'code_verifier?': text },
      refresh_token: { refresh_token: text },
    },
    rotates: true,
    lifeS: 1_800,
    answer: { scope: 'offline_access accounting.invoices' },
  },
  vendor: { kind: 'openapi', files: ['xero/xero_accounting.yaml'] },
  errors: {
    unauthorised: () =>
      reply(401, {
        Type: null,
        Title: 'Unauthorized',
        Status: 401,
        Detail: 'AuthenticationUnsuccessful',
        Instance: '6a1f3c0e-9f7b-4b7e-8d1c-2c1f0a9b8d7e',
        Extensions: {},
      }),
    rateLimited: (retryAfterS) =>
      reply(429, undefined, {
        'retry-after': String(retryAfterS),
        'x-rate-limit-problem': 'minute',
        'x-minlimit-remaining': '0',
      }),
    // Sentences name the field in their text only.
    invalid: (field, message) =>
      reply(400, {
        ErrorNumber: 10,
        Type: 'ValidationException',
        Message: 'A validation exception occurred',
        Elements: [{ InvoiceID: ids.invoice, ValidationErrors: [{ Message: `${field}: ${message}` }] }],
      }),
  },
  operations: [
    operation({
      id: 'listConnections',
      route: 'GET /connections',
      headers: { 'xero-tenant-id?': constant(ids.tenant) },
      answer: ok([
        {
          id: '7c2b1e0f-4a3d-4c5b-9e8f-1a2b3c4d5e6f',
          tenantId: ids.tenant,
          tenantType: 'ORGANISATION',
          tenantName: 'Lovelace Engines',
        },
      ]),
      undescribed: 'The identity API has a description of its own.',
    }),
    operation({
      id: 'getOrganisation',
      route: `GET ${root}/Organisation`,
      answer: answered({
        Organisations: [
          {
            Name: 'Lovelace Engines',
            LegalName: 'Lovelace Engines Ltd',
            BaseCurrency: 'NZD',
            CountryCode: 'NZ',
          },
        ],
      }),
    }),
    operation({
      id: 'listContacts',
      route: `GET ${root}/Contacts`,
      query: { 'searchTerm?': text, 'where?': where, 'order?': order, 'summaryOnly?': flag, ...paging },
      answer: pages('Contacts', (n) => ({ ...contact, ContactID: numbered(ids.contact, n) })),
    }),
    operation({
      id: 'saveContact',
      route: `POST ${root}/Contacts`,
      query: { 'summarizeErrors?': flag },
      body: json(
        object({
          Contacts: one(
            object({
              'ContactID?': uuid,
              Name: upTo(255),
              'EmailAddress?': email,
              'Phones?': list(
                object({ PhoneType: among('DEFAULT', 'DDI', 'MOBILE', 'FAX'), PhoneNumber: upTo(50) }),
              ),
            }),
          ),
        }),
      ),
      sameWhen: (request) => given<{ Name: string }>(request, 'Contacts').Name,
      answer: (request) => answered({ Contacts: [{ ...contact, ...given<object>(request, 'Contacts') }] }),
    }),
    operation({
      id: 'listAccounts',
      route: `GET ${root}/Accounts`,
      query: { 'where?': where, 'order?': order },
      answer: answered({
        Accounts: [
          {
            AccountID: ids.account,
            Code: '090',
            Name: 'Business Bank Account',
            Status: 'ACTIVE',
            Type: 'BANK',
            CurrencyCode: 'NZD',
          },
        ],
      }),
    }),
    operation({
      id: 'listInvoices',
      route: `GET ${root}/Invoices`,
      query: { 'where?': where, 'order?': order, 'Statuses?': text, 'unitdp?': constant(4), ...paging },
      answer: pages('Invoices', (n) => ({ ...invoice, InvoiceID: numbered(ids.invoice, n) })),
    }),
    operation({
      id: 'getInvoice',
      route: `GET ${root}/Invoices/{InvoiceID}`,
      path: { InvoiceID: uuid },
      answer: answered({ Invoices: [invoice] }),
    }),
    operation({
      id: 'createInvoice',
      route: `PUT ${root}/Invoices`,
      query: { 'unitdp?': constant(4), 'summarizeErrors?': flag },
      body: json(
        object({
          Invoices: one(
            object({
              Type: among('ACCREC', 'ACCPAY'),
              Contact: object({ ContactID: uuid }),
              LineItems: list(
                object({
                  Description: upTo(4_000),
                  Quantity: number,
                  UnitAmount: number,
                  'AccountCode?': upTo(10),
                  'TaxType?': text,
                }),
                1,
              ),
              'Date?': date,
              'DueDate?': date,
              'LineAmountTypes?': among('Exclusive', 'Inclusive', 'NoTax'),
              'InvoiceNumber?': upTo(255),
              'Reference?': upTo(255),
              'CurrencyCode?': currency,
              'Status?': among('DRAFT', 'SUBMITTED', 'AUTHORISED'),
            }),
          ),
        }),
      ),
      answer: drawnUp,
    }),
    operation({
      id: 'updateInvoice',
      route: `POST ${root}/Invoices/{InvoiceID}`,
      path: { InvoiceID: uuid },
      body: json(
        object({
          Invoices: one(
            object({
              'InvoiceID?': uuid,
              Status: among('DRAFT', 'SUBMITTED', 'AUTHORISED', 'VOIDED', 'DELETED'),
            }),
          ),
        }),
      ),
      answer: (request) => answered({ Invoices: [{ ...invoice, ...given<object>(request, 'Invoices') }] }),
    }),
    operation({
      id: 'emailInvoice',
      route: `POST ${root}/Invoices/{InvoiceID}/Email`,
      path: { InvoiceID: uuid },
      body: json(object({})),
      answer: reply(204),
    }),
    operation({
      id: 'createPayment',
      route: `PUT ${root}/Payments`,
      query: { 'summarizeErrors?': flag },
      body: json(
        object({
          Payments: one(
            object({
              Invoice: object({ InvoiceID: uuid }),
              Account: object({ AccountID: uuid }),
              Amount: { type: 'number', exclusiveMinimum: 0 },
              Date: date,
              'Reference?': upTo(255),
            }),
          ),
        }),
      ),
      answer: (request) =>
        answered({
          Payments: [
            {
              PaymentID: 'b26fd49a-cbae-470a-a8f8-bcbc119e0379',
              Status: 'AUTHORISED',
              ...given<object>(request, 'Payments'),
            },
          ],
        }),
    }),
    operation({
      id: 'getProfitAndLoss',
      route: `GET ${root}/Reports/ProfitAndLoss`,
      query: { 'fromDate?': date, 'toDate?': date, 'standardLayout?': flag, 'paymentsOnly?': flag },
      answer: answered({
        Reports: [
          {
            ReportID: 'ProfitAndLoss',
            ReportName: 'Profit and Loss',
            Rows: [
              { RowType: 'Header', Cells: cells('', '31 Oct 26') },
              {
                RowType: 'Section',
                Title: 'Income',
                Rows: [
                  { RowType: 'Row', Cells: cells('Sales', '1200.50') },
                  { RowType: 'SummaryRow', Cells: cells('Total Income', '1200.50') },
                ],
              },
              {
                RowType: 'Section',
                Title: '',
                Rows: [{ RowType: 'Row', Cells: cells('Net Profit', '-34.05') }],
              },
            ],
          },
        ],
      }),
    }),
  ],
});
