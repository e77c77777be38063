import * as z from 'zod';
import { moneySchema, toMajorNumber } from '../../kit/money.ts';
import { at } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { conversionActionId, customerId } from './gaql.ts';
import { type AdsFailure, wordOf } from './failure.ts';

const conversion = z.strictObject({
  order_id: z.string().min(1).max(100).describe('Your own number of it; the same number counts once'),
  gclid: z.string().min(1).max(512).describe('The click id that came with the visitor'),
  happened_at: z.iso.datetime({ offset: true }),
  value: moneySchema.extend({ minor: z.int().min(0) }),
});

/** "2026-11-02 09:30:00+00:00", the only way Ads reads a moment. */
function adsTime(moment: string): string {
  return new Date(moment).toISOString().slice(0, 19).replace('T', ' ') + '+00:00';
}

const alreadyThere = /^(CLICK_CONVERSION_ALREADY_EXISTS|DUPLICATE_ORDER_ID|ORDER_ID_ALREADY_IN_USE)$/;

export const conversionTools = [
  defineTool({
    name: 'google_ads_upload_conversions',
    title: 'Report sales',
    description:
      'Tells Google Ads which clicks became sales or signed quotes, so that it learns. Those it knows already count once; refused ones come back with the reason.',
    risk: 'write',
    idempotent: true,
    input: {
      customer_id: customerId,
      conversion_action_id: conversionActionId,
      conversions: z.array(conversion).min(1).max(2_000),
    },
    example: {
      customer_id: '7420158839',
      conversion_action_id: '690118254',
      conversions: [
        {
          order_id: 'Q-2026-118',
          gclid: 'Cj0KCQiA5NovemberCare',
          happened_at: '2026-11-02T09:30:00Z',
          value: { minor: 58800, currency: 'EUR' },
        },
      ],
    },
    output: z.object({
      accepted: z.int(),
      refused: z.array(z.object({ order_id: z.string(), message: z.string() })),
    }),
    async run({ customer_id, conversion_action_id, conversions }, api) {
      const answer = z.object({ partialFailureError: z.unknown().optional() });
      const { partialFailureError } = await api.post(
        path`/customers/${customer_id}:uploadClickConversions`,
        answer,
        {
          repeatable: true,
          body: {
            conversions: conversions.map((one) => ({
              gclid: one.gclid,
              conversionAction: `customers/${customer_id}/conversionActions/${conversion_action_id}`,
              conversionDateTime: adsTime(one.happened_at),
              conversionValue: toMajorNumber(one.value),
              currencyCode: one.value.currency,
              orderId: one.order_id,
            })),
            partialFailure: true,
          },
        },
      );
      const details = (at(partialFailureError, 'details') ?? []) as { errors?: AdsFailure[] }[];
      const refused = details
        .flatMap(({ errors }) => errors ?? [])
        .filter((error) => !alreadyThere.test(wordOf(error)))
        .map((error) => ({
          order_id: conversions[error.location?.fieldPathElements?.[0]?.index ?? -1]?.order_id ?? '',
          message: error.message ?? wordOf(error),
        }));
      return { accepted: conversions.length - refused.length, refused };
    },
  }),
];
