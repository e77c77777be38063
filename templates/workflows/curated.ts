import type { CuratedTemplate } from './curated-template.ts';
import { churnRescue } from './churn-rescue.ts';
import { incidentFollowUp } from './incident-follow-up.ts';
import { invoiceReminder } from './invoice-reminder.ts';
import { newClientChecklist } from './new-client-checklist.ts';
import { weeklyKpiMail } from './weekly-kpi-mail.ts';

export const curatedTemplates: readonly CuratedTemplate[] = [
  invoiceReminder,
  newClientChecklist,
  weeklyKpiMail,
  churnRescue,
  incidentFollowUp,
];
