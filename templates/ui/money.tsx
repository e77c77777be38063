import type { VNode } from 'preact';
import { formatMoney, type Money as MoneyValue } from '../../db/domain/money.ts';
import { useLocale } from './locale.tsx';
import { numberText } from './format.ts';

export function Money(props: { value: MoneyValue }): VNode {
  return <span class="bz-num">{formatMoney(props.value, useLocale().language)}</span>;
}

/** Without cents where there are none; for figures and prices. */
export function RoundMoney(props: { value: MoneyValue }): VNode {
  return <span class="bz-num">{priceText(props.value, useLocale().language)}</span>;
}

export function Count(props: { value: number }): VNode {
  return <span class="bz-num">{numberText(props.value, useLocale())}</span>;
}

/** "€49" where there are no cents, "€49.50" where there are; for prices in sentences. */
export function priceText(value: MoneyValue, language: string): string {
  return formatMoney(value, language).replace(/([.,])00(?=\D*$)/, '');
}
