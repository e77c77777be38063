import type { VNode } from 'preact';
import { LinkButton } from '../../ui/button.tsx';
import { useLocale } from '../../ui/locale.tsx';
import { ServerLogo } from '../../ui/server-logo.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { paths } from '../../paths.ts';
import { isUsable, lifecycleText, shownState } from './lifecycle.tsx';
import type { IntegrationRow } from './integration-row.ts';
import { marketplaceCopy } from './marketplace-copy.ts';

/** Its state; "not connected" is what the button says. */
function State(props: { row: IntegrationRow; mayManage: boolean }): VNode | null {
  const { row, mayManage } = props;
  const state = shownState(row.lifecycle, row.state);
  const hasButton = mayManage && isUsable(row.lifecycle);
  if (state === 'available' || state === 'disconnected')
    return hasButton ? null : <StatusBadge kind="connection" state="available" />;
  return <StatusBadge kind="connection" state={state} />;
}

function Action(props: { row: IntegrationRow; mayManage: boolean }): VNode | null {
  const { row, mayManage } = props;
  if (!mayManage || !isUsable(row.lifecycle) || row.state === 'connected') return null;
  const again = row.state === 'needsReconnect';
  const copy = marketplaceCopy;
  return (
    <LinkButton
      small
      href={`${paths.integration(row.name)}#connect`}
      label={again ? copy.reconnectLabel(row.title) : copy.connectLabel(row.title)}
    >
      {again ? copy.reconnect : copy.connect}
    </LinkButton>
  );
}

function AppCard(props: { row: IntegrationRow; mayManage: boolean }): VNode {
  const { row } = props;
  const isOpen = row.state === 'connected' || row.state === 'needsReconnect';
  const news = lifecycleText(row.lifecycle, isOpen, useLocale());
  const tags = [
    row.category.title,
    row.thirdParty ? marketplaceCopy.thirdParty : '',
    row.featured ? marketplaceCopy.popular : '',
  ];
  return (
    <li class="bz-app">
      <ServerLogo name={row.name} title={row.title} />
      <div class="bz-app-words">
        <h3>
          <a href={paths.integration(row.name)}>{row.title}</a>
        </h3>
        <p class="bz-app-tags">{tags.filter(Boolean).join(' · ')}</p>
      </div>
      <p class="bz-app-summary">{row.summary}</p>
      {news ? <p class="bz-app-news">{news}</p> : null}
      <div class="bz-app-foot">
        <span class="bz-app-state">
          <State {...props} />
          {row.account && isOpen ? <span class="bz-muted">{row.account}</span> : null}
        </span>
        <Action {...props} />
      </div>
    </li>
  );
}

/** One titled part of the grid. */
export function MarketplaceSection(props: {
  title: string;
  note?: string;
  rows: readonly IntegrationRow[];
  mayManage: boolean;
}): VNode {
  return (
    <section class="bz-market">
      <div class="bz-market-head">
        <h2>{props.title}</h2>
        {props.note ? <p class="bz-muted">{props.note}</p> : null}
      </div>
      <ul class="bz-apps">
        {props.rows.map((row) => (
          <AppCard row={row} mayManage={props.mayManage} />
        ))}
      </ul>
    </section>
  );
}
