import type { ComponentChildren, VNode } from 'preact';
import { assetUrls, importedByMain } from './assets.ts';
import type { PageContext } from '../page-context.ts';
import { paths } from '../paths.ts';
import { Localised } from '../ui/locale.tsx';

/** Eval stays off: the policy forbids it, and none of our attributes needs it. */
const htmxConfig = JSON.stringify({
  includeIndicatorCSS: false,
  history: false,
  sse: { reconnectMaxDelay: 15_000 },
});

/** The HTML document around every page. */
export function Document(props: {
  frame: PageContext;
  title: string;
  class?: string;
  children: ComponentChildren;
}): VNode {
  const { frame } = props;
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${props.title} · ${frame.brand.name}`}</title>
        <script src={assetUrls.themeJs} />
        <link rel="icon" href={assetUrls.favicon} type="image/svg+xml" />
        <link rel="icon" href={assetUrls.faviconIco} sizes="32x32" />
        <link rel="apple-touch-icon" href={assetUrls.appleTouchIcon} />
        <link rel="manifest" href={paths.manifest} />
        <link rel="stylesheet" href={assetUrls.portalCss} />
        {importedByMain.map((url) => (
          <link rel="modulepreload" href={url} />
        ))}
        <meta name="htmx-config" content={htmxConfig} />
        {/* Before htmx, so that main.js hears of the first connection. All of them run in this order, after the page. */}
        <script src={assetUrls.mainJs} type="module" />
        {frame.palette ? <script src={assetUrls.paletteJs} type="module" /> : null}
        <script src={assetUrls.htmxJs} defer />
        <script src={assetUrls.htmxSseJs} defer />
      </head>
      {/* Inheritance is explicit in htmx 4: without the suffix no request below would carry the token. */}
      <body
        class={props.class}
        {...{ 'hx-headers:inherited': JSON.stringify({ 'x-csrf-token': frame.csrfToken }) }}
      >
        <a class="bz-skip" href="#main">
          Skip to the content
        </a>
        <Localised frame={frame}>{props.children}</Localised>
      </body>
    </html>
  );
}
