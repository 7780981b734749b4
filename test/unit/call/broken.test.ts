import { expect, it, vi } from 'vitest';
import type { Snapshot } from '../../../lib/protocol/snapshot.ts';
import { plan } from './play.ts';
import { setTheStage } from './stage.ts';

const secret = 'marzipan';

it('an error of our own in a call closes the microphone and the line, and says so without what it quotes', async () => {
  const lines: string[] = [];
  const shown: Snapshot[] = [];
  const stage = setTheStage({
    log: (line) => void lines.push(line),
    publish(snapshot) {
      if (snapshot.muted) throw new TypeError(`cannot show "${secret}" of https://${secret}.example`);
      shown.push(snapshot);
    },
  });
  await stage.live();
  expect([...stage.open]).toContain('microphone');
  stage.call.mute(true);
  expect([...stage.open]).toEqual([]);
  expect(shown.at(-1)).toMatchObject({ phase: 'failed', fault: { code: 'internal' }, turn: null });
  expect(stage.finished).toHaveBeenCalledOnce();
  expect(JSON.stringify(shown.at(-1)?.fault)).toContain('TypeError: cannot show ‹…› of ‹address›');
  expect(JSON.stringify([lines, shown.at(-1)?.fault])).not.toContain(secret);
});

it('where nothing can be shown any more, the document may go', async () => {
  let broken = false;
  let idle = 0;
  const stage = setTheStage({
    idle: () => void (idle += 1),
    publish() {
      if (broken) throw new Error('no feed');
    },
  });
  await stage.live();
  broken = true;
  stage.call.say('Hello.');
  expect([...stage.open]).toEqual([]);
  expect(idle).toBe(1);
  expect(await stage.call.isOver()).toBe(true);
});

it('the next call is one like any other', async () => {
  let broken = true;
  const stage = setTheStage({
    publish({ muted }) {
      if (muted && broken) throw new Error('no feed');
    },
  });
  await stage.live();
  stage.call.mute(true);
  expect(stage.call.snapshot()).toMatchObject({ phase: 'failed' });
  broken = false;
  stage.call.start(plan());
  await vi.waitFor(() => expect([...stage.open]).toContain('line'));
  stage.server({ type: 'session.created', session: {} });
  await stage.until('live');
  expect(stage.call.snapshot()).toMatchObject({ phase: 'live', fault: null });
});
