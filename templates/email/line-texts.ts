import type { InvoiceLine } from '../../db/domain/billing/invoices.ts';
import { type MailLanguage, mailLanguage } from './languages.ts';

type Line = Pick<InvoiceLine, 'kind' | 'text' | 'planTitle' | 'interval' | 'meter' | 'quantity'>;

const counted = (language: string, quantity: number) => new Intl.NumberFormat(language).format(quantity);

/** What a line of an invoice is for; in the documents' languages, as an invoice is read years later. */
const texts: Record<
  MailLanguage,
  (line: Line, count: string) => Record<Exclude<Line['kind'], 'manual'>, string>
> = {
  en: ({ planTitle: plan, interval, meter, quantity }, count) => ({
    plan: `${plan}, one ${interval}`,
    trial: `${plan}, trial of ${count} ${quantity === 1 ? 'day' : 'days'}`,
    seats: `${count} ${quantity === 1 ? 'seat' : 'seats'}, one ${interval}`,
    usage: `${meter}: ${count}`,
    unusedTime: `Unused time on ${plan}`,
    remainingTime: `Remaining time on ${plan}`,
  }),
  de: ({ planTitle: plan, interval, meter, quantity }, count) => ({
    plan: `${plan}, ein ${interval === 'year' ? 'Jahr' : 'Monat'}`,
    trial: `${plan}, Testphase von ${count} ${quantity === 1 ? 'Tag' : 'Tagen'}`,
    seats: `${count} ${quantity === 1 ? 'Platz' : 'Plätze'}, ein ${interval === 'year' ? 'Jahr' : 'Monat'}`,
    usage: `${meter}: ${count}`,
    unusedTime: `Nicht genutzte Zeit für ${plan}`,
    remainingTime: `Verbleibende Zeit für ${plan}`,
  }),
  es: ({ planTitle: plan, interval, meter, quantity }, count) => ({
    plan: `${plan}, un ${interval === 'year' ? 'año' : 'mes'}`,
    trial: `${plan}, prueba de ${count} ${quantity === 1 ? 'día' : 'días'}`,
    seats: `${count} ${quantity === 1 ? 'puesto' : 'puestos'}, un ${interval === 'year' ? 'año' : 'mes'}`,
    usage: `${meter}: ${count}`,
    unusedTime: `Tiempo no utilizado de ${plan}`,
    remainingTime: `Tiempo restante de ${plan}`,
  }),
  fr: ({ planTitle: plan, interval, meter, quantity }, count) => ({
    plan: `${plan}, un ${interval === 'year' ? 'an' : 'mois'}`,
    trial: `${plan}, essai de ${count} ${quantity === 1 ? 'jour' : 'jours'}`,
    seats: `${count} ${quantity === 1 ? 'poste' : 'postes'}, un ${interval === 'year' ? 'an' : 'mois'}`,
    usage: `${meter} : ${count}`,
    unusedTime: `Temps non utilisé de ${plan}`,
    remainingTime: `Temps restant de ${plan}`,
  }),
};

/** "Growth, one month" in a language; English where there is no other. */
export function lineText(line: Line, language: string): string {
  if (line.kind === 'manual') return line.text ?? '';
  return texts[mailLanguage(language)](line, counted(language, line.quantity))[line.kind];
}
