import { defineContract, json, ok, operation, type Recorded, reply } from '../upstream/contract.ts';
import {
  among,
  anyText,
  between,
  flag,
  integer,
  list,
  matching,
  object,
  type Shape,
  text,
} from '../upstream/shapes.ts';

const path = { website_id: integer };
const given = ({ body }: Recorded) => body as Record<string, unknown>;
const done = ok({ status: 'ok' });
const declined = (status: number, message: string) => reply(status, { status: 'error', message });

const newSite = {
  subdomain: matching(/^[a-z0-9-]{3,63}$/),
  region: text,
  site_title: text,
  admin_username: matching(/^[A-Za-z0-9 _.\-*@]{1,60}$/),
  admin_password: matching(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{8,}$/),
  'is_demo?': among(0, 1),
  'demo_domain_delete_after_days?': between(1, 30),
};
const business = { business_type: text, business_name: text, business_description: text };
const sections: Shape = list(object({ 'section_title?': anyText, 'section_description?': anyText }));
const outlineShape = object({
  ...business,
  'colors?': object({ background_dark: text, primary_color: text, secondary_color: text }),
  'fonts?': object({ primary_font: text }),
  pages_meta: list(object({ 'title?': anyText, 'description?': anyText, 'sections?': sections })),
  website_description: text,
  website_keyphrase: text,
  website_title: text,
  'website_type?': text,
});

const website = (id: number, subdomain: string) => ({
  id,
  name: `${subdomain}.10web.club`,
  site_url: `https://${subdomain}.10web.club`,
  admin_url: `https://${subdomain}.10web.club/wp-admin/`,
  site_title: 'My website',
  website_hash: 'a1b2c3',
  type: 'live',
  created_at: '2026-09-23 07:08:47',
  updated_at: '2026-10-10 11:22:25',
});
const domain = (id: number, name: string) => ({
  admin_url: `https://${name}/wp-admin`,
  created_at: '2026-09-23 07:08:47',
  default: 1,
  website_id: 18_925,
  id,
  name,
  scheme: 'https',
  site_url: `https://${name}`,
  updated_at: '2026-09-23 07:08:47',
});

/** 10Web's API V1 as its OpenAPI description tells it: keys in a header, no keys for repeated writes, lists whole. */
export const contract = defineContract({
  name: 'tenweb',
  baseUrl: 'https://api.10web.io',
  credentials: {
    apiKey: 'tenweb-api-key-0123456789',
    webhookSecret: 'whsec_0123456789abcdef0123456789abcdef',
  },
  headers: { 'x-api-key': text },
  errors: {
    unauthorised: () => declined(403, 'Unauthorized access'),
    // No header tells how long.
    rateLimited: () => declined(429, 'Too many requests. Please try again later.'),
    invalid: (field, message) => declined(400, `${field} ${message}`),
    unavailable: (status) => declined(status, 'Something went wrong'),
  },
  operations: [
    operation({
      id: 'listWebsites',
      route: 'GET /v1/account/websites',
      answer: (_request, memory) =>
        ok({
          data: [
            website(15_354, 'regular-herring'),
            ...['createWebsite', 'createAiWebsite'].flatMap((id) =>
              memory
                .effects(id)
                .map(({ request }, n) => website(18_925 + n, String(given(request)['subdomain']))),
            ),
          ],
        }),
    }),
    operation({
      id: 'listAvailableZones',
      route: 'GET /v1/hosting/zone/available',
      answer: ok({
        status: 'ok',
        data: [
          {
            is_available: 1,
            location: 'Council Bluffs, Iowa, USA',
            region: 'us-central1',
            zone: 'us-central1-c',
          },
          { is_available: 0, location: 'The Dalles, Oregon, USA', region: 'us-west1', zone: 'us-west1-a' },
        ],
      }),
    }),
    // DNS zones, not places; a neighbour that is easily confused.
    operation({
      id: 'listZones',
      route: 'GET /v1/hosting/zone',
      answer: ok({ status: 'ok', data: [{ id: 1_905, name: 'test.com', nameservers: '["NS1"]' }] }),
    }),
    operation({
      id: 'createWebsite',
      route: 'POST /v1/hosting/website',
      body: json(object({ ...newSite, 'enable_wp_ai_generation?': flag })),
      answer: ok({ status: 'ok', data: { website_id: 18_925 } }),
    }),
    operation({
      id: 'createAiWebsite',
      route: 'POST /v1/hosting/ai-website',
      body: json(object({ ...newSite, ...business })),
      answer: (request) =>
        ok({ website_id: 18_925, website_url: `https://${String(given(request)['subdomain'])}.10web.club` }),
    }),
    operation({
      id: 'generateSitemap',
      route: 'POST /v1/ai/generate_sitemap',
      body: json(object({ website_id: integer, params: object(business) })),
      answer: ok({
        msg: 'Success',
        status: 200,
        data: {
          business_description: 'Best restaurant in my city',
          business_name: 'My Restaurant',
          business_type: 'restaurant',
          colors: { background_dark: '#212121', primary_color: '#ff69b4', secondary_color: '#ffd700' },
          website_id: 18_925,
          fonts: { primary_font: 'Montserrat' },
          pages_meta: [
            {
              title: 'Home',
              description: 'An overview of the restaurant.',
              sections: [{ section_title: 'Hero', section_description: 'A picture of a dish.' }],
            },
          ],
          unique_id: 'ai2_unique_F405Pjih23f88mALR9DxPb1TQ0bld6g8M3uJ_JCH',
          website_description: 'Dishes and wine in the old town.',
          website_keyphrase: 'best restaurant in city',
          website_title: 'My Restaurant',
          website_type: 'basic',
        },
      }),
    }),
    operation({
      id: 'generateSiteFromSitemap',
      route: 'POST /v1/ai/generate_site_from_sitemap',
      body: json(object({ website_id: integer, unique_id: text, params: outlineShape })),
      answer: ok({ msg: 'Success', status: 200, data: { url: 'https://hara-and-lee.10web.club' } }),
    }),
    operation({
      id: 'listBackups',
      route: 'GET /v1/hosting/websites/{website_id}/backup/list',
      path,
      answer: ok({
        status: 'ok',
        data: [
          {
            backup_id: 25_340,
            backup_size: 272_243_447,
            backup_time: '20260924T052401Z',
            created_at: 'Thu, 24 Sep 2026 05:24:42 GMT',
            type: 'SCHEDULED',
          },
        ],
      }),
    }),
    operation({
      id: 'runBackup',
      route: 'POST /v1/hosting/websites/{website_id}/backup/run',
      path,
      answer: done,
    }),
    operation({
      id: 'restoreBackup',
      route: 'POST /v1/hosting/websites/{website_id}/backup/{backup_id}/restore',
      path: { ...path, backup_id: integer },
      answer: done,
    }),
    operation({
      id: 'getSettings',
      route: 'GET /v1/hosting/websites/{website_id}/settings',
      path,
      answer: (_request, memory) =>
        ok({
          status: 'ok',
          data: {
            cache_enabled: true,
            cache_time: 720,
            id: 18_925,
            object_cache: true,
            php_version: '8.3',
            staging_enabled: memory.effects('enableStaging').length > 0,
            password_protection: false,
          },
        }),
    }),
    operation({
      id: 'enableStaging',
      route: 'POST /v1/hosting/websites/{website_id}/staging/enable',
      path,
      answer: done,
    }),
    operation({
      id: 'pushToLive',
      route: 'POST /v1/hosting/websites/{staging_website_id}/push-to-live',
      path: { staging_website_id: integer },
      answer: done,
    }),
    operation({
      id: 'listDomainNames',
      route: 'GET /v1/hosting/websites/{website_id}/domain-name',
      path,
      answer: (_request, memory) =>
        ok({
          data: [
            domain(16_194, 'regular-herring.10web.club'),
            ...memory
              .effects('addDomainName')
              .map(({ request }, n) => domain(16_461 + n, String(given(request)['domain_name']))),
          ],
        }),
    }),
    operation({
      id: 'addDomainName',
      route: 'POST /v1/hosting/websites/{website_id}/domain-name',
      path,
      body: json(object({ domain_name: matching(/^([a-z0-9-]+\.)+[a-z]+$/) })),
      answer: (request) =>
        ok({
          status: 'ok',
          data: {
            domain_name: `https://${String(given(request)['domain_name'])}`,
            id: 16_461,
            message: 'Domain name successfully saved',
            nameservers: '["NS1", "NS2"]',
            status: 'ok',
          },
        }),
    }),
  ],
});
