import { type Answer, type Answering, ok, type Recorded, reply } from './contract.ts';

/** A generated list: item `n` of `total`, counted from 0. Three pages long, the last of them with one item. */
type Item = (n: number, request: Recorded) => unknown;
/** A vendor's way of dividing lists, waiting for the items. */
type Pages = (item: Item) => Answering;

/** What all ways have in common: from where, how many, and how the page is put into an answer. */
function divided(style: {
  /** Where the page begins; null for a mark that was never given. */
  from: (request: Recorded) => number | null;
  size: (request: Recorded) => number;
  answer: (
    page: { items: unknown[]; next: number | null; total: number; size: number },
    request: Recorded,
  ) => Answer;
}): Pages {
  return (item) => (request) => {
    const size = style.size(request);
    const from = style.from(request);
    if (from === null) return reply(400, { message: 'This page mark was never given out.' });
    const total = size * 2 + 1;
    const until = Math.min(from + size, total);
    const items = Array.from({ length: Math.max(0, until - from) }, (_, index) =>
      item(from + index, request),
    );
    return style.answer({ items, next: until < total ? until : null, total, size }, request);
  };
}

const given = (request: Recorded, name: string, inBody = false): unknown =>
  inBody ? (request.body as Record<string, unknown>)[name] : request.query[name];
const sizeBy =
  (name: string | undefined, standard: number, inBody = false) =>
  (request: Recorded): number =>
    name === undefined ? standard : Number(given(request, name, inBody) ?? standard);

/** The last item's id marks the next page (Stripe); ids end in the item's number. */
export const byLastId = (style: {
  param: string;
  size: string;
  standard: number;
  answer: (items: unknown[], more: boolean) => unknown;
}): Pages =>
  divided({
    from: (request) => {
      const mark = given(request, style.param);
      if (mark === undefined) return 0;
      const [digits] = /\d+$/.exec(String(mark as string)) ?? [];
      return digits === undefined ? null : Number(digits) + 1;
    },
    size: sizeBy(style.size, style.standard),
    answer: ({ items, next }) => ok(style.answer(items, next !== null)),
  });

/** A token marks the next page; only tokens that were given out are taken. */
export const byToken = (style: {
  param: string;
  /** Absent where the vendor decides how long a page is. */
  size?: string;
  standard: number;
  inBody?: boolean;
  answer: (items: unknown[], token: string | undefined, total: number) => unknown;
}): Pages =>
  divided({
    from: (request) => {
      const mark = given(request, style.param, style.inBody);
      if (mark === undefined) return 0;
      const [, place] = /^page-from-(\d+)$/.exec(String(mark as string)) ?? [];
      return place === undefined ? null : Number(place);
    },
    size: sizeBy(style.size, style.standard, style.inBody),
    answer: ({ items, next, total }) =>
      ok(style.answer(items, next === null ? undefined : `page-from-${next}`, total)),
  });

/** How many items to leave out. */
export const byOffset = (style: {
  param: string;
  size: string;
  standard: number;
  first?: number;
  inBody?: boolean;
  answer: (items: unknown[], total: number) => unknown;
}): Pages =>
  divided({
    from: (request) =>
      Number(given(request, style.param, style.inBody) ?? style.first ?? 0) - (style.first ?? 0),
    size: sizeBy(style.size, style.standard, style.inBody),
    answer: ({ items, total }) => ok(style.answer(items, total)),
  });

/** Numbered pages, from 1; `beyond` is the answer to a page after the last, where the vendor has one. */
export const byPage = (style: {
  param: string;
  size: string;
  standard: number;
  beyond?: Answer;
  answer: (items: unknown[], facts: { page: number; pages: number; total: number; size: number }) => Answer;
}): Pages => {
  const size = sizeBy(style.size, style.standard);
  const page = (request: Recorded) => Number(given(request, style.param) ?? 1);
  return divided({
    from: (request) => (page(request) - 1) * size(request),
    size,
    answer: ({ items, total, size: perPage }, request) =>
      items.length === 0 && style.beyond
        ? style.beyond
        : style.answer(items, {
            page: page(request),
            pages: Math.ceil(total / perPage),
            total,
            size: perPage,
          }),
  });
};
