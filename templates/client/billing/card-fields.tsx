import type { VNode } from 'preact';
import { Icon } from '../../ui/icon.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { cardCopy as copy } from './copy.ts';

/** A card as it is typed: card.number, card.expMonth, card.expYear, card.cvc. */
export function CardFields(): VNode {
  return (
    <div class="bz-card-fields">
      <TextInput name="card.number" label={copy.number} inputMode="numeric" autocomplete="cc-number" />
      <div class="bz-three">
        <TextInput name="card.expMonth" label={copy.month} inputMode="numeric" autocomplete="cc-exp-month" />
        <TextInput name="card.expYear" label={copy.year} inputMode="numeric" autocomplete="cc-exp-year" />
        <TextInput
          name="card.cvc"
          label={copy.securityCode}
          inputMode="numeric"
          autocomplete="cc-csc"
          type="password"
        />
      </div>
    </div>
  );
}

export const CardPrivacy = (): VNode => (
  <p class="bz-help">
    <Icon name="lock" /> {copy.privacy}
  </p>
);
