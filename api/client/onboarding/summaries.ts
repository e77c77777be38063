import { agentCatalog } from '../../../db/domain/agents/catalog.ts';
import { comingChoices, type ComingStep } from '../../../db/domain/onboarding/coming.ts';
import type { SubmittableStep } from '../../../db/domain/onboarding/steps.ts';
import { cardTitle } from '../../../db/domain/billing/cards.ts';
import type { Plan } from '../../../db/domain/billing/plans.ts';
import type { OfferedServer } from '../../../templates/client/onboarding/setup-tools.tsx';
import { setupCopy } from '../../../templates/client/onboarding/copy.ts';
import { countryText } from '../../../templates/ui/format.ts';
import type { StoredChoices } from '../../../db/repos/onboarding/choices.ts';

type Facts = { label: string; value: string }[];

const comingFact = { label: 'When', value: setupCopy.coming };

function titles(catalog: readonly { key: string; title: string }[], keys: readonly string[]): string {
  const named = keys.map((key) => catalog.find((one) => one.key === key)?.title ?? key);
  return named.length > 0 ? named.join(', ') : 'None';
}

function websiteFacts(website: NonNullable<StoredChoices['website']>): Facts {
  if (website.mode === 'existing') return [{ label: 'Existing website', value: website.url }];
  if (website.mode === 'later') return [{ label: 'Website', value: 'Later' }];
  return [
    { label: 'New site', value: website.siteName },
    { label: 'About', value: website.brief },
    comingFact,
  ];
}

function analyticsFacts(analytics: NonNullable<StoredChoices['analytics']>): Facts {
  const facts = [
    { label: 'Google Analytics', value: analytics.ga4MeasurementId },
    { label: 'Tag Manager', value: analytics.gtmContainerId },
    { label: 'Search Console', value: analytics.searchConsoleSite },
  ].filter((fact): fact is { label: string; value: string } => Boolean(fact.value));
  return facts.length > 0 ? facts : [{ label: 'Analytics', value: 'None' }];
}

const keyed = (servers: readonly OfferedServer[]) => servers.map(({ name, title }) => ({ key: name, title }));

/** Every choice in words, for the review. */
export function choiceSummaries(
  stored: StoredChoices,
  plans: readonly Plan[],
  servers: readonly OfferedServer[],
): { step: SubmittableStep; facts: Facts }[] {
  const { profile, plan, tools, website, analytics, agents } = stored;
  const words: { step: SubmittableStep; facts: Facts }[] = [];
  if (profile) {
    words.push({
      step: 'profile',
      facts: [
        { label: 'Legal name', value: profile.legalName },
        { label: 'Industry', value: profile.industry },
        { label: 'People', value: profile.teamSize },
        { label: 'Country', value: countryText(profile.country) },
        { label: 'Timezone', value: profile.timezone },
      ],
    });
  }
  if (plan) {
    words.push({
      step: 'plan',
      facts: [
        { label: 'Plan', value: plans.find(({ key }) => key === plan.planKey)?.title ?? plan.planKey },
        { label: 'Paid', value: plan.interval === 'month' ? 'Monthly' : 'Yearly' },
        { label: 'Card', value: cardTitle(plan.paymentMethod) },
      ],
    });
  }
  if (tools)
    words.push({ step: 'tools', facts: [{ label: 'Tools', value: titles(keyed(servers), tools.tools) }] });
  if (website) words.push({ step: 'website', facts: websiteFacts(website) });
  if (analytics) words.push({ step: 'analytics', facts: analyticsFacts(analytics) });
  if (agents) {
    const facts = [{ label: 'Agents', value: titles(agentCatalog, agents.agents) }];
    words.push({ step: 'agents', facts: agents.agents.length > 0 ? [...facts, comingFact] : facts });
  }
  return words;
}

/** What was chosen and isn't built yet, in words. */
export function comingFacts(stored: StoredChoices): Facts {
  const facts: { [Step in ComingStep]: Facts[number] } = {
    website: {
      label: 'New website',
      value: stored.website?.mode === 'new' ? stored.website.siteName : '',
    },
    agents: { label: 'Agents', value: titles(agentCatalog, stored.agents?.agents ?? []) },
  };
  return comingChoices(stored).map((step) => facts[step]);
}
