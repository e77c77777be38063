import assert from 'node:assert/strict';
import {
  factsFor,
  onboardingSteps,
  skippableSteps,
  staleSteps,
  submittableSteps,
  type Facts,
  type OnboardingStep,
} from '../../../../db/domain/onboarding/steps.ts';

const facts: Facts = {
  country: 'ES', profile: 'p', plan: 'growth', billing: 'month', tools: 'slack', site: 'new', analytics: 'a', agents: 'sales',
}; // prettier-ignore

function decidedOn(
  given: Facts,
  steps: readonly OnboardingStep[] = onboardingSteps,
): Partial<Record<OnboardingStep, string>> {
  return Object.fromEntries(steps.map((step) => [step, factsFor(step, given)]));
}

describe('[ONB-2] steps that were decided on something that changed', () => {
  const changes: readonly [fact: string, stale: OnboardingStep[]][] = [
    ['country', ['plan']],
    ['profile', ['review']],
    ['plan', ['tools', 'website', 'agents', 'review']],
    ['billing', ['review']],
    ['tools', ['agents', 'review']],
    ['site', ['analytics', 'review']],
    ['analytics', ['review']],
    ['agents', ['review']],
    ['something else', []],
  ];
  for (const [fact, stale] of changes) {
    it(`a changed ${fact} opens ${stale.join(', ') || 'nothing'} again`, () => {
      assert.deepEqual(staleSteps(decidedOn(facts), { ...facts, [fact]: 'changed' }), stale);
    });
  }

  it('are none when nothing changed, and none that were never decided', () => {
    assert.deepEqual(staleSteps(decidedOn(facts), facts), []);
    assert.deepEqual(staleSteps(decidedOn(facts), { ...facts }), []);
    assert.deepEqual(staleSteps({}, facts), []);
    assert.deepEqual(staleSteps(decidedOn(facts, ['tools']), { ...facts, plan: 'scale', site: 'x' }), [
      'tools',
    ]);
  });

  it('are found when a fact comes to be or goes', () => {
    assert.deepEqual(staleSteps(decidedOn({}), { plan: 'growth' }), ['tools', 'website', 'agents', 'review']);
    assert.deepEqual(staleSteps(decidedOn({ site: 'x' }), {}), ['analytics', 'review']);
  });

  it('do not mistake two facts for two others', () => {
    assert.notEqual(
      factsFor('agents', { plan: 'a', tools: 'b' }),
      factsFor('agents', { plan: 'a","b', tools: '' }),
    );
  });
});

describe('[ONB-2] the steps', () => {
  it('start with the account, which isn’t a form, and end with the review, which can’t be skipped', () => {
    assert.equal(onboardingSteps[0], 'account');
    assert.equal(onboardingSteps.at(-1), 'review');
    assert.deepEqual(submittableSteps, onboardingSteps.slice(1));
    for (const needed of ['account', 'profile', 'plan', 'review'] as const)
      assert.ok(!skippableSteps.includes(needed));
  });
});
