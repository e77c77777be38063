import { Liquid } from 'liquidjs';
import { formatMoney } from '../../db/domain/money.ts';
import type { MailLanguage } from './languages.ts';
import { stepTitle } from './step-titles.ts';

export type MailValues = Record<string, string | number | boolean>;

/** What a text can use: the values of its email, and the language it is written in. */
export type TextValues = MailValues & { language: MailLanguage };

/** A part of an email, ready to be filled in. Both throw when the text uses a value that is missing. */
export interface MailText {
  /** For a header or any other plain text. */
  asPlain(values: TextValues): string;
  /** Every value escaped; the markup is the text's own. */
  asHtml(values: TextValues): string;
}

const plain = sandbox();
const escaping = sandbox('escape');

/**
 * Reads a Liquid text. Texts may come from tenants: they reach no file, no prototype and no unnamed value, cannot
 * print a value unescaped, and are stopped when they are too long, take too long or make too much.
 */
export function parseText(source: string): MailText {
  const forPlain = plain.parse(source);
  const forHtml = escaping.parse(source);
  // Synchronous, so that the time limit counts this text and not what else the process does meanwhile.
  return {
    asPlain: (values) => String(plain.renderSync(forPlain, values)).trim(),
    asHtml: (values) => String(escaping.renderSync(forHtml, values)).trim(),
  };
}

function sandbox(outputEscape?: 'escape'): Liquid {
  const liquid = new Liquid({
    // A map in place of a folder: include, render and layout find nothing and never look at the disk.
    templates: {},
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    parseLimit: 20_000,
    renderLimit: 100,
    memoryLimit: 1_000_000,
    outputEscape,
  });
  delete liquid.filters['raw'];
  liquid.registerFilter('money', function (amountMinor: number, currency: string) {
    return formatMoney({ amountMinor, currency }, languageOf(this));
  });
  liquid.registerFilter('step_title', function (step: string) {
    return stepTitle(step, languageOf(this));
  });
  liquid.registerFilter('day', function (iso: string, zone?: string) {
    // A day of the calendar is the same everywhere.
    const timeZone = iso.length === 'YYYY-MM-DD'.length ? 'UTC' : (zone ?? zoneOf(this));
    return new Intl.DateTimeFormat(languageOf(this), { dateStyle: 'long', timeZone }).format(new Date(iso));
  });
  liquid.registerFilter('moment', function (iso: string, zone?: string) {
    const style = { dateStyle: 'long', timeStyle: 'short', timeZone: zone ?? zoneOf(this) } as const;
    return new Intl.DateTimeFormat(languageOf(this), style).format(new Date(iso));
  });
  return liquid;
}

function languageOf(filter: { context: { environments: object } }): MailLanguage {
  return (filter.context.environments as TextValues).language;
}

/** The recipient's timezone. */
function zoneOf(filter: { context: { environments: object } }): string {
  const { timezone } = filter.context.environments as TextValues;
  return typeof timezone === 'string' ? timezone : 'UTC';
}
