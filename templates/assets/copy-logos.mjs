// Collects the logos of the servers that have one into one sprite, each on a tile of its own colour, and writes their
// names as a type. Marks are from Simple Icons (CC0-1.0) and Tabler Icons (MIT); as trademarks they belong to their owners.
// Run after adding a server: node templates/assets/copy-logos.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** Marks of Simple Icons by the name of the server. */
const simpleMarks = {
  'brave-search': 'brave',
  ga4: 'googleanalytics',
  github: 'github',
  'google-ads': 'googleads',
  hubspot: 'hubspot',
  mailchimp: 'mailchimp',
  'meta-ads': 'meta',
  notion: 'notion',
  paypal: 'paypal',
  posthog: 'posthog',
  quickbooks: 'quickbooks',
  razorpay: 'razorpay',
  stripe: 'stripe',
  trello: 'trello',
  whatsapp: 'whatsapp',
  wix: 'wix',
  wordpress: 'wordpress',
  xero: 'xero',
  zapier: 'zapier',
  zoom: 'zoom',
};
/** Brands that Simple Icons has no mark of: a file of @tabler/icons and the colour of the tile. */
const tablerMarks = {
  linkedin: { file: 'filled/brand-linkedin', colour: '#0A66C2', paint: 'fill' },
  slack: { file: 'outline/brand-slack', colour: '#4A154B', paint: 'stroke' },
};

const inner = (svg) =>
  svg
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<title>[^<]*<\/title>/, '')
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, '')
    .replace(/\s*\n\s*/g, '');

/** White, or near black on the few colours on which white can't be made out. */
function markColourOn(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) < 1.8 ? '#111' : '#fff';
}

function symbol(name, colour, mark, paint) {
  const on = markColourOn(colour);
  const attributes =
    paint === 'fill'
      ? `fill="${on}"`
      : `fill="none" stroke="${on}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"`;
  return `<symbol id="${name}" viewBox="0 0 24 24"><rect width="24" height="24" fill="${colour}"/><g transform="translate(5 5) scale(.58333)" ${attributes}>${mark}</g></symbol>`;
}

const colours = new Map(
  JSON.parse(readFileSync(require.resolve('simple-icons/icons.json'), 'utf8')).map(({ slug, hex }) => [
    slug,
    `#${hex}`,
  ]),
);
const symbols = {};
for (const [name, slug] of Object.entries(simpleMarks)) {
  const svg = readFileSync(require.resolve(`simple-icons/icons/${slug}.svg`), 'utf8');
  symbols[name] = symbol(name, colours.get(slug), inner(svg), 'fill');
}
for (const [name, { file, colour, paint }] of Object.entries(tablerMarks)) {
  const svg = readFileSync(require.resolve(`@tabler/icons/${file}.svg`), 'utf8');
  symbols[name] = symbol(name, colour, inner(svg), paint);
}

const names = Object.keys(symbols).sort();
writeFileSync(
  new URL('logos.svg', import.meta.url),
  `<!-- Marks: Simple Icons (CC0-1.0), Tabler Icons (MIT). Trademarks of their owners. -->\n<svg xmlns="http://www.w3.org/2000/svg">\n${names.map((name) => symbols[name]).join('\n')}\n</svg>\n`,
);
writeFileSync(
  new URL('../ui/logo-names.ts', import.meta.url),
  `/** Servers with a logo in the sprite; written by templates/assets/copy-logos.mjs. */\nexport const logoNames = [\n${names
    .map((name) => `  '${name}',\n`)
    .join('')}] as const;\n`,
);
