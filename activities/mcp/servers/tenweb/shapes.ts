import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { VendorApi } from '../../kit/vendor-api.ts';

export const websiteId = z.int().min(1).describe('The id that 10Web gives a website');

/** Facts about the business, from which texts and images are generated. */
export const business = {
  business_type: z.string().min(1).max(100).describe('For example agency, restaurant, store'),
  business_name: z.string().min(1).max(200),
  business_description: z.string().min(1).max(5_000),
};

export const newSite = {
  subdomain: z
    .string()
    .regex(/^[a-z0-9-]{3,63}$/, 'Use 3 to 63 small letters, digits and hyphens')
    .describe('The first part of the address at 10Web'),
  region: z.string().min(1).max(60).describe('A zone of tenweb_list_regions'),
  site_title: z.string().min(1).max(200),
  admin_username: z
    .string()
    .regex(/^[A-Za-z0-9 _.\-*@]{1,60}$/, 'Use letters, digits, spaces and _ . - * @ only')
    .default('admin'),
};

/**
 * A password no one needs to know: the person who maintains the site signs in from 10Web's dashboard, or has it reset
 * by email.
 */
export function newPassword(): string {
  return `aA1${randomBytes(24).toString('base64url')}`;
}

export const websiteAnswer = z.object({
  id: z.number(),
  name: z.string().nullish(),
  site_url: z.string().nullish(),
  admin_url: z.string().nullish(),
  site_title: z.string().nullish(),
  type: z.string().nullish(),
  created_at: z.string().nullish(),
});

/** The site an earlier attempt created: subdomains belong to 10Web, with one site each. */
export async function siteOf(subdomain: string, api: VendorApi) {
  const answer = z.object({ data: websiteAnswer.array() });
  const { data } = await api.get('/v1/account/websites', answer);
  return data.find(({ site_url }) => site_url && firstLabel(site_url) === subdomain) ?? null;
}

function firstLabel(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname.split('.')[0]! : '';
}

export const outline = z.object({
  business_type: z.string(),
  business_name: z.string(),
  business_description: z.string(),
  website_title: z.string(),
  website_description: z.string(),
  website_keyphrase: z.string(),
  website_type: z.string().optional(),
  colors: z
    .object({ background_dark: z.string(), primary_color: z.string(), secondary_color: z.string() })
    .optional(),
  fonts: z.object({ primary_font: z.string() }).optional(),
  pages_meta: z
    .array(
      z.object({
        title: z.string(),
        description: z.string(),
        sections: z.array(z.object({ section_title: z.string(), section_description: z.string() })),
      }),
    )
    .min(1)
    .max(50),
});
