import type { ComponentChildren, JSX } from 'preact';

const style = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .5rem; text-align: left; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; border: 1px solid var(--line); padding: .75rem; overflow: auto; }
iframe { width: 100%; height: 40rem; border: 1px solid var(--line); background: #fff; }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
`;

/** The frame of the launcher's own pages (mailbox, payment sandbox): plain HTML, readable on a phone and aloud. */
export function Page({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <style>{style}</style>
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  );
}

export function Time({ at }: { at: string }): JSX.Element {
  return <time dateTime={at}>{at.slice(0, 19).replace('T', ' ')} UTC</time>;
}
