import { afterEach, describe, expect, it } from 'vitest';
import { changeBetween, changed } from '../../../lib/link/change.ts';
import { openFeedSource } from '../../../lib/link/feed-source.ts';
import { watchSnapshots } from '../../../lib/link/feed.ts';
import { idleSnapshot, type Line, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import { createStore } from '../../../lib/ui/store.ts';

const line = (id: string, text = id): Line => ({ kind: 'assistant', id, at: 1, text, state: 'streaming' });
const at = (seq: number, lines: Line[], bootId = 'host'): Snapshot => ({ ...idleSnapshot, bootId, seq, lines });

describe('what changes between two snapshots', () => {
  const [a, b, c, d] = [line('a'), line('b'), line('c'), line('d')];
  it.each<[string, Line[], Line[], number]>([
    ['more text in the last line', [a, b, c], [a, b, line('c', 'more')], 1],
    ['a new line', [a], [a, b], 1],
    ['a line that comes late', [a, c], [a, b, c], 1],
    ['two lines apart', [a, b, c, d], [a, line('b', 'x'), line('c', 'y'), d], 2],
    ['a line less', [a, b, c], [a, c], 0],
    ['the same line twice in a row', [a], [a, a], 1],
    ['nothing', [a, b], [a, b], 0],
    ['everything', [a, b], [c, d], 2],
    ['the first line', [], [a], 1],
    ['the end of all', [a, b], [], 0],
  ])('is %s, and leads to the second again', (_, before, next, count) => {
    const change = changeBetween(at(1, before), at(2, next));
    expect(change.lines).toHaveLength(count);
    expect(changed(at(1, before), structuredClone(change))).toEqual(at(2, next));
  });

  it('leaves the other lines the objects that they are', () => {
    const change = changeBetween(at(1, [a, b]), at(2, [a, line('b', 'more')]));
    expect(changed(at(1, [a, b]), change)?.lines[0]).toBe(a);
  });

  it('does not follow on another snapshot, nor on another host', () => {
    const change = changeBetween(at(1, [a]), at(2, [a, b]));
    expect(changed(at(0, [a]), change)).toBeNull();
    expect(changed(at(1, [a], 'other'), change)).toBeNull();
  });
});

describe('the feed', () => {
  const closers: (() => void)[] = [];
  afterEach(() => closers.splice(0).forEach((close) => close()));
  const source = () => {
    const opened = openFeedSource();
    closers.push(opened.close);
    return opened;
  };
  /** A view that opens now; the coordinator answers it with `answer`. */
  const view = async (answer: Snapshot = idleSnapshot) => {
    const store = createStore({
      hostGone: () => new Promise<void>(() => undefined),
      send: async () => answer,
      watchSnapshots(see) {
        closers.push(watchSnapshots(see));
        return () => undefined;
      },
      watchLevels: () => () => undefined,
    });
    await store.connect();
    return store;
  };
  const shows = (store: Awaited<ReturnType<typeof view>>, wanted: Snapshot) =>
    expect.poll(() => store.snapshot.get()).toEqual(wanted);

  it('brings a view that was there from the beginning up to date', async () => {
    const [feed, store] = [source(), await view()];
    const [first, second] = [line('a'), line('b')];
    feed.publish(at(1, [first]));
    feed.publish(at(2, [first, second]));
    feed.publish(at(3, [first, { ...second, text: 'more' } as Line]));
    await shows(store, at(3, [line('a'), line('b', 'more')]));
  });

  it('brings a view that opens in the middle of a call up to date with the next word', async () => {
    const feed = source();
    const first = line('a');
    feed.publish(at(1, [first]));
    feed.publish(at(2, [first, line('b')]));
    const store = await view();
    feed.publish(at(3, [first, line('b'), line('c')]));
    await shows(store, at(3, [line('a'), line('b'), line('c')]));
  });

  it('goes on from the answer of the coordinator', async () => {
    const feed = source();
    const first = line('a');
    feed.publish(at(1, [first]));
    const store = await view(at(1, [line('a')]));
    feed.publish(at(2, [first, line('b')]));
    await shows(store, at(2, [line('a'), line('b')]));
  });

  it('does not go back for what is older than the answer', async () => {
    const feed = source();
    const store = await view(at(5, [line('a'), line('b')]));
    feed.publish(at(4, [line('a')]));
    feed.publish(at(5, [line('a'), line('b')]));
    feed.publish(at(6, [line('a'), line('b', 'more')]));
    await shows(store, at(6, [line('a'), line('b', 'more')]));
  });
});
