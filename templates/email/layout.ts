import type { MailLanguage } from './languages.ts';

/** The parts of an email. Everything but `link` and `brand` is HTML. */
export interface MailPage {
  language: MailLanguage;
  brand: string;
  heading: string;
  body: string;
  button: string;
  link: string;
  why: string;
}

const linkHints: Record<MailLanguage, string> = {
  en: 'If the button doesn’t work, open this link:',
  de: 'Falls die Schaltfläche nicht funktioniert, öffnen Sie diesen Link:',
  es: 'Si el botón no funciona, abra este enlace:',
  fr: 'Si le bouton ne fonctionne pas, ouvrez ce lien :',
};

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

const fonts = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** Colours are inline, which every email client supports; clients with a dark mode use these instead. */
const darkMode = `
    @media (prefers-color-scheme: dark) {
      .page { background: #16181d !important; color: #e8eaed !important; }
      .sheet { background: #21242b !important; border-color: #363b45 !important; }
      .quiet, .quiet a { color: #a9b0bb !important; }
      .button { background: #91a7ff !important; color: #10131a !important; }
    }`;

/** The whole email: one sheet of at most 600 px with one button. */
export function mailPage(page: MailPage): string {
  const link = escapeHtml(page.link);
  const brand = escapeHtml(page.brand);
  return `<!doctype html>
<html lang="${page.language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="supported-color-schemes" content="light dark">
  <title>${page.heading}</title>
  <style>:root { color-scheme: light dark; }${darkMode}
  </style>
</head>
<body class="page" style="margin: 0; padding: 0; background: #f2f4f7; color: #1f2430;">
  <div class="page" style="padding: 24px 12px; background: #f2f4f7; color: #1f2430; font: 16px/1.5 ${fonts};">
    <div style="max-width: 600px; margin: 0 auto;">
      <p style="margin: 0 4px 12px; font-size: 18px; font-weight: 700;">${brand}</p>
      <div class="sheet" style="padding: 28px 24px; background: #ffffff; border: 1px solid #dfe3ea; border-radius: 12px;">
        <h1 style="margin: 0 0 16px; font-size: 22px; line-height: 1.3; overflow-wrap: anywhere;">${page.heading}</h1>
        <div style="overflow-wrap: anywhere;">${page.body}</div>
        <p style="margin: 24px 0;"><a class="button" href="${link}" style="display: inline-block; padding: 12px 22px; background: #3b5bdb; color: #ffffff; border-radius: 8px; font-weight: 600; text-decoration: none;">${page.button}</a></p>
        <p class="quiet" style="margin: 0; color: #5b6472; font-size: 13px; overflow-wrap: anywhere;">${linkHints[page.language]}<br>${link}</p>
      </div>
      <p class="quiet" style="margin: 16px 4px 0; color: #5b6472; font-size: 13px; overflow-wrap: anywhere;">${page.why}</p>
    </div>
  </div>
</body>
</html>
`;
}
