// Collects the icons the portal uses from @tabler/icons into one sprite and writes their names as a type.
// Run after adding a name: node templates/assets/copy-icons.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const names = [
  'activity',
  'alert-circle',
  'alert-triangle',
  'arrow-down',
  'arrow-left',
  'arrow-right',
  'arrow-up',
  'arrows-sort',
  'ban',
  'bell',
  'book',
  'building-store',
  'calendar-event',
  'calendar-time',
  'chart-bar',
  'chart-dots',
  'check',
  'chevron-down',
  'chevron-right',
  'circle',
  'circle-check',
  'circle-dashed',
  'circle-dot',
  'circle-minus',
  'circle-x',
  'clipboard-list',
  'clock',
  'coin',
  'copy',
  'credit-card',
  'dots',
  'download',
  'external-link',
  'file-invoice',
  'filter',
  'flag',
  'gauge',
  'heart-rate-monitor',
  'history',
  'home',
  'hourglass',
  'id-badge-2',
  'info-circle',
  'key',
  'lifebuoy',
  'list-check',
  'list-details',
  'loader',
  'lock',
  'logout',
  'mail',
  'menu-2',
  'message-circle',
  'moon',
  'player-pause',
  'player-play',
  'player-skip-forward',
  'player-stop',
  'plug-connected',
  'plus',
  'progress',
  'receipt',
  'refresh',
  'report-analytics',
  'robot',
  'rocket',
  'route',
  'search',
  'send',
  'settings',
  'shield-check',
  'shield-lock',
  'sun',
  'tool',
  'trash',
  'trending-down',
  'trending-up',
  'user',
  'user-plus',
  'users',
  'users-group',
  'world',
  'x',
];

const symbols = names.map((name) => {
  const svg = readFileSync(require.resolve(`@tabler/icons/outline/${name}.svg`), 'utf8');
  const inner = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, '')
    .replace(/\s*\n\s*/g, '');
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
});
writeFileSync(
  new URL('icons.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join('\n')}\n</svg>\n`,
);
writeFileSync(
  new URL('../ui/icon-names.ts', import.meta.url),
  `/** Icons of the sprite; written by templates/assets/copy-icons.mjs. */\nexport const iconNames = [\n${names
    .map((name) => `  '${name}',\n`)
    .join('')}] as const;\nexport type IconName = (typeof iconNames)[number];\n`,
);
