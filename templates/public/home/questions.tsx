import type { VNode } from 'preact';
import { publicHomeCopy } from './copy.ts';

/** What people ask before they sign up. */
export function Questions(): VNode {
  const { items, title } = publicHomeCopy.questions;
  return (
    <section class="bz-site-part" aria-labelledby="questions">
      <h2 id="questions">{title}</h2>
      <div class="bz-questions">
        {items.map(({ question, answer }) => (
          <details>
            <summary>{question}</summary>
            <p>{answer}</p>
          </details>
        ))}
      </div>
    </section>
  );
}
