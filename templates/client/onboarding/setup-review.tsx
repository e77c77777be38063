import { onboardingTitles } from '../../../db/domain/onboarding/steps.ts';
import type { VNode } from 'preact';
import type { SubmittableStep } from '../../../db/domain/onboarding/steps.ts';
import { Checkbox } from '../../ui/choices.tsx';
import { paths } from '../../paths.ts';
import { reviewCopy as copy } from './copy.ts';
import { SetupShell } from './setup-shell.tsx';
import type { SetupPageProps } from './setup-shell.tsx';

export interface SetupReviewPageProps extends SetupPageProps {
  /** Every choice, in words, by step. */
  choices: readonly { step: SubmittableStep; facts: readonly { label: string; value: string }[] }[];
  /** "€49 a month after 14 days; you pay nothing today." */
  priceSentence: string;
}

/** /app/setup/review: acceptTerms = "true". */
export function SetupReviewPage(props: SetupReviewPageProps): VNode {
  return (
    <SetupShell
      {...props}
      step="review"
      title={copy.title}
      purpose={copy.purpose}
      submit={copy.submit}
      next={copy.next}
    >
      <div class="bz-review">
        {props.choices.map((choice) => (
          <section aria-labelledby={`review-${choice.step}`}>
            <div class="bz-review-head">
              <h2 id={`review-${choice.step}`}>{onboardingTitles[choice.step]}</h2>
              <a href={paths.setupStep(choice.step)}>
                {copy.change}
                <span class="visually-hidden"> {onboardingTitles[choice.step]}</span>
              </a>
            </div>
            <dl class="bz-facts bz-facts-rows">
              {choice.facts.map((fact) => (
                <div>
                  <dt>{fact.label}</dt>
                  <dd>{fact.value}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p class="bz-price">{props.priceSentence}</p>
      <Checkbox
        name="acceptTerms"
        label={
          <>
            {copy.accept.before} <a href={paths.terms}>{copy.accept.terms}</a> {copy.accept.after}
          </>
        }
      />
    </SetupShell>
  );
}
