import { AppError } from '../../../db/domain/errors.ts';
import { assets, assetUrls } from '../../../templates/layout/assets.ts';
import { paths } from '../../../templates/paths.ts';
import {
  robotsTxt,
  securityTxt,
  sitemapXml,
  webManifest,
} from '../../../templates/public/home/site-files.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineRaw } from '../../kit/route.ts';

/** A day: their addresses are fixed, so they can't be kept for ever. */
const cacheControl = 'public, max-age=86400';

const siteFile = (path: string, type: string, read: (context: RequestContext) => string | Buffer) =>
  defineRaw({
    path,
    access: 'public',
    async serve(context) {
      const body = read(context);
      context.response.type(type).set('cache-control', cacheControl).send(body);
    },
  });

const picture = (url: string): Buffer => {
  const asset = assets.get(url);
  if (!asset) throw new AppError('request.not-found');
  return asset.body;
};

/** Files that browsers, phones and search engines ask for under addresses of their own choice. */
export const siteFileRoutes = [
  siteFile(paths.robots, 'text/plain', ({ deps }) => robotsTxt(deps.publicUrl)),
  siteFile(paths.sitemap, 'application/xml', ({ deps }) => sitemapXml(deps.publicUrl)),
  siteFile(paths.securityTxt, 'text/plain', ({ deps }) => {
    // Without a contact it would be no valid file.
    if (!deps.operator) throw new AppError('request.not-found');
    return securityTxt(deps.operator, deps.publicUrl, new Date());
  }),
  siteFile(paths.manifest, 'application/manifest+json', (context) =>
    webManifest(pageContextOf(context).brand.name),
  ),
  siteFile('/favicon.ico', 'image/x-icon', () => picture(assetUrls.faviconIco)),
  siteFile('/apple-touch-icon.png', 'image/png', () => picture(assetUrls.appleTouchIcon)),
];
