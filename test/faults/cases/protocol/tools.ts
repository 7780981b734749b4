/** A model that calls tools as no model should. */
import type { Snapshot } from '../../../../lib/protocol/snapshot.ts';
import { isLive, linesOf } from '../../../browser/lines.ts';
import type { FaultCase } from '../../case.ts';

const forms = ['invalid-json', 'wrong-arguments', 'unknown-name', 'huge', 'many', 'same-call-id'] as const;
/** As many calls of one response are looked at. */
const mostRows = 32;

export const hostileTools: FaultCase[] = forms.map((form) => ({
  id: 'F63',
  shape: form,
  runs: 1,
  async play({ extension, page, engine }) {
    await (await extension.clickToolbar(page)).close();
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    await engine.add('hostile-tool-calls', { form }, { times: 1 });
    const ask = async (questions: number): Promise<Snapshot> => {
      await extension.send({ type: 'say', text: 'How much is a ticket?' });
      return extension.waitForSnapshot((snapshot) => isSettled(snapshot, questions), 45_000, 'an answer');
    };
    const rows = linesOf(await ask(1), 'tool').filter(({ name }) => name !== 'page_outline');
    if (rows.length > mostRows) throw new Error(`${rows.length} rows`);
    if (form === 'same-call-id' && rows.length !== 1) throw new Error(`${rows.length} rows for one call id`);
    await ask(2);
    const failed = rows.find(({ state }) => state === 'failed');
    return { saw: failed ? `a row that says why (${failed.fault}), then the answer` : 'the answer' };
  },
}));

/** So many questions are asked, the last one is answered, and nothing is at work any more. */
function isSettled({ lines, turn }: Snapshot, questions: number): boolean {
  const asked = lines.filter(({ kind }) => kind === 'person');
  // Words that were pointed at stand behind the answer.
  const behind = lines.slice(lines.findLastIndex(({ kind }) => kind === 'person'));
  const answered = behind.some(({ kind, state }) => kind === 'assistant' && state === 'final');
  const atWork = lines.some(({ kind, state }) => kind === 'tool' && state === 'running');
  return asked.length === questions && answered && !atWork && (turn === 'listening' || turn === 'waiting');
}
