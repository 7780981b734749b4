/** What came of connecting: who answers now, or what is wrong and what to do. */
import { browser } from 'wxt/browser';
import { sentenceOf } from '../words/fault.ts';
import { pageWords } from '../words/page-words.ts';
import { callWords } from '../words/words.ts';
import type { Outcome } from './connect.ts';
import { welcomeWords } from './words.ts';

/** `connected`: host of the relay in the settings; empty: none. */
export function Result({ outcome, connected }: { outcome: Outcome | 'working' | null; connected: string }) {
  const { options } = pageWords.use();
  const ofCall = callWords.use();
  const words = welcomeWords.use().relay;
  let look = '';
  let text = connected && words.connected(connected);
  let detail: string | undefined;
  if (outcome === 'working') text = options.testing;
  else if (outcome && 'report' in outcome) {
    look = 'good';
    text = options.ready(outcome.report.provider, outcome.report.model, outcome.report.voice);
  } else if (outcome && 'refused' in outcome) {
    look = 'bad';
    text = words.problems[outcome.refused];
  } else if (outcome) {
    look = 'bad';
    const { fault, kept } = outcome;
    text = [sentenceOf(fault, ofCall), kept ? words.kept : ''].filter(Boolean).join(' ');
    detail = [fault.code, fault.detail].filter(Boolean).join(': ');
  }
  const isStranger = outcome !== 'working' && outcome && 'fault' in outcome && outcome.fault.code === 'relay-origin';
  return (
    <div role="status" title={detail}>
      <p class={`result ${look}`}>{text}</p>
      {isStranger && (
        <p class="help">
          {options.extensionId}: <code>{browser.runtime.id}</code>
        </p>
      )}
    </div>
  );
}
