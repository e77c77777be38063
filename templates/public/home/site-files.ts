import type { Operator } from '../../../db/domain/settings/operator.ts';
import { assetUrls } from '../../layout/assets.ts';
import { paths } from '../../paths.ts';

/** Pages that search engines may list. */
export const listedPages: readonly string[] = [
  paths.home,
  paths.pricing,
  paths.docs,
  paths.signUp,
  paths.status,
  paths.terms,
  paths.privacy,
  paths.imprint,
];

/** Everything behind a sign-in stays out of search engines. */
export function robotsTxt(publicUrl: string): string {
  const closed = [paths.admin, paths.app, '/api', paths.activity, paths.acceptInvitation, paths.verifyEmail];
  return [
    'User-agent: *',
    ...closed.map((path) => `Disallow: ${path}`),
    `Sitemap: ${publicUrl}${paths.sitemap}`,
    '',
  ].join('\n');
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function sitemapXml(publicUrl: string): string {
  const urls = listedPages.map((path) => `  <url><loc>${escaped(publicUrl + path)}</loc></url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('')}</urlset>\n`;
}

const validityMs = 180 * 86_400_000;

/** Where to report a vulnerability, by RFC 9116; it is valid for half a year from `now`. */
export function securityTxt(operator: Operator, publicUrl: string, now: Date): string {
  return [
    `Contact: mailto:${operator.securityEmail}`,
    `Expires: ${new Date(now.getTime() + validityMs).toISOString()}`,
    'Preferred-Languages: en',
    `Canonical: ${publicUrl}${paths.securityTxt}`,
    '',
  ].join('\n');
}

/** What a phone needs to put the portal on its home screen. */
export function webManifest(brandName: string): string {
  return JSON.stringify({
    name: brandName,
    short_name: brandName,
    start_url: paths.home,
    display: 'minimal-ui',
    background_color: '#f7f8fa',
    theme_color: '#3453c9',
    icons: [
      { src: assetUrls.favicon, type: 'image/svg+xml', sizes: 'any' },
      { src: assetUrls.icon192, type: 'image/png', sizes: '192x192' },
      { src: assetUrls.icon512, type: 'image/png', sizes: '512x512' },
    ],
  });
}
