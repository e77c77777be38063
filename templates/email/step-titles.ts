import type { OnboardingStep } from '../../db/domain/onboarding/steps.ts';
import type { MailLanguage } from './languages.ts';

/** What emails call the steps of setup. */
const titles: Record<MailLanguage, Record<OnboardingStep, string>> = {
  en: {
    account: 'Account',
    profile: 'Business',
    plan: 'Plan & payment',
    tools: 'Tools',
    website: 'Website',
    analytics: 'Analytics',
    agents: 'Agents',
    review: 'Review',
  },
  de: {
    account: 'Konto',
    profile: 'Unternehmen',
    plan: 'Tarif & Zahlung',
    tools: 'Tools',
    website: 'Website',
    analytics: 'Analysen',
    agents: 'Agenten',
    review: 'Überprüfung',
  },
  es: {
    account: 'Cuenta',
    profile: 'Empresa',
    plan: 'Plan y pago',
    tools: 'Herramientas',
    website: 'Sitio web',
    analytics: 'Analítica',
    agents: 'Agentes',
    review: 'Revisión',
  },
  fr: {
    account: 'Compte',
    profile: 'Entreprise',
    plan: 'Offre et paiement',
    tools: 'Outils',
    website: 'Site web',
    analytics: 'Statistiques',
    agents: 'Agents',
    review: 'Vérification',
  },
};

/** The title of a step; throws for a key that is no step. */
export function stepTitle(step: string, language: MailLanguage): string {
  const title = Object.entries(titles[language]).find(([key]) => key === step)?.[1];
  if (title === undefined) throw new Error(`"${step}" is not a setup step`);
  return title;
}
