/** Asks the relay for what a call would ask for, and says what came of it. */
import { useState } from 'preact/hooks';
import { sendIntent } from '../../link/request.ts';
import { faultOf, type Fault } from '../../protocol/faults.ts';
import type { RelayReport } from '../../protocol/messages.ts';
import type { Settings } from '../../protocol/settings.ts';
import { sentenceOf } from '../words/fault.ts';
import { pageWords } from '../words/page-words.ts';
import { callWords } from '../words/words.ts';
import { Left } from './left.tsx';

export type Outcome = { report: RelayReport } | { fault: Fault } | 'testing' | null;

export interface RelayTest {
  outcome: Outcome;
  test(asked: Pick<Settings, 'relay' | 'model' | 'voice'>): Promise<void>;
  /** What was asked for is another now. */
  forget(): void;
}

export function useRelayTest(): RelayTest {
  const [outcome, setOutcome] = useState<Outcome>(null);
  return {
    outcome,
    async test({ relay: { url, deviceToken }, model, voice }) {
      setOutcome('testing');
      try {
        // The coordinator validated the relay's answer; a fault was thrown instead of anything else.
        const report = await sendIntent({ type: 'test-relay', relayUrl: url, deviceToken, model, voice });
        setOutcome({ report: report as RelayReport });
      } catch (error) {
        setOutcome({ fault: faultOf(error) });
      }
    },
    forget: () => setOutcome(null),
  };
}

function isReport(outcome: Outcome): outcome is { report: RelayReport } {
  return outcome !== null && outcome !== 'testing' && 'report' in outcome;
}

export function TestResult({ outcome }: { outcome: Outcome }) {
  const words = pageWords.use().options;
  const ofCall = callWords.use();
  let look = '';
  let text = '';
  let detail = '';
  if (outcome === 'testing') text = words.testing;
  else if (isReport(outcome)) {
    look = 'good';
    text = words.ready(outcome.report.provider, outcome.report.model, outcome.report.voice);
  } else if (outcome) {
    look = 'bad';
    const { fault } = outcome;
    text = sentenceOf(fault, ofCall);
    detail = [fault.code, fault.detail].filter(Boolean).join(': ');
  }
  return (
    <div role="status">
      <p class={`result ${look}`}>{text}</p>
      {isReport(outcome) && <Left limits={outcome.report.limits} />}
      {detail && <code class="help">{detail}</code>}
    </div>
  );
}
