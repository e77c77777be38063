import { agentCatalog } from '../../../db/domain/agents/catalog.ts';
import type { Plan } from '../../../db/domain/billing/plans.ts';
import { countText } from '../../ui/format.ts';

/** Sentences of the setup that more than one page says. */
export const setupCopy = {
  coming: 'We’ll tell you when it’s ready',
  comingTitle: 'Not ready yet',
  comingNote: 'Your choice is saved, and nothing is set up. We’ll tell you when it’s ready.',
  cancelPlan: 'You see the price before you continue. To cancel later, write to the contact in the',
  agentsInPlan: (agents: string) => `${agents}, once they can run.`,
  newSite: 'We can’t build sites yet. We save your answers and tell you when it’s ready.',
  existingSite: 'We save its address. If it runs on WordPress or Wix, connect it under Integrations.',
  laterSite: 'We don’t set up anything now.',
  agentsNext:
    'Agents don’t run yet: they read nothing and send nothing. We save your choice and tell you when it’s ready.',
  live: 'Your workspace is open. Home shows what to do next.',
  liveComing: 'Your workspace is open. What isn’t ready yet is marked below; we’ll tell you when it is.',
} as const;

/** "All 28 tools", "Up to 15 tools": a plan never promises more than the `offered` ones. */
export function planTools({ maxTools }: Pick<Plan, 'maxTools'>, offered: number): string {
  return maxTools >= offered
    ? `All ${countText(offered, 'tool', 'tools')}`
    : `Up to ${countText(maxTools, 'tool', 'tools')}`;
}

/** How many agents of the catalog a plan includes. */
export function planAgents({ maxAgents }: Pick<Plan, 'maxAgents'>): string {
  return countText(Math.min(maxAgents, agentCatalog.length), 'agent', 'agents');
}

/** The frame around every step of the setup wizard. */
export const wizardCopy = {
  title: (step: string) => `Setup: ${step}`,
  nav: 'Setup',
  steps: 'Setup steps',
  place: (number: number, all: number, step: string) => `Step ${number} of ${all} · ${step}`,
  current: 'You are here',
  words: { done: 'Done', open: 'To do', later: 'Later', skipped: 'Skipped', changed: 'Check again' },
  changed: 'You changed an earlier answer. Check this step again. What you entered is still here.',
  submit: 'Save and continue',
  later: 'Finish later',
} as const;

export const profileCopy = {
  title: 'Tell us about your business',
  legalName: 'Legal name',
  legalNameHelp: 'As registered. Shown on invoices.',
  industry: 'Industry',
  teamSize: 'Team size',
  choose: 'Choose one',
  country: 'Country',
  countryHelp: 'Where the business is registered.',
  timezone: 'Timezone',
  language: 'Language of emails',
} as const;

export const planCopy = {
  title: 'Choose a plan',
  plan: 'Plan',
  /** After the price. */
  aMonth: 'a month',
  orAYear: (price: string) => `or ${price} a year`,
  monthly: 'Monthly',
  yearly: 'Yearly',
  card: 'Card',
  onFile: (card: string, until: string) => `${card}, valid until ${until}`,
  another: 'Use another card',
} as const;

export const toolsCopy = {
  title: 'Which tools do you use?',
  next: 'Connect each tool whenever it suits you, here or under Integrations. Until then we don’t read from it or send to it.',
  search: 'Search tools',
  connectTitle: 'Connect now or later',
  connectText: 'Save your changes above first. You return here after each connection.',
  connect: 'Connect',
  connectNamed: (tool: string) => `Connect ${tool}`,
} as const;

export const websiteCopy = {
  title: 'What about your website?',
  mode: 'Website',
  siteName: 'Site name',
  brief: 'What should it say?',
  briefHelp: 'What you offer, for whom, and what visitors should do. At least 20 characters.',
  url: 'Address',
  urlHelp: 'Example: https://example.com',
} as const;

export const analyticsCopy = {
  title: 'Do you measure your visitors?',
  purpose: 'Enter your Google IDs. All fields are optional.',
  next: 'We save the IDs, and read your figures only after you connect the account.',
  ga4: 'Google Analytics measurement ID',
  ga4Help: 'Example: G-AB12CD34EF. In Google Analytics, go to Admin, then Data streams.',
  gtm: 'Tag Manager container ID',
  gtmHelp: 'Example: GTM-AB12CDE. In Tag Manager, it’s at the top right, next to the container’s name.',
  searchConsole: 'Search Console site',
  searchConsoleHelp: 'The address as shown in Search Console, such as https://example.com',
  figures: 'Your figures',
  /** After the state of the connection. */
  account: (name: string) => ` as ${name}`,
  connectText:
    'Connect Google Analytics so that we can read your figures, now or later. Setup doesn’t wait for it. We save the IDs above first.',
  connect: 'Save and connect Google Analytics',
} as const;

export const agentsCopy = {
  title: 'Who should help you?',
  list: 'Agents',
  noTool: 'Works without a tool.',
  works: (tools: string) => `Works with your ${tools}.`,
  needs: (tools: string) => `Needs one of ${tools}. Choose one under Tools first.`,
} as const;

export const reviewCopy = {
  title: 'Review and go live',
  purpose: 'Check your choices. You can still change each one.',
  submit: 'Go live',
  next: 'We then set everything up, which takes about a minute. You can leave this page.',
  change: 'Change',
  accept: { before: 'I accept the', terms: 'terms', after: 'for this business.' },
} as const;

export const liveCopy = {
  titles: {
    working: 'Setting everything up',
    waiting: 'Your setup is waiting',
    problem: 'Your setup needs a correction',
    live: 'You’re live',
  },
  tasks: 'Setup tasks',
  open: 'Open your workspace',
  refresh: 'Refresh',
} as const;

/** The setup on the client's home. */
export const setupCardCopy = {
  title: 'Setup',
  left: (left: number, all: number) => `${left} of ${all} steps left. Everything you entered is saved.`,
  finishing: 'We’re setting everything up.',
  continue: 'Continue setup',
  view: 'View progress',
} as const;
