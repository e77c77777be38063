import type { VNode } from 'preact';
import { Icon } from './icon.tsx';
import type { Option } from './inputs.tsx';
import { withQuery } from '../paths.ts';
import type { Query } from '../paths.ts';

export interface Filter {
  name: string;
  label: string;
  /** Without options it is a text or date field. */
  options?: readonly Option[];
  type?: 'text' | 'date';
  placeholder?: string;
}

interface FilterBarProps {
  path: string;
  query: Query;
  /** Placeholder of the search field `q`; no search without it. */
  search?: string;
  filters: readonly Filter[];
}

/** Filters that are set, each as a chip that takes it away. */
function Chips(props: FilterBarProps): VNode | null {
  const set = props.filters.filter((filter) => props.query[filter.name]);
  const q = props.query['q'];
  if (set.length === 0 && !q) return null;
  const clear: Record<string, undefined> = { q: undefined, cursor: undefined };
  for (const filter of props.filters) clear[filter.name] = undefined;
  const without = (name: string) =>
    withQuery(props.path, props.query, { [name]: undefined, cursor: undefined });
  return (
    <ul class="bz-chips" aria-label="Filters in use">
      {q ? <Chip text={`“${q}”`} href={without('q')} /> : null}
      {set.map((filter) => {
        const value = props.query[filter.name] ?? '';
        const label = filter.options?.find((option) => option.value === value)?.label ?? value;
        return <Chip text={`${filter.label}: ${label}`} href={without(filter.name)} />;
      })}
      <li>
        <a href={withQuery(props.path, props.query, clear)}>Clear filters</a>
      </li>
    </ul>
  );
}

function Chip(props: { text: string; href: string }): VNode {
  return (
    <li>
      <a class="bz-chip" href={props.href} aria-label={`Remove filter ${props.text}`}>
        {props.text}
        <Icon name="x" />
      </a>
    </li>
  );
}

function Control(props: { filter: Filter; value: string }): VNode {
  const { filter, value } = props;
  if (!filter.options) {
    return (
      <input
        class="form-control"
        type={filter.type ?? 'text'}
        name={filter.name}
        value={value}
        placeholder={filter.placeholder}
      />
    );
  }
  return (
    <select class="form-select" name={filter.name}>
      <option value="">Any</option>
      {filter.options.map((option) => (
        <option value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

/** Search and filters; all of them are in the address, so that a link shows the same list. */
export function FilterBar(props: FilterBarProps): VNode {
  return (
    <div class="bz-filters">
      <form method="get" action={props.path} role="search" data-autosubmit>
        {props.search ? (
          <label class="bz-search">
            <span class="visually-hidden">{props.search}</span>
            <Icon name="search" />
            <input
              class="form-control"
              type="search"
              name="q"
              value={props.query['q'] ?? ''}
              placeholder={props.search}
            />
          </label>
        ) : null}
        {props.filters.map((filter) => (
          <label class="bz-filter">
            <span>{filter.label}</span>
            <Control filter={filter} value={props.query[filter.name] ?? ''} />
          </label>
        ))}
        {props.query['sort'] ? <input type="hidden" name="sort" value={props.query['sort']} /> : null}
        {props.query['tab'] ? <input type="hidden" name="tab" value={props.query['tab']} /> : null}
        <button type="submit" class="btn">
          Filter
        </button>
      </form>
      <Chips {...props} />
    </div>
  );
}
