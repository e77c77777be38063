import { country } from '../../db/domain/common.ts';
import { countryOptions } from '../../templates/shared/places.ts';
import assert from 'node:assert/strict';
import { runStates, stepStates } from '../../db/domain/progress.ts';
import { tenantStatuses } from '../../db/domain/tenants/tenant.ts';
import { subscriptionStatuses } from '../../db/domain/billing/subscriptions.ts';
import { onboardingSteps, onboardingTitles } from '../../db/domain/onboarding/steps.ts';
import { allPriceSentences, priceSentence } from '../../templates/client/billing/price-copy.ts';
import type { Locale } from '../../templates/ui/locale.tsx';
import { renderFragment } from '../../templates/layout/render.ts';
import { Form } from '../../templates/ui/form.tsx';
import { valueAt } from '../../templates/ui/form-state.tsx';
import {
  countryText,
  durationText,
  momentText,
  numberText,
  relativeText,
} from '../../templates/ui/format.ts';
import { iconNames } from '../../templates/ui/icon-names.ts';
import { TextInput } from '../../templates/ui/inputs.tsx';
import { withQuery } from '../../templates/paths.ts';
import { SchemaForm } from '../../templates/ui/schema-form.tsx';
import { StatusBadge } from '../../templates/ui/status-badge.tsx';
import { statusLooks } from '../../templates/ui/status.ts';
import { plans } from './client/onboarding.samples.tsx';
import { processSchema } from './admin/runs.samples.tsx';
import { adminFrame } from './sample.ts';

describe('The status vocabulary', () => {
  for (const [kind, states] of Object.entries(statusLooks)) {
    it(`says every state of a ${kind} by icon, word and colour`, () => {
      for (const [state, look] of Object.entries(states)) {
        assert.ok(look.word.length > 2, `${state} has a word`);
        assert.ok((iconNames as readonly string[]).includes(look.icon), `${state} has an icon`);
        assert.ok(look.tone, `${state} has a colour`);
      }
    });
  }

  it('knows every state of the domain', () => {
    assert.deepEqual(Object.keys(statusLooks.run).sort(), [...runStates].sort());
    // A step whose system isn’t built yet is shown as coming, whatever the run says.
    assert.deepEqual(Object.keys(statusLooks.step).sort(), [...stepStates, 'coming'].sort());
    assert.deepEqual(Object.keys(statusLooks.tenant).sort(), [...tenantStatuses].sort());
    assert.deepEqual(Object.keys(statusLooks.subscription).sort(), [...subscriptionStatuses].sort());
    for (const step of onboardingSteps) assert.ok(onboardingTitles[step]);
  });

  it('shows icon and word together', () => {
    const html = renderFragment(<StatusBadge kind="run" state="needsAttention" />);
    assert.match(html, /bz-attention.*<use href="[^"]+#alert-triangle".*Needs attention/);
  });
});

describe('Dates, durations and money', () => {
  const nowMs = Date.parse('2026-11-22T12:00:00Z');
  const madrid: Locale = { language: 'en', timezone: 'Europe/Madrid', nowMs };

  it('are written in the viewer’s timezone, in English words and with the viewer’s figures', () => {
    assert.equal(momentText('2026-11-22T11:00:00Z', madrid), '22 Nov 2026, 12:00 CET');
    const german = { ...madrid, language: 'de', timezone: 'UTC' };
    assert.match(momentText('2026-11-22T11:00:00Z', german), /^22 Nov 2026, 11:00/);
    assert.equal(relativeText('2026-11-22T11:57:00Z', madrid), '3 min ago');
    assert.equal(relativeText('2026-11-21T11:57:00Z', madrid), 'yesterday');
    assert.equal(relativeText('2026-11-22T11:59:58Z', madrid), 'just now');
    assert.equal(relativeText('2026-11-24T12:00:00Z', { ...madrid, language: 'es' }), 'in 2 days');
    assert.equal(countryText('DE'), 'Germany');
    assert.equal(numberText(12_345, { ...madrid, language: 'de' }), '12.345');
  });

  it('durations name their two largest parts', () => {
    assert.deepEqual([40, 1800, 42_000, 200_000, 3_900_000, 183_600_000].map(durationText), [
      '40 ms',
      '1.8 s',
      '42 s',
      '3 min 20 s',
      '1 h 5 min',
      '2 d 3 h',
    ]);
  });

  it('prices are sentences that say what is paid today', () => {
    const growth = plans[1]!;
    assert.equal(
      priceSentence(growth, 'month', 'trial', 'en'),
      '€49 a month after 14 days; you pay nothing today.',
    );
    assert.equal(
      priceSentence(growth, 'year', 'now', 'en'),
      '€490 today, then €490 every year until you cancel.',
    );
    assert.equal(
      priceSentence({ ...growth, currency: 'JPY', monthlyMinor: 4900 }, 'month', 'now', 'en').slice(0, 6),
      '¥4,900',
    );
    assert.equal(Object.keys(allPriceSentences(plans, 'en', null)).length, plans.length * 4);
  });

  it('says what is paid for an active plan, so that it never reads like a second charge', () => {
    const [first, second] = plans;
    const running = { planKey: first?.key ?? '', interval: 'month' as const, trialing: false };
    const said = allPriceSentences(plans, 'en', running);
    for (const start of ['trial', 'now'])
      assert.match(said[`${first?.key}.month.${start}`] ?? '', /^Your first month is paid/);
    assert.match(said[`${first?.key}.year.now`] ?? '', /today, then/);
    assert.match(said[`${second?.key}.month.now`] ?? '', /today, then/);
    const trial = allPriceSentences(plans, 'en', { ...running, trialing: true });
    assert.match(trial[`${first?.key}.month.now`] ?? '', /^Your trial is running/);
  });

  it('offers exactly the countries that a form accepts', () => {
    const offered = countryOptions().map(({ value }) => value);
    assert.ok(offered.length > 200 && offered.every((code) => country.safeParse(code).success));
    assert.ok(!offered.includes('EU') && offered.includes('ES'));
  });
});

describe('Forms', () => {
  const frame = adminFrame('/admin');

  it('keep values, tie errors to fields and link to them', () => {
    const html = renderFragment(
      <Form
        frame={frame}
        action="/x"
        state={{ values: { card: { number: '4111' } }, errors: { 'card.number': 'Too short.' } }}
      >
        <TextInput name="card.number" label="Card number" help="Sixteen digits." />
      </Form>,
    );
    assert.match(html, /<a href="#f-card-number">Card number: Too short\.<\/a>/);
    assert.match(html, /id="f-card-number"[^>]*value="4111"/);
    assert.match(html, /aria-describedby="f-card-number-error f-card-number-help" aria-invalid="true"/);
  });

  it('never write a password back', () => {
    const html = renderFragment(
      <Form frame={frame} action="/x" state={{ values: { password: 'correct horse' } }}>
        <TextInput name="password" label="Password" type="password" />
      </Form>,
    );
    assert.ok(!html.includes('correct horse'));
  });

  it('find nested and dotted values alike, and nothing inherited', () => {
    assert.equal(valueAt({ 'a.b': 1 }, 'a.b'), 1);
    assert.equal(valueAt({ a: { b: 2 } }, 'a.b'), 2);
    assert.equal(valueAt({ a: {} }, 'a.constructor'), undefined);
  });

  it('are made from a JSON Schema: every kind of field, names joined by dots', () => {
    const html = renderFragment(
      <Form frame={frame} action="/x">
        <SchemaForm schema={processSchema} path="input" />
      </Form>,
    );
    for (const name of [
      'businessName',
      'seats',
      'discount',
      'language',
      'sendMail',
      'tags',
      'tools',
      'owner.email',
      'owner.name',
    ]) {
      assert.ok(html.includes(`name="input.${name}"`), name);
    }
    assert.match(html, /name="input\.owner\.email" type="email"/);
    assert.match(html, /name="input\.seats" type="number" value="1"/);
  });
});

describe('Addresses', () => {
  it('keep filters, drop empty ones and escape the rest', () => {
    assert.equal(
      withQuery('/a', { q: 'x y', cursor: 'c' }, { cursor: undefined, sort: '-n' }),
      '/a?q=x+y&sort=-n',
    );
    assert.equal(withQuery('/a', { q: '' }), '/a');
  });
});
