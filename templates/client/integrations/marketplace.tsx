import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths, withQuery, type Query } from '../../paths.ts';
import { askText, marketplaceCopy } from './marketplace-copy.ts';
import { MarketplaceSection } from './marketplace-card.tsx';
import type { IntegrationRow } from './integration-row.ts';

export interface MarketplacePageProps {
  frame: PageContext;
  /** Those that match the query. */
  integrations: readonly IntegrationRow[];
  /** In their order; `count` is how many match the rest of the query. */
  categories: readonly { key: string; title: string; count: number }[];
  query: Query;
  mayManage: boolean;
  /** Who can connect, for a person who can't. */
  askWhom: readonly { name: string; role: string }[];
}

const path = paths.integrations;
/** What live-search.js swaps while a person types. */
const resultsId = 'results';

function Search(props: { query: Query }): VNode {
  const { query } = props;
  const states = Object.entries(marketplaceCopy.states);
  return (
    <div class="bz-filters">
      <form method="get" action={path} role="search" data-live-search={resultsId}>
        <label class="bz-search">
          <span class="visually-hidden">{marketplaceCopy.search}</span>
          <Icon name="search" />
          <input
            class="form-control"
            type="search"
            name="q"
            value={query['q'] ?? ''}
            placeholder={marketplaceCopy.search}
            autocomplete="off"
          />
        </label>
        <label class="bz-filter">
          <span>{marketplaceCopy.state}</span>
          <select class="form-select" name="state">
            <option value="">Any</option>
            {states.map(([value, label]) => (
              <option value={value} selected={value === query['state']}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {query['category'] ? <input type="hidden" name="category" value={query['category']} /> : null}
        <button type="submit" class="btn">
          {marketplaceCopy.searchButton}
        </button>
      </form>
    </div>
  );
}

function Categories(props: Pick<MarketplacePageProps, 'categories' | 'query'>): VNode {
  const { categories, query } = props;
  const chosen = query['category'];
  const all = categories.reduce((sum, { count }) => sum + count, 0);
  const chips = [{ key: '', title: marketplaceCopy.allCategories, count: all }, ...categories];
  return (
    <nav aria-label={marketplaceCopy.categories}>
      <ul class="bz-category-chips">
        {chips.map(({ key, title, count }) => (
          <li>
            <a
              href={withQuery(path, query, { category: key || undefined })}
              aria-current={key === (chosen ?? '') ? 'true' : undefined}
            >
              {title} <span class="bz-muted">{count}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface Section {
  title: string;
  note?: string;
  rows: readonly IntegrationRow[];
}

/** What was chosen in setup and is not connected yet, what is connected, then the rest by category. */
function sectionsOf({ integrations, categories }: MarketplacePageProps): Section[] {
  const isConnected = ({ state }: IntegrationRow) => state === 'connected' || state === 'needsReconnect';
  const chosen = integrations.filter((row) => row.chosen && !isConnected(row));
  const connected = integrations.filter(isConnected);
  // What has to be reconnected comes first.
  const urgent = [...connected].sort(
    (a, b) => Number(b.state === 'needsReconnect') - Number(a.state === 'needsReconnect'),
  );
  const rest = integrations.filter((row) => !row.chosen && !isConnected(row));
  return [
    { title: marketplaceCopy.chosen, note: marketplaceCopy.chosenNote, rows: chosen },
    { title: marketplaceCopy.connected, rows: urgent },
    ...categories.map(({ key, title }) => ({
      title,
      rows: rest.filter(({ category }) => category.key === key),
    })),
  ].filter(({ rows }) => rows.length > 0);
}

function Results(props: MarketplacePageProps): VNode {
  const { integrations, query } = props;
  const filtered = Boolean(query['q'] || query['category'] || query['state']);
  return (
    <div id={resultsId}>
      <Categories {...props} />
      {integrations.length > 0 ? (
        sectionsOf(props).map((section) => <MarketplaceSection {...section} mayManage={props.mayManage} />)
      ) : filtered ? (
        <NoMatch clearHref={path} what="integrations" />
      ) : (
        <EmptyState
          icon="plug-connected"
          title={marketplaceCopy.emptyTitle}
          text={marketplaceCopy.emptyText}
        />
      )}
    </div>
  );
}

/** GET /app/integrations: `q`, `category`, `state`. */
export function MarketplacePage(props: MarketplacePageProps): VNode {
  return (
    <Shell frame={props.frame} title={marketplaceCopy.title}>
      <PageHeader title={marketplaceCopy.title} purpose={marketplaceCopy.purpose} />
      {props.mayManage ? null : (
        <Notice tone="idle" icon="info-circle">
          {askText(props.askWhom, 'an integration')}
        </Notice>
      )}
      <Search query={props.query} />
      <p class="visually-hidden" role="status" id={`${resultsId}-count`}>
        {marketplaceCopy.found(props.integrations.length)}
      </p>
      <Results {...props} />
    </Shell>
  );
}
