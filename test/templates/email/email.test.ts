import assert from 'node:assert/strict';
import { declineClasses } from '../../../db/domain/billing/payments.ts';
import { onboardingSteps } from '../../../db/domain/onboarding/steps.ts';
import { mailLanguages } from '../../../templates/email/languages.ts';
import {
  type MailTemplate,
  type MailValues,
  mailTemplates,
  renderMail,
} from '../../../templates/email/render.ts';
import { parseTexts, shippedTexts } from '../../../templates/email/texts.ts';

const portal = 'https://portal.example';
const link = 'https://portal.example/somewhere?token=abc&x=1';
const everyone = { name: 'Ana', business: 'Tom & Söhne', portal };

const closing = { closesAt: '2026-12-12T23:30:00Z', timezone: 'Europe/Madrid' };
const ending = { service: 'Sendgrid', endsAt: '2027-03-01T00:00:00Z' };

/** The kinds of each mail that differ in what they say, with the address of the button. */
const cases: Record<MailTemplate, { values: MailValues[]; button: string }> = {
  'verify-email': { values: [{ link }], button: link },
  'account-exists': { values: [{}], button: `${portal}/sign-in` },
  'onboarding-reminder': {
    values: [1, 2, 3, 4].map((number) => ({ step: 'plan', number, ...closing })),
    button: `${portal}/app/setup`,
  },
  'onboarding-abandoned': { values: [{}], button: `${portal}/sign-up` },
  welcome: {
    values: [
      { website: '', agents: '' },
      { website: 'coming', agents: 'coming' },
    ],
    button: `${portal}/app`,
  },
  invoice: {
    values: [14_900, 0].map((totalMinor) => ({
      number: 'INV-7',
      description: 'Growth, one month',
      totalMinor,
      currency: 'EUR',
      link,
    })),
    button: link,
  },
  'billing-reminder': {
    values: ['trialReminder', 'renewalReminder'].map((kind) => ({
      ...{ kind, plan: 'Growth', amountMinor: 14_900, currency: 'EUR' },
      at: '2026-11-12T08:00:00Z',
    })),
    button: `${portal}/app/billing`,
  },
  'payment-failed': {
    values: ['failed', 'retryFailed', 'restricted', 'suspended', 'cancelled', 'settled'].flatMap((stage) =>
      [...declineClasses, ''].map((reason, at) => ({
        ...{ stage, reason, number: 'BIZ-2027-000001', amountMinor: 14_900, currency: 'EUR', last4: '0341' },
        retryAt: at % 2 === 0 ? '2027-04-05T07:00:00Z' : '',
        rung: ['restrict', 'suspend', 'cancel', ''][at % 4] ?? '',
        rungAt: '2027-04-15T07:00:00Z',
      })),
    ),
    button: `${portal}/app/billing`,
  },
  'server-deprecated': {
    values: ['Mailchimp', ''].map((successor) => ({
      ...ending,
      successor,
      notice: successor && 'Please move.',
    })),
    button: `${portal}/app/integrations`,
  },
  'approval-requested': {
    values: ['Ana', ''].flatMap((requester) =>
      [true, false].map((escalated) => ({
        ...{ what: 'Stripe: Refund payment', requester, escalated, link },
        expiresAt: '2026-11-12T08:00:00Z',
      })),
    ),
    button: link,
  },
  'workflow-message': {
    values: [{ subject: 'Invoice INV-7 is due', message: 'Hello,\nplease pay.' }],
    button: `${portal}/`,
  },
  'workers-lost': {
    values: [{ queue: 'core', lostAt: '2026-11-12T08:00:00Z' }],
    button: `${portal}/admin/workers`,
  },
  'server-disabled': {
    values: [{ service: 'Sendgrid', disabledAt: '2026-11-12T08:00:00Z', link }],
    button: link,
  },
  'server-retired': {
    values: ['Mailchimp', ''].map((successor) => ({ service: 'Sendgrid', successor })),
    button: `${portal}/app/integrations`,
  },
  'connection-lost': { values: [{ service: 'Zoom', link }], button: link },
  'member-removed': { values: [{}], button: `${portal}/sign-in` },
  'offboarding-receipt': {
    values: ['Bo', ''].map((heir) => ({
      person: 'Al',
      heir,
      sessions: 2,
      keys: 1,
      approvals: 0,
      invitations: 1,
    })),
    button: `${portal}/`,
  },
  'api-key-expiring': {
    values: [14, 1].map((days) => ({
      key: 'Nightly export',
      last4: 'x7Qz',
      days,
      expiresAt: '2027-03-01T00:00:00Z',
    })),
    button: `${portal}/account/security/api-keys`,
  },
  'sessions-ended': { values: [true, false].map((reset) => ({ reset })), button: `${portal}/sign-in` },
  'ownership-transferred': {
    values: [true, false].map((received) => ({ other: 'Bo', received })),
    button: `${portal}/app/team`,
  },
  'view-started': {
    values: [true, false].map((changes) => ({
      admin: 'Sam Super',
      reason: 'Customer asked why the invoice is missing',
      startedAt: '2026-11-12T08:00:00Z',
      expiresAt: '2026-11-12T08:15:00Z',
      timezone: 'Europe/Madrid',
      changes,
    })),
    button: `${portal}/app`,
  },
  'reset-password': { values: [{ link }], button: link },
  'security-notice': {
    values: [
      'password.changed',
      'password.reset',
      'second-factor.added',
      'second-factor.removed',
      'second-factor.reset',
      'provider.linked',
      'provider.unlinked',
      'backup-codes.replaced',
    ].map((change) => ({
      change,
      at: '2026-11-12T08:00:00Z',
      timezone: 'UTC',
      device: 'Chrome on macOS',
    })),
    button: `${portal}/account/security`,
  },
  invitation: { values: [true, false].map((reminder) => ({ inviter: 'Bo', link, reminder })), button: link },
};

const hostile = `a\r\nBcc: x@y\u2028\u0000"><script>alert(1)</script>{{ portal }}<a href="//evil">`;

/** About the account of a person, who may belong to no business or to several. */
const ofAccount: readonly MailTemplate[] = ['account-exists', 'reset-password', 'security-notice'];

function sample(template: MailTemplate): MailValues {
  return { ...everyone, ...cases[template].values[0] };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;');
}

describe('mails', () => {
  for (const template of mailTemplates) {
    for (const language of mailLanguages) {
      for (const [kind, own] of cases[template].values.entries()) {
        it(`${template} in ${language}, kind ${kind + 1}: whole, one button, a text part`, async () => {
          const { subject, html, text } = await renderMail(template, language, { ...everyone, ...own });
          for (const part of [subject, html, text]) {
            assert.doesNotMatch(part, /\{\{|\{%|%\}|undefined|NaN|\[object/);
            assert.doesNotMatch(part.replaceAll('<!doctype', ''), /!(?!important)/, 'no exclamation marks');
          }
          assert.match(html, new RegExp(`<html lang="${language}">`));
          const targets = [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href);
          assert.deepEqual(targets, [escaped(cases[template].button)]);
          assert.equal(
            html.split(escaped(cases[template].button)).length - 1,
            2,
            'the link also stands as text',
          );
          assert.match(text, new RegExp(`:\n${cases[template].button.replace(/[.?]/g, '\\$&')}\n`));
          assert.doesNotMatch(text, /<\/?[a-z]/);
          if (!ofAccount.includes(template)) assert.match(text, /Tom\s&\sSöhne/);
          assert.ok(subject.length > 8 && subject.length < 90, subject);
        });
      }
    }
  }

  it('says why it came, in every language', () => {
    for (const language of mailLanguages) {
      for (const template of mailTemplates) assert.ok(shippedTexts[language][template].why);
    }
  });

  it('names each setup step in every language, and rejects an unknown step', async () => {
    const reminder = (language: string, step: string) =>
      renderMail('onboarding-reminder', language, { ...everyone, ...closing, step, number: 1 });
    for (const language of mailLanguages) {
      for (const step of onboardingSteps) assert.match((await reminder(language, step)).text, /[“„«]/);
    }
    await assert.rejects(reminder('en', 'constructor'), /not a setup step/);
  });

  it('[ONB-4] names the day the account closes in every reminder, in the tenant’s timezone and every language', async () => {
    const days = { en: 'December 13', de: '13. Dezember', es: '13 de diciembre', fr: '13 décembre' };
    for (const language of mailLanguages) {
      for (const number of [1, 2, 3, 4]) {
        const values = { ...everyone, ...closing, step: 'plan', number };
        const { text } = await renderMail('onboarding-reminder', language, values);
        assert.ok(text.replace(/\s+/g, ' ').includes(days[language]), text);
      }
    }
  });

  it('warns of the closing without a day where a reminder was ordered without one', async () => {
    for (const number of [1, 2, 3, 4]) {
      const values = { ...everyone, ...closing, closesAt: '', step: 'plan', number };
      const { text } = await renderMail('onboarding-reminder', 'en', values);
      assert.equal(text.includes('14 days'), number >= 3);
      assert.ok(!text.includes('closes on'));
    }
  });

  it('writes money as the reader does', async () => {
    const total = async (language: string, values: MailValues) =>
      (await renderMail('invoice', language, { ...sample('invoice'), ...values })).subject.replace(
        /\p{Zs}/gu,
        ' ',
      );
    assert.match(await total('en', {}), /€149\.00$/);
    assert.match(await total('de', {}), /149,00 €$/);
    assert.match(await total('en', { totalMinor: 500, currency: 'JPY' }), /¥500$/);
    assert.match(await total('en', { totalMinor: 4_900, currency: 'INR' }), /₹49\.00$/);
  });

  it('falls back to the language of a region, then to English', async () => {
    const subject = async (language: string) =>
      (await renderMail('welcome', language, sample('welcome'))).subject;
    assert.equal(await subject('de-AT'), await subject('de'));
    assert.equal(await subject('xx'), await subject('en'));
    assert.equal(await subject(''), await subject('en'));
  });

  for (const template of mailTemplates) {
    it(`${template}: hostile values stay text`, async () => {
      const values: MailValues = { ...sample(template), name: hostile, business: hostile };
      if (template === 'invitation') values['inviter'] = hostile;
      if (template === 'invoice') values['number'] = values['description'] = hostile;
      const { subject, html, text } = await renderMail(template, 'en', values);
      assert.doesNotMatch(subject, /[\p{Cc}\u2028\u2029]/u);
      assert.doesNotMatch(html, /<script|href="\/\/evil/);
      assert.equal(html.match(/<a /g)?.length, 1);
      assert.ok(text.includes('{{ portal }}'), 'values are not run as templates');
    });
  }

  it('throws when a value is missing instead of sending a gap', async () => {
    for (const template of mailTemplates) {
      for (const missing of Object.keys(sample(template))) {
        if (missing === 'portal' && cases[template].button === link) continue;
        if (missing === 'business' && ofAccount.includes(template)) continue;
        const rest = sample(template);
        delete rest[missing];
        await assert.rejects(renderMail(template, 'en', rest), `${template} without ${missing}`);
      }
    }
  });

  it('refuses texts without all parts', () => {
    assert.throws(() => parseTexts('subject: a\nheading: b\nbutton: c\n\n<p>d</p>'), /"why:"/);
  });
});
