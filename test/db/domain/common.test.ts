import assert from 'node:assert/strict';
import type { z } from 'zod';
import { card } from '../../../db/domain/billing/cards.ts';
import {
  country,
  emailAddress,
  language,
  paging,
  reason,
  text,
  timezone,
  webAddress,
} from '../../../db/domain/common.ts';
import { onboardingChoices, onboardingSubmissions } from '../../../db/domain/onboarding/submissions.ts';
import { password } from '../../../db/domain/people/user.ts';

const refuses = (schema: z.ZodType, values: readonly unknown[]) => {
  for (const value of values) assert.equal(schema.safeParse(value).success, false, JSON.stringify(value));
};
const takes = (schema: z.ZodType, values: readonly (readonly [given: unknown, kept: unknown])[]) => {
  for (const [given, kept] of values) assert.deepEqual(schema.parse(given), kept, JSON.stringify(given));
};

/** Characters that break rows, mails, logs or the eye: controls, line ends, direction overrides, halves of pairs. */
const hostile = ['\u0000', '\u0007', '\n', '\r\n', '\t', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029', '\u202e', '\u2066', '\ud800', '\udc00']; // prettier-ignore

describe('[ONB-1] text that a person typed', () => {
  it('is trimmed and bounded, and empty is not text', () => {
    takes(text(5), [
      [' ab ', 'ab'],
      ['abcde', 'abcde'],
      ['नमस्ते'.slice(0, 5), 'नमस्ते'.slice(0, 5)],
    ]);
    refuses(text(5), ['', '   ', 'abcdef', null, undefined, 7, {}, [], ['a']]);
    refuses(text(9, 3), ['ab', ' ab ']);
  });

  it('holds no character that breaks what it is put into', () => {
    for (const character of hostile) refuses(text(50), [`a${character}b`]);
    takes(text(50), [
      ["O'Brien & <b>Sons</b>", "O'Brien & <b>Sons</b>"],
      ['👩‍👩‍👧', '👩‍👩‍👧'],
      ['ﷺ علي', 'ﷺ علي'],
    ]);
  });

  it('as a reason says something', () => {
    refuses(reason, ['because', '          ', 'x'.repeat(501), 'a reason\nof two lines']);
    takes(reason, [['customer asked for it', 'customer asked for it']]);
  });
});

describe('[ONB-1] addresses', () => {
  it('of mail are kept in one spelling', () => {
    takes(emailAddress, [
      [' Ann@Example.COM ', 'ann@example.com'],
      ["o'brien+x@sub.example.co", "o'brien+x@sub.example.co"],
    ]);
    refuses(emailAddress, ['ann', 'ann@', '@example.com', 'a b@example.com', 'ann@example', 'ann@example.com, bob@example.com',
      'ann@example.com\nbcc: all@example.com', 'ann@exa\u0000mple.com', `${'a'.repeat(250)}@x.com`, '<ann@example.com>', 'ann@[127.0.0.1]', null]); // prettier-ignore
  });

  it('of the web are http, with a host that has a name', () => {
    takes(webAddress, [['example.com', 'https://example.com'], ['http://example.com/a?b=c', 'http://example.com/a?b=c'], [' shop.example.co.uk ', 'https://shop.example.co.uk'], ['https://exa\nmple.com/\ta', 'https://example.com/a']]); // prettier-ignore
    refuses(webAddress, ['', 'javascript:alert(1)', 'javascript://example.com/%0aalert(1)', 'ftp://example.com', 'file:///etc/passwd',
      'http://localhost', 'http://127.0.0.1', 'http://[::1]/', 'http://169.254.169.254/latest', 'http://2130706433/', 'https://',
      'https://user:secret@example.com/', 'https://example.com\u0000.evil.com', 'https://example.com/\u0000',
      'data:text/html,x', `https://example.com/${'a'.repeat(2000)}`]); // prettier-ignore
  });
});

describe('[ONB-1] places and languages', () => {
  it('are timezones by the name browsers give, old or new', () => {
    takes(timezone, ['Europe/Madrid', 'Asia/Kolkata', 'Asia/Calcutta', 'Europe/Kyiv', 'Europe/Kiev', 'America/Argentina/Buenos_Aires', 'UTC'].map((zone) => [zone, zone])); // prettier-ignore
    refuses(timezone, [
      '',
      'Mars/Base',
      'europe/madrid',
      '+05:30',
      'CEST',
      "Europe/Madrid'",
      '../etc',
      '__proto__',
      null,
    ]);
  });

  it('are countries that exist', () => {
    takes(
      country,
      ['ES', 'IN', 'US', 'DE', 'GB'].map((code) => [code, code]),
    );
    refuses(country, [
      '',
      'es',
      'ESP',
      'XX',
      'ZZ',
      'EU',
      'UN',
      'SU',
      'YU',
      'XA',
      'XB',
      'QO',
      'A1',
      '  ',
      null,
    ]);
  });

  it('are languages the portal speaks', () => {
    takes(language, [
      ['en', 'en'],
      ['de', 'de'],
    ]);
    refuses(language, ['EN', 'xx', 'en-GB', '']);
  });
});

describe('[ONB-3] a card as typed', () => {
  const typed = { number: '4242 4242-4242 4242', expMonth: '1', expYear: '30', cvc: ' 123 ' };
  it('is brought into one form', () => {
    takes(card, [[typed, { number: '4242424242424242', expMonth: 1, expYear: 2030, cvc: '123' }]]);
  });

  it('refuses what is no card', () => {
    const wrong: Partial<Record<keyof typeof typed, unknown>>[] = [
      { number: '4242' }, { number: '4242424242424242x' }, { number: '' }, { number: '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢' }, { expMonth: '13' }, { expMonth: '0' },
      { expMonth: '1.5' }, { expMonth: 'x' }, { expYear: '1999' }, { expYear: '2101' }, { cvc: '12' }, { cvc: '12345' }, { cvc: 'abc' },
    ]; // prettier-ignore
    for (const change of wrong) refuses(card, [{ ...typed, ...change }]);
  });
});

describe('[ONB-2] what each step takes', () => {
  it('nothing it does not know', () => {
    refuses(onboardingChoices.tools, [
      { tools: ['slack'], extra: 1 },
      { tools: ['No Such'] },
      { tools: ['slack', 'slack'] },
      {},
      null,
    ]);
    refuses(onboardingChoices.agents, [{ agents: ['nope'] }, { agents: 'sales' }]);
    refuses(onboardingChoices.review, [{ acceptTerms: false }, {}]);
    refuses(onboardingSubmissions.plan, [{ planKey: 'growth', interval: 'week', start: 'now' }, { planKey: 'growth', interval: 'month', start: 'now', paymentMethod: { id: 'pm_other' } }]); // prettier-ignore
    takes(onboardingChoices.tools, [[{ tools: [] }, { tools: [] }]]);
  });

  it('a website that is new, there already, or for later', () => {
    const brief = 'A shop for shoes.\nFamily business.';
    takes(onboardingChoices.website, [
      [{ mode: 'later' }, { mode: 'later' }],
      [
        { mode: 'existing', url: 'example.com' },
        { mode: 'existing', url: 'https://example.com' },
      ],
      [
        { mode: 'new', siteName: 'Shoes', brief },
        { mode: 'new', siteName: 'Shoes', brief },
      ],
    ]);
    refuses(onboardingChoices.website, [
      { mode: 'new', siteName: 'Shoes', brief: 'too short' },
      { mode: 'later', url: 'x.com' },
      { mode: 'other' },
    ]);
    for (const character of ['\u0000', '\u001b', '\ud800', '\u202e']) {
      refuses(onboardingChoices.website, [
        { mode: 'new', siteName: 'Shoes', brief: `${brief}${character}.` },
      ]);
    }
  });

  it('ids of analytics as the tools print them, or none', () => {
    takes(onboardingChoices.analytics, [
      [{}, {}],
      [{ ga4MeasurementId: '', gtmContainerId: '', searchConsoleSite: '' }, { ga4MeasurementId: undefined, gtmContainerId: undefined, searchConsoleSite: undefined }],
      [{ ga4MeasurementId: ' G-AB12CD34EF ' }, { ga4MeasurementId: 'G-AB12CD34EF' }],
    ]); // prettier-ignore
    refuses(onboardingChoices.analytics, [
      { ga4MeasurementId: 'UA-1' },
      { gtmContainerId: 'GTM-<script>' },
      { searchConsoleSite: 'javascript:1' },
    ]);
  });
});

describe('[SEC-1] a password', () => {
  it('is long, and any characters will do', () => {
    takes(password, [
      ['a'.repeat(12), 'a'.repeat(12)],
      ['  spaces kept  ', '  spaces kept  '],
      ['पासवर्ड-बहुत-लंबा', 'पासवर्ड-बहुत-लंबा'],
    ]);
    refuses(password, ['a'.repeat(11), 'a'.repeat(257), null]);
  });
});

describe('paging as asked for', () => {
  it('has bounds', () => {
    takes(paging, [
      [{}, { limit: 50 }],
      [{ limit: '200' }, { limit: 200 }],
    ]);
    refuses(paging, [
      { limit: 0 },
      { limit: 201 },
      { limit: 'x' },
      { limit: 1.5 },
      { cursor: 'x'.repeat(501) },
    ]);
  });
});
