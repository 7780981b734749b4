/** The list of steps, and the frame of each. */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { steps, type Done, type Place, type Step } from './course.ts';
import { welcomeWords } from './words.ts';

export function StepList({ place, done, go }: { place: Place; done: Done; go: (to: Place) => void }) {
  const words = welcomeWords.use();
  return (
    <nav aria-label={words.stepList}>
      <ol class="steps">
        {steps.map((step) => (
          <li key={step}>
            <button
              type="button"
              class={done[step] ? 'done' : ''}
              aria-current={step === place ? 'step' : undefined}
              onClick={() => go(step)}
            >
              {words.steps[step].title}
              {done[step] && <span class="visually-hidden">, {words.stepDone}</span>}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The heading takes the focus when its section comes, so that a screen reader begins there and Tab goes on from there. */
export function Heading({ id, children }: { id: string; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <h2 id={id} ref={heading} tabIndex={-1}>
      {children}
    </h2>
  );
}

interface StepCardProps {
  step: Step;
  done: boolean;
  goOn: () => void;
  /** The button's label when the step is done. */
  next?: string;
  children: ComponentChildren;
}

export function StepCard({ step, done, goOn, next, children }: StepCardProps) {
  const words = welcomeWords.use();
  const { title, why } = words.steps[step];
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div>
        <p class="help">{words.stepOf(steps.indexOf(step) + 1, steps.length)}</p>
        <Heading id={id}>{title}</Heading>
      </div>
      <p>{why}</p>
      {children}
      <button type="button" class={done ? 'primary' : 'link'} onClick={goOn}>
        {done ? (next ?? words.next) : words.skip}
      </button>
    </section>
  );
}
