import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Fact, KeyFacts } from '../../ui/key-facts.tsx';
import { setupCopy } from './copy.ts';
import { setupCardCopy as copy } from './copy.ts';
import { SetupProgress, type SetupStepItem } from './setup-shell.tsx';

export interface SetupCardProps {
  steps: readonly SetupStepItem[];
  /** The step to continue with; null while the platform finishes the rest. */
  continueStep: string | null;
  maySubmit: boolean;
}

/** How far the setup is, on the client's home. */
export function SetupCard(setup: SetupCardProps): VNode {
  const left = setup.steps.filter((step) => !['done', 'coming', 'skipped'].includes(step.state)).length;
  const href = setup.continueStep ? paths.setupStep(setup.continueStep) : '/app/setup';
  return (
    <Card
      title={copy.title}
      class="bz-setup-card"
      note={setup.continueStep ? copy.left(left, setup.steps.length) : copy.finishing}
      flush
      action={
        setup.maySubmit ? (
          <LinkButton href={href} look="primary">
            {setup.continueStep ? copy.continue : copy.view}
          </LinkButton>
        ) : undefined
      }
    >
      <SetupProgress steps={setup.steps} />
    </Card>
  );
}

/** What the tenant chose in the setup and can't have yet, on the client's home. */
export function ComingCard(props: { facts: readonly Fact[] }): VNode {
  return (
    <Card title={setupCopy.comingTitle} note={setupCopy.comingNote}>
      <KeyFacts rows facts={props.facts} />
    </Card>
  );
}
