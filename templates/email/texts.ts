import { readFileSync } from 'node:fs';
import { type MailTemplate, mailTemplates } from '../../db/domain/settings/mail-templates.ts';
import { type MailText, parseText } from './engine.ts';
import { type MailLanguage, mailLanguages } from './languages.ts';

/** The parts of one email; `why` gives the reason the recipient gets it. */
export type MailTexts = Record<'subject' | 'heading' | 'button' | 'why' | 'body', MailText>;

/** Reads `name: text` lines up to the first empty line, then the body. Throws when a part is missing. */
export function parseTexts(source: string): MailTexts {
  const end = source.indexOf('\n\n');
  const head = new Map(
    source
      .slice(0, end)
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const part = (name: string) => {
    const text = head.get(name);
    if (!text) throw new Error(`the mail text has no "${name}:" line`);
    return parseText(text);
  };
  return {
    subject: part('subject'),
    heading: part('heading'),
    button: part('button'),
    why: part('why'),
    body: parseText(source.slice(end + 2)),
  };
}

function load(language: MailLanguage): Record<MailTemplate, MailTexts> {
  const read = (template: MailTemplate) =>
    readFileSync(new URL(`./texts/${language}/${template}.liquid`, import.meta.url), 'utf8');
  return Object.fromEntries(
    mailTemplates.map((template) => [template, parseTexts(read(template))]),
  ) as Record<MailTemplate, MailTexts>;
}

/** The texts that ship with the platform; read once, when the process starts. */
export const shippedTexts = Object.fromEntries(
  mailLanguages.map((language) => [language, load(language)]),
) as Record<MailLanguage, Record<MailTemplate, MailTexts>>;
