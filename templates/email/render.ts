import { convert } from 'html-to-text';
import type { MailValues, TextValues } from './engine.ts';
import { mailLanguage } from './languages.ts';
import { mailPage } from './layout.ts';
import type { MailTemplate } from '../../db/domain/settings/mail-templates.ts';
import { type MailTexts, shippedTexts } from './texts.ts';
import { paths } from '../paths.ts';

export type { MailValues } from './engine.ts';
export { type MailTemplate, mailTemplates } from '../../db/domain/settings/mail-templates.ts';

export interface RenderedMail {
  /** One line, fit for a header. */
  subject: string;
  html: string;
  text: string;
}

const brand = 'BizOSaaS';

/** Where the button of each email leads. */
const buttonLinks: Record<MailTemplate, (values: MailValues) => string> = {
  'verify-email': linkOf,
  'account-exists': (values) => portalPage(values, paths.signIn),
  'onboarding-reminder': (values) => portalPage(values, paths.setup),
  'onboarding-abandoned': (values) => portalPage(values, paths.signUp),
  welcome: (values) => portalPage(values, paths.app),
  invoice: linkOf,
  'billing-reminder': (values) => portalPage(values, paths.billing),
  'payment-failed': (values) => portalPage(values, paths.billing),
  invitation: linkOf,
  'member-removed': (values) => portalPage(values, paths.signIn),
  'offboarding-receipt': (values) => portalPage(values, paths.home),
  'api-key-expiring': (values) => portalPage(values, paths.apiKeys),
  'sessions-ended': (values) => portalPage(values, paths.signIn),
  'ownership-transferred': (values) => portalPage(values, paths.team),
  'connection-lost': linkOf,
  'server-deprecated': (values) => portalPage(values, paths.integrations),
  'server-disabled': linkOf,
  'server-retired': (values) => portalPage(values, paths.integrations),
  'view-started': (values) => portalPage(values, paths.app),
  'reset-password': linkOf,
  'approval-requested': linkOf,
  'workflow-message': (values) => portalPage(values, paths.home),
  'workers-lost': (values) => portalPage(values, paths.workers),
  'security-notice': (values) => portalPage(values, paths.accountSecurity),
};

function linkOf({ link }: MailValues): string {
  if (typeof link !== 'string') throw new Error('this mail needs a link');
  return link;
}

function portalPage({ portal }: MailValues, path: string): string {
  if (typeof portal !== 'string') throw new Error('a mail needs the address of the portal');
  return `${portal}${path}`;
}

/**
 * The email of a template in a language, or in English where that language has none. Every template takes `name`,
 * `business` and `portal`, and its own values; throws when one is missing.
 */
export async function renderMail(
  template: MailTemplate,
  language: string,
  values: MailValues,
): Promise<RenderedMail> {
  const written = mailLanguage(language);
  const link = buttonLinks[template](values);
  return fill(shippedTexts[written][template], { ...values, brand, language: written }, link);
}

function fill(texts: MailTexts, values: TextValues, link: string): RenderedMail {
  const heading = texts.heading.asHtml(values);
  const body = texts.body.asHtml(values);
  const button = texts.button.asHtml(values);
  const why = texts.why.asHtml(values);
  return {
    subject: oneLine(texts.subject.asPlain(values)),
    html: mailPage({ language: values.language, brand, heading, body, button, link, why }),
    text: `${toText(`<h1>${heading}</h1>${body}`)}\n\n${toText(button)}:\n${link}\n\n-- \n${toText(why)}\n`,
  };
}

/** A value with a line break in it must not begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function toText(html: string): string {
  return convert(html, { wordwrap: 78, selectors: [{ selector: 'h1', options: { uppercase: false } }] });
}
