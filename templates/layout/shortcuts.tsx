import type { VNode } from 'preact';
import { Dialog } from '../ui/dialog.tsx';

const shortcutsCopy = {
  title: 'Keyboard shortcuts',
  keys: [
    { keys: ['Ctrl K', '⌘ K'], text: 'Search, or run an action' },
    { keys: ['/'], text: 'Search this list' },
    { keys: ['j', 'k'], text: 'Next or previous row' },
    { keys: ['Enter'], text: 'Open the selected row' },
    { keys: ['Esc'], text: 'Close a menu or dialog' },
    { keys: ['?'], text: 'Show these shortcuts' },
  ],
} as const;

/** Every key the portal listens to. */
export function Shortcuts(): VNode {
  return (
    <dl class="bz-shortcuts">
      {shortcutsCopy.keys.map(({ keys, text }) => (
        <div>
          <dt>
            {keys.map((key) => (
              <kbd>{key}</kbd>
            ))}
          </dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Opened by `?` on every page of the portal. */
export function ShortcutsDialog(): VNode {
  return (
    <Dialog id="shortcuts" title={shortcutsCopy.title}>
      <Shortcuts />
    </Dialog>
  );
}

export const shortcutsTitle = shortcutsCopy.title;
