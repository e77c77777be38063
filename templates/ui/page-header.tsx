import type { ComponentChildren, VNode } from 'preact';
import { useSection } from './section.tsx';

export interface Crumb {
  title: string;
  href: string;
}

/** Where we are, what this page is for, and the one thing to do here. */
export function PageHeader(props: {
  crumbs?: readonly Crumb[];
  title: string;
  /** Before the title, decorative. */
  logo?: ComponentChildren;
  /** One sentence. */
  purpose?: ComponentChildren;
  /** At most one primary action, with quieter ones after it. */
  action?: ComponentChildren;
  /** Beside the title, such as a status. */
  mark?: ComponentChildren;
}): VNode {
  const section = useSection();
  return (
    <div class="bz-head">
      {props.crumbs && props.crumbs.length > 0 ? (
        <nav aria-label="Breadcrumb" class="bz-crumbs">
          <ol>
            {section ? <li>{section}</li> : null}
            {props.crumbs.map((crumb) => (
              <li>
                <a href={crumb.href}>{crumb.title}</a>
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <div class="bz-head-row">
        {props.logo}
        <div class="bz-head-words">
          <h1>
            {props.title}
            {props.mark ? <> {props.mark}</> : null}
          </h1>
          {props.purpose ? <p class="bz-purpose">{props.purpose}</p> : null}
        </div>
        {props.action ? <div class="bz-head-actions">{props.action}</div> : null}
      </div>
    </div>
  );
}
