/** Past calls through what may happen to them while they are kept: a clock, a damaged record, a write that fails, an update. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../support/browser.ts';
import { assistant, at, facts, openCallsBrowser, person, type CallsBrowser } from '../support/calls-browser.ts';
import type { ToolLine } from '../../lib/protocol/snapshot.ts';

const executablePath = await findBrowser();

const read = (id: string): ToolLine => ({ kind: 'tool', id, at, name: 'read_page', arguments: '{}', state: 'done' });

describe.skipIf(!executablePath)('Past calls are kept', () => {
  let stage: CallsBrowser;
  beforeAll(async () => {
    stage = await openCallsBrowser(executablePath!);
  });
  beforeEach(() => stage.begin());
  afterEach(() => stage.end());
  afterAll(() => stage?.close());

  it('while the clock is set back, before the beginning of the call', async () => {
    await stage.page.evaluate(
      async (call, lines) => {
        let now = call.startedAt;
        const recorder = window.calls.createRecorder(window.calls.connectToCalls(), { clock: () => now });
        recorder.record(call, lines.slice(0, 1));
        await recorder.flush();
        now -= 3_600_000;
        recorder.record(call, lines.slice(0, 2));
        await recorder.flush();
        // Taken up again in the hour that comes twice.
        recorder.record({ ...call, startedAt: call.startedAt + 1000, goesOn: true }, lines.slice(2));
        await recorder.flush();
      },
      facts('a'),
      [person('1', 'Hello'), assistant('2', 'Hello.'), person('3', 'And?')],
    );
    const text = await stage.read('a');
    expect(text?.lines.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(text?.call).toMatchObject({ startedAt: at, endedAt: at + 1000, openMs: 0 });
  });

  it('also when the record of the open call is damaged: it is written anew', async () => {
    const told = await stage.page.evaluate(
      async (call, lines) => {
        const connection = window.calls.connectToCalls();
        const seen: string[] = [];
        const recorder = window.calls.createRecorder(connection, { see: (each) => seen.push(each) });
        recorder.record(call, lines.slice(0, 1));
        await recorder.flush();
        const db = await connection.openToWrite();
        await window.calls.asked(
          db.transaction('calls', 'readwrite').objectStore('calls').put({ id: call.id, usage: 'much' }),
        );
        recorder.record(call, lines);
        await recorder.flush();
        return seen;
      },
      facts('a'),
      [person('1', 'Hello'), assistant('2', 'Hello.')],
    );
    expect(told).toEqual([]);
    expect((await stage.read('a'))?.lines).toHaveLength(2);
  });

  it('after a write that failed, though nothing more is said', async () => {
    const told = await stage.page.evaluate(
      async (call, lines) => {
        const connection = window.calls.connectToCalls();
        const { openToWrite } = connection;
        let fails = 2;
        // As a database that is being repaired, or whose process has died.
        connection.openToWrite = () => ((fails -= 1) >= 0 ? Promise.reject(new Error('gone')) : openToWrite());
        const seen: string[] = [];
        const back = Promise.withResolvers<void>();
        const recorder = window.calls.createRecorder(connection, {
          delayMs: 5,
          see: (each) => (seen.push(each), each === 'keeping' && back.resolve()),
        });
        recorder.record(call, lines);
        await back.promise;
        return seen;
      },
      facts('a'),
      [person('1', 'Hello'), assistant('2', 'Hello.')],
    );
    expect(told).toEqual(['unavailable', 'keeping']);
    expect((await stage.read('a'))?.lines).toHaveLength(2);
  });

  it('from the version before: they are there, and what rows send is kept from then on', async () => {
    await stage.page.evaluate(
      async (call, line) => {
        const opening = indexedDB.open(window.calls.databaseName, 1);
        opening.addEventListener('upgradeneeded', () => {
          const { result: db } = opening;
          db.createObjectStore('calls', { keyPath: 'id' }).createIndex('startedAt', 'startedAt');
          db.createObjectStore('lines', { keyPath: ['callId', 'place'] });
          db.createObjectStore('backup', { autoIncrement: true }).createIndex('callId', 'callId');
        });
        const db = await window.calls.asked(opening);
        const transaction = db.transaction(['calls', 'lines'], 'readwrite');
        transaction.objectStore('calls').put({
          ...call,
          title: 'Old',
          named: true,
          pinned: false,
          lines: 1,
          bytes: 9,
          toldAt: null,
          endedAt: call.startedAt,
        });
        transaction.objectStore('lines').put({ callId: call.id, place: 0, line });
        await window.calls.done(transaction);
        db.close();
      },
      facts('old'),
      person('1', 'Hello'),
    );
    await keepSent('new', { t1: 'what it read' });
    expect((await stage.list()).calls.map(({ id }) => id).toSorted()).toEqual(['new', 'old']);
    expect(await stage.read('old')).toMatchObject({ call: { title: 'Old' }, lines: [{ text: 'Hello' }], skipped: 0 });
    expect(await sent('new', 't1')).toEqual({ output: 'what it read' });
  });

  describe('with what their rows sent', () => {
    it('word for word, row by row, until the call is deleted', async () => {
      await keepSent('a', { t1: '{"text":"tea"}', t2: 'other' });
      expect([await sent('a', 't1'), await sent('a', 't2')]).toEqual([
        { output: '{"text":"tea"}' },
        { output: 'other' },
      ]);
      expect([await sent('a', 'no'), await sent('b', 't1')]).toEqual([null, null]);
      await stage.page.evaluate(() => window.calls.deleteCalls(window.calls.connectToCalls(), ['a']));
      expect(await sent('a', 't1')).toBeNull();
    });

    it('within bounds: the oldest goes first, also over a part that was taken up again', async () => {
      await keepSent('a', { t1: 'x'.repeat(99_000), t2: 'y'.repeat(99_000) });
      await keepSent('a', { t3: 'z'.repeat(99_000) }, at + 5000);
      expect(await sent('a', 't1')).toBeNull();
      expect((await sent('a', 't2'))?.output).toHaveLength(99_000);
      expect((await sent('a', 't3'))?.output).toHaveLength(99_000);
      expect((await stage.read('a'))?.call.bytes).toBeGreaterThan(250_000);
    });
  });

  /** A call with one tool row for each of these. */
  async function keepSent(id: string, outputs: Record<string, string>, startedAt = at): Promise<void> {
    await stage.page.evaluate(
      async (call, lines, all) => {
        const recorder = window.calls.createRecorder(window.calls.connectToCalls(), {
          sentOf: (lineId) => (lineId in all ? { output: all[lineId]! } : null),
        });
        recorder.record(call, lines);
        await recorder.flush();
      },
      facts(id, startedAt),
      Object.keys(outputs).map(read),
      outputs,
    );
  }

  function sent(callId: string, lineId: string) {
    return stage.page.evaluate(
      (call, line) => window.calls.readSent(window.calls.connectToCalls(), call, line),
      callId,
      lineId,
    );
  }
});
