/** A model that calls tools as no model should. */
import { isAnswered, isLive, linesOf } from '../../../browser/lines.ts';
import type { FaultCase } from '../../case.ts';

const forms = ['invalid-json', 'wrong-arguments', 'unknown-name', 'huge', 'many', 'same-call-id'] as const;

export const hostileTools: FaultCase[] = forms.map((form) => ({
  id: 'F63',
  shape: form,
  runs: 1,
  async play({ extension, page, engine }) {
    await (await extension.clickToolbar(page)).close();
    await extension.send({ type: 'start', microphone: false });
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    await engine.add('hostile-tool-calls', { form }, { times: 1 });
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    await extension.waitForSnapshot((snapshot) => linesOf(snapshot, 'tool').length > 0, 20_000, 'a row');
    const calm = await extension.waitForSnapshot(
      (snapshot) => snapshot.turn === 'waiting' && linesOf(snapshot, 'tool').every(({ state }) => state !== 'running'),
      30_000,
      'the tools to be over',
    );
    const rows = linesOf(calm, 'tool');
    if (rows.length > 32) throw new Error(`${rows.length} rows`);
    if (form === 'same-call-id' && rows.length !== 1) throw new Error(`${rows.length} rows for one call id`);
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    const answered = await extension.waitForSnapshot(
      (snapshot) => isAnswered(snapshot) || (snapshot.turn === 'waiting' && linesOf(snapshot, 'assistant').length > 0),
      30_000,
      'an answer to the next question',
    );
    const failed = linesOf(answered, 'tool').find(({ state }) => state === 'failed');
    return { saw: failed ? `a row that says why (${failed.fault}), then the answer` : 'the answer' };
  },
}));
