import { defineContract, json, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import { byOffset } from '../upstream/pages.ts';
import {
  among,
  date,
  constant,
  email,
  list,
  matching,
  number,
  object,
  type Shape,
  text,
  upTo,
} from '../upstream/shapes.ts';

const company = '/v3/company/{realmId}';
const realm = { realmId: matching(/^\d+$/) };
const id = matching(/^\d+$/);
const reference = object({ value: text, 'name?': text });
/** Money is a number in major units; nothing has more than three decimals. */
const amount: Shape = { type: 'number', exclusiveMinimum: 0, multipleOf: 0.001 };
const line = (detail: string, members: Shape) =>
  object({
    DetailType: constant(detail),
    Amount: amount,
    'Description?': upTo(4_000),
    [detail]: members,
  });

const given = ({ body }: Recorded) => body as Record<string, unknown>;
const dollars = { value: 'USD', name: 'United States Dollar' };
const metaData = { CreateTime: '2026-11-02T09:00:00-08:00', LastUpdatedTime: '2026-11-02T09:00:00-08:00' };

const customer = {
  Id: '58',
  SyncToken: '0',
  domain: 'QBO',
  sparse: false,
  DisplayName: "O'Hara Bakery",
  Active: true,
  PrimaryEmailAddr: { Address: 'bakery@example.com' },
  MetaData: metaData,
};
const invoice = {
  Id: '239',
  SyncToken: '1',
  domain: 'QBO',
  sparse: false,
  DocNumber: '1061',
  TxnDate: '2026-10-01',
  DueDate: '2026-10-15',
  CustomerRef: { value: '58', name: "O'Hara Bakery" },
  CurrencyRef: dollars,
  TotalAmt: 49.1,
  Balance: 49.1,
  EmailStatus: 'NotSet',
  MetaData: metaData,
};

/** A new document with what QuickBooks works out of it. */
function written(name: string, from: object, request: Recorded) {
  const lines = given(request)['Line'] as { Amount: number }[];
  const total = Number(lines.reduce((sum, { Amount }) => sum + Amount, 0).toFixed(3));
  return ok({
    [name]: { ...from, ...given(request), TotalAmt: total, Balance: total },
    time: metaData.CreateTime,
  });
}

const failure = (type: string, code: string, Message: string, Detail: string, element?: string) => ({
  Fault: { Error: [{ Message, Detail, code, ...(element && { element }) }], type },
  time: '2026-11-02T09:00:00.000-08:00',
});

const query = /^select \* from (\w+)( where .+?)?( orderby \w+)?( startposition (\d+) maxresults (\d+))?$/;
const stored: Record<string, (n: number) => object> = {
  Invoice: (n) => ({ ...invoice, Id: String(n + 1) }),
  Customer: (n) => ({ ...customer, Id: String(n + 1) }),
  Vendor: (n) => ({ ...customer, Id: String(n + 1) }),
  Item: (n) => ({ Id: String(n + 1), SyncToken: '0', Name: `Care ${n}`, Active: true }),
  Account: (n) => ({ Id: String(n + 1), SyncToken: '0', Name: `Account ${n}`, Active: true }),
};

/** Positions and sizes of a page stand in the text of the query; a result without records holds no list. */
function queried(request: Recorded) {
  const [, entity = '', , , , start, size] = query.exec(String(request.query['query'] as string)) ?? [];
  if (entity === 'Preferences') {
    const CurrencyPrefs = { MultiCurrencyEnabled: true, HomeCurrency: { value: 'USD' } };
    return ok({
      QueryResponse: { Preferences: [{ Id: '1', SyncToken: '3', CurrencyPrefs }], maxResults: 1 },
    });
  }
  const page = byOffset({
    param: 'startposition',
    size: 'maxresults',
    standard: 100,
    first: 1,
    answer: (items) => ({
      QueryResponse: items.length > 0 ? { [entity]: items, maxResults: items.length } : {},
    }),
  })((n) => stored[entity]?.(n));
  return page(
    { ...request, query: { startposition: start ?? 1, maxresults: size ?? 100 } },
    { effects: () => [], number: () => 1 },
  );
}

/** Accounting API of QuickBooks Online, minor version 75; money in major units as numbers. */
export const contract = defineContract({
  name: 'quickbooks',
  baseUrl: 'https://quickbooks.api.intuit.com',
  credentials: {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    clientId: 'ABclientOfTheContract',
    clientSecret: 'secret-of-the-contract',
    realmId: '9130357849026',
    verifierToken: 'verifier-of-the-contract',
  },
  headers: { authorization: matching(/^Bearer \S+$/) },
  query: { minorversion: constant('75') },
  idempotency: { query: 'requestid' },
  oauth: {
    route: 'POST /oauth2/v1/tokens/bearer',
    clientAuth: 'basic',
    grants: {
      authorization_code: { code: text, redirect_uri: text, 'code_verifier?': text },
      refresh_token: { refresh_token: text },
    },
    rotates: true,
    lifeS: 3_600,
    answer: { x_refresh_token_expires_in: 8_726_400 },
  },
  vendor: { kind: 'openapi', files: ['quickbooks/quickbooks-v3.openapi.json'] },
  errors: {
    unauthorised: () =>
      reply(401, {
        warnings: null,
        intuitObject: null,
        fault: {
          error: [
            {
              message: 'message=AuthenticationFailed; errorCode=003200; statusCode=401',
              detail: 'Token expired',
              code: '3200',
              element: null,
            },
          ],
          type: 'AUTHENTICATION',
        },
      }),
    // No hint of when to come back: a minute is the documented wait.
    rateLimited: () =>
      reply(429, failure('SERVICE', '3001', 'ThrottleExceeded', 'Too many requests in a minute')),
    invalid: (field, message) =>
      reply(400, failure('ValidationFault', '2020', 'Required param missing', message, field)),
    unavailable: (status) =>
      reply(status, failure('SystemFault', '10000', 'An application error has occurred', 'Try later')),
  },
  operations: [
    operation({
      id: 'getCompany',
      route: `GET ${company}/companyinfo/{id}`,
      path: { ...realm, id },
      answer: ok({
        CompanyInfo: {
          Id: '1',
          SyncToken: '4',
          CompanyName: 'Lovelace Engines',
          LegalName: 'Lovelace Engines LLC',
          Country: 'US',
          Email: { Address: 'office@example.com' },
        },
        time: metaData.CreateTime,
      }),
    }),
    operation({
      id: 'query',
      route: `GET ${company}/query`,
      path: realm,
      query: { query: matching(query) },
      answer: queried,
    }),
    operation({
      id: 'createCustomer',
      route: `POST ${company}/customer`,
      path: realm,
      body: json(
        object({
          DisplayName: upTo(500),
          'CompanyName?': upTo(100),
          'PrimaryEmailAddr?': object({ Address: email }),
          'PrimaryPhone?': object({ FreeFormNumber: upTo(30) }),
          'Notes?': upTo(2_000),
          'CurrencyRef?': reference,
        }),
      ),
      answer: (request) => ok({ Customer: { ...customer, ...given(request) } }),
    }),
    operation({
      id: 'getInvoice',
      route: `GET ${company}/invoice/{id}`,
      path: { ...realm, id },
      answer: (_request, memory) =>
        ok({
          Invoice:
            memory.effects('voidInvoice').length > 0
              ? { ...invoice, SyncToken: '2', TotalAmt: 0, Balance: 0, PrivateNote: 'Voided' }
              : invoice,
        }),
    }),
    operation({
      id: 'createInvoice',
      route: `POST ${company}/invoice`,
      path: realm,
      body: json(
        object({
          CustomerRef: reference,
          CurrencyRef: reference,
          Line: list(
            line('SalesItemLineDetail', object({ ItemRef: reference, 'Qty?': number, 'UnitPrice?': number })),
            1,
          ),
          'DueDate?': date,
          'TxnDate?': date,
          'DocNumber?': upTo(21),
          'BillEmail?': object({ Address: email }),
          'PrivateNote?': upTo(4_000),
        }),
      ),
      answer: (request) => written('Invoice', { ...invoice, SyncToken: '0' }, request),
    }),
    operation({
      id: 'voidInvoice',
      route: `POST ${company}/invoice?operation=void`,
      path: realm,
      body: json(object({ Id: id, SyncToken: constant('1') })),
      answer: ok({
        Invoice: { ...invoice, SyncToken: '2', TotalAmt: 0, Balance: 0, PrivateNote: 'Voided' },
      }),
    }),
    operation({
      id: 'sendInvoice',
      route: `POST ${company}/invoice/{id}/send`,
      path: { ...realm, id },
      query: { 'sendTo?': email },
      answer: (request) =>
        ok({
          Invoice: { ...invoice, EmailStatus: 'EmailSent', BillEmail: { Address: request.query['sendTo'] } },
        }),
    }),
    operation({
      id: 'createPayment',
      route: `POST ${company}/payment`,
      path: realm,
      body: json(
        object({
          CustomerRef: reference,
          CurrencyRef: reference,
          TotalAmt: amount,
          'TxnDate?': date,
          'PaymentRefNum?': upTo(21),
          'PrivateNote?': upTo(4_000),
          Line: list(
            object({
              Amount: amount,
              LinkedTxn: list(object({ TxnId: id, TxnType: among('Invoice', 'CreditMemo') }), 1),
            }),
          ),
        }),
      ),
      answer: (request) => ok({ Payment: { Id: '301', SyncToken: '0', ...given(request) } }),
    }),
    operation({
      id: 'createBill',
      route: `POST ${company}/bill`,
      path: realm,
      body: json(
        object({
          VendorRef: reference,
          CurrencyRef: reference,
          Line: list(line('AccountBasedExpenseLineDetail', object({ AccountRef: reference })), 1),
          'DueDate?': date,
          'TxnDate?': date,
          'DocNumber?': upTo(21),
        }),
      ),
      answer: (request) => written('Bill', { Id: '417', SyncToken: '0' }, request),
    }),
    operation({
      id: 'getProfitAndLoss',
      route: `GET ${company}/reports/ProfitAndLoss`,
      path: realm,
      query: {
        'start_date?': date,
        'end_date?': date,
        'accounting_method?': among('Cash', 'Accrual'),
        'summarize_column_by?': text,
      },
      answer: (request) =>
        ok({
          Header: {
            ReportName: 'ProfitAndLoss',
            StartPeriod: request.query['start_date'],
            EndPeriod: request.query['end_date'],
            Currency: 'USD',
          },
          Columns: {
            Column: [
              { ColTitle: '', ColType: 'Account' },
              { ColTitle: 'Total', ColType: 'Money' },
            ],
          },
          Rows: {
            Row: [
              {
                Header: { ColData: [{ value: 'Income' }, { value: '' }] },
                Rows: {
                  Row: [{ ColData: [{ value: 'Services', id: '1' }, { value: '1200.50' }], type: 'Data' }],
                },
                Summary: { ColData: [{ value: 'Total Income' }, { value: '1200.50' }] },
                type: 'Section',
                group: 'Income',
              },
              {
                Summary: { ColData: [{ value: 'Net Income' }, { value: '-34.05' }] },
                type: 'Section',
                group: 'NetIncome',
              },
            ],
          },
        }),
    }),
  ],
});
