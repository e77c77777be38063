import assert from 'node:assert/strict';
import { readForm } from '../../../api/kit/form-body.ts';
import { onboardingSubmissions } from '../../../db/domain/onboarding/submissions.ts';

describe('what a browser posts, read by a schema', () => {
  it('turns dotted names into objects and leaves out an object whose every field is empty', () => {
    const plan = { planKey: 'starter', interval: 'month', start: 'now', _csrf: 'x' };
    const card = { 'card.number': '4242', 'card.expMonth': '1', 'card.expYear': '2030', 'card.cvc': '123' };
    const nested = { number: '4242', expMonth: '1', expYear: '2030', cvc: '123' };
    const { _csrf: _token, ...rest } = plan;
    assert.deepEqual(readForm(onboardingSubmissions.plan, { ...plan, ...card }), { ...rest, card: nested });
    const empty = { 'card.number': '', 'card.expMonth': '', 'card.expYear': '', 'card.cvc': '' };
    assert.deepEqual(readForm(onboardingSubmissions.plan, { ...plan, ...empty }), rest);
  });

  it('makes a list of one, and of none', () => {
    assert.deepEqual(readForm(onboardingSubmissions.tools, { tools: 'stripe' }), { tools: ['stripe'] });
    assert.deepEqual(readForm(onboardingSubmissions.tools, {}), { tools: [] });
  });

  it('makes a ticked box true', () => {
    assert.deepEqual(readForm(onboardingSubmissions.review, { acceptTerms: 'on' }), { acceptTerms: true });
  });

  it('keeps only the fields of the choice that was made', () => {
    const posted = { mode: 'existing', url: 'https://a.example', siteName: '', brief: '' };
    assert.deepEqual(readForm(onboardingSubmissions.website, posted), {
      mode: 'existing',
      url: 'https://a.example',
    });
    assert.deepEqual(readForm(onboardingSubmissions.website, { ...posted, mode: 'later' }), {
      mode: 'later',
    });
  });

  it('touches no prototype', () => {
    const read = readForm(onboardingSubmissions.tools, {
      '__proto__.polluted': 'x',
      'constructor.prototype.polluted': 'x',
    });
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
    assert.deepEqual(read, { tools: [] });
  });
});
