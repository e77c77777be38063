import type { ComponentChildren, VNode } from 'preact';
import type { Operator } from '../../../db/domain/settings/operator.ts';
import { Bare } from '../../layout/bare.tsx';
import { SiteNav } from '../../layout/site-nav.tsx';
import type { PageContext } from '../../page-context.ts';
import { type LegalText, operatorLabels as labels, unnamedOperator } from './legal-copy.ts';

export interface LegalPageProps {
  frame: PageContext;
  text: LegalText;
  /** Null where the operator has entered nothing. */
  operator: Operator | null;
  /** Whether the viewer runs the platform, and is told how to enter the details. */
  runsIt: boolean;
}

function Unnamed({ runsIt }: { runsIt: boolean }): VNode {
  return (
    <div class="bz-panel">
      <h2>{unnamedOperator.title}</h2>
      <p>{unnamedOperator.text}</p>
      {runsIt ? <p>{unnamedOperator.howTo}</p> : null}
    </div>
  );
}

function Details({ operator }: { operator: Operator }): VNode {
  const mail = (address: string) => <a href={`mailto:${address}`}>{address}</a>;
  const rows: readonly [string, ComponentChildren][] = [
    [labels.name, operator.name],
    [labels.address, operator.address.map((line, index) => (index > 0 ? [<br />, line] : line))],
    [labels.email, mail(operator.email)],
    [labels.phone, operator.phone],
    [labels.registration, operator.registration],
    [labels.security, mail(operator.securityEmail)],
  ];
  return (
    <section class="bz-panel" aria-labelledby="operator">
      <h2 id="operator">{labels.title}</h2>
      <dl class="bz-facts bz-facts-rows">
        {rows
          .filter(([, value]) => value !== null)
          .map(([label, value]) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

/** GET /terms, /privacy and /imprint. */
export function LegalPage({ frame, operator, runsIt, text }: LegalPageProps): VNode {
  return (
    <Bare frame={frame} title={text.title} aside={<SiteNav frame={frame} />} wide>
      <div class="bz-narrow bz-legal">
        <h1>{text.title}</h1>
        <p class="bz-purpose">{text.purpose}</p>
        {operator ? null : <Unnamed runsIt={runsIt} />}
        {text.parts.map((part) => (
          <section>
            <h2>{part.title}</h2>
            {part.text.map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </section>
        ))}
        {operator ? <Details operator={operator} /> : null}
      </div>
    </Bare>
  );
}
