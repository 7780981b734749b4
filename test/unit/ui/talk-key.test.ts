import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../lib/protocol/messages.ts';
import type { Phase, Turn } from '../../../lib/protocol/snapshot.ts';
import { createTalkKey } from '../../../lib/ui/view/talk-key.ts';

const begin = { type: 'talk-begin' };
const end = { type: 'talk-end', send: true };
const drop = { type: 'talk-end', send: false };

/** A key in a call as the test says it is; intents are answered one by one when the test lets them. */
function keyIn(phase: Phase, turn: Turn | null = null) {
  const now = { phase, turn };
  const sent: Intent[] = [];
  const told: Intent[] = [];
  const unanswered: ((taken: boolean) => void)[] = [];
  const key = createTalkKey(
    (intent) => {
      sent.push(intent);
      return new Promise((resolve) => unanswered.push(resolve));
    },
    (intent) => told.push(intent),
    () => now,
  );
  return {
    key,
    sent,
    told,
    /** The snapshot that comes with the answer, or with the next broadcast. */
    show: (nextPhase: Phase, nextTurn: Turn | null) => Object.assign(now, { phase: nextPhase, turn: nextTurn }),
    async answer(taken = true) {
      unanswered.shift()?.(taken);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('a key that is held', () => {
  it('begins the turn when it goes down, and sends it when it comes up', async () => {
    const { key, sent, answer, show } = keyIn('live', 'resting');
    key.down('pointer 1');
    expect(sent).toEqual([begin]);
    show('live', 'held');
    await answer();
    key.up('pointer 1');
    expect(sent).toEqual([begin, end]);
  });

  it('is held once, whoever else presses or lets go', async () => {
    const { key, sent, answer, show } = keyIn('live', 'resting');
    key.down('pointer 1');
    key.down('pointer 1');
    key.down(' ');
    show('live', 'held');
    await answer();
    key.up(' ');
    expect(sent).toEqual([begin]);
    key.up('pointer 1');
    key.up('pointer 1');
    key.release();
    expect(sent).toEqual([begin, end]);
  });

  it('sends the turn when the window loses the focus', async () => {
    const { key, sent, answer } = keyIn('live', 'resting');
    key.down(' ');
    await answer();
    key.release();
    expect(sent).toEqual([begin, end]);
    key.up(' ');
    expect(sent).toHaveLength(2);
  });

  it('never lets the end overtake the begin that starts the call', async () => {
    const { key, sent, answer } = keyIn('idle');
    key.down('pointer 1');
    key.up('pointer 1');
    expect(sent).toEqual([begin]);
    await answer();
    expect(sent).toEqual([begin, end]);
  });

  it('begins again at once, even before the first turn is answered', async () => {
    const { key, sent, answer, show } = keyIn('live', 'resting');
    key.down(' ');
    show('live', 'held');
    key.up(' ');
    key.down(' ');
    await answer();
    await answer();
    await answer();
    key.up(' ');
    expect(sent).toEqual([begin, end, begin, end]);
  });

  it('takes over a turn that is open already, and sends it', () => {
    const { key, sent } = keyIn('live', 'held');
    key.down('pointer 1');
    expect(sent).toEqual([]);
    key.up('pointer 1');
    expect(sent).toEqual([end]);
  });

  it('can throw the turn away; letting go then sends nothing', async () => {
    const { key, sent, answer } = keyIn('live', 'resting');
    key.down(' ');
    await answer();
    key.drop();
    key.up(' ');
    expect(sent).toEqual([begin, drop]);
  });

  it('leaves no turn open when the page goes away in the middle', async () => {
    const { key, sent, told, answer } = keyIn('idle');
    key.down('pointer 1');
    key.leave();
    expect([sent, told]).toEqual([[begin], [end]]);
    await answer();
    expect([sent, told]).toEqual([[begin], [end]]);
  });

  it('sends what still waited when the page goes away', () => {
    const { key, sent, told } = keyIn('idle');
    key.down('pointer 1');
    key.release();
    key.leave();
    expect([sent, told]).toEqual([[begin], [end]]);
  });

  it('ends a turn that could not be begun without asking, so that the reason stays on the screen', async () => {
    const { key, sent, told, answer } = keyIn('idle');
    key.down('pointer 1');
    key.up('pointer 1');
    await answer(false);
    expect([sent, told]).toEqual([[begin], [end]]);
  });
});

describe('a key that is tapped', () => {
  it('begins and ends by turns', async () => {
    const { key, sent, answer, show } = keyIn('live', 'resting');
    key.toggle();
    show('live', 'held');
    await answer();
    key.toggle();
    show('live', 'thinking');
    await answer();
    key.toggle();
    expect(sent).toEqual([begin, end, begin]);
  });

  it('knows what it has asked for before the answer', async () => {
    const { key, sent, answer } = keyIn('idle');
    key.toggle();
    key.toggle();
    key.toggle();
    for (let times = 0; times < 3; times += 1) await answer();
    expect(sent).toEqual([begin, end, begin]);
  });

  it('ends the turn of a call that still comes up', async () => {
    const { key, sent, answer, show } = keyIn('idle');
    key.toggle();
    show('connecting', null);
    await answer();
    key.toggle();
    expect(sent).toEqual([begin, end]);
  });

  it('begins when another way of talking has ended the turn', async () => {
    const { key, sent, answer, show } = keyIn('live', 'resting');
    key.toggle();
    show('live', 'held');
    await answer();
    show('live', 'resting');
    key.toggle();
    expect(sent).toEqual([begin, begin]);
  });

  it('stays open when the page goes away: it was not held', async () => {
    const { key, told, answer } = keyIn('live', 'resting');
    key.toggle();
    await answer();
    key.release();
    key.leave();
    expect(told).toEqual([]);
  });
});
