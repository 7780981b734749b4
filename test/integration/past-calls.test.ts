/** Past calls in a browser's real IndexedDB: kept as they happen, found again, never lost in silence. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../support/browser.ts';
import { assistant, at, facts, openCallsBrowser, person, type CallsBrowser } from '../support/calls-browser.ts';

const executablePath = await findBrowser();
if (!executablePath) console.warn('Past calls in a browser: skipped, because no browser was found (CHROME_PATH).');

describe.skipIf(!executablePath)('Past calls', () => {
  let stage: CallsBrowser;
  beforeAll(async () => {
    stage = await openCallsBrowser(executablePath!);
  });
  beforeEach(() => stage.begin());
  afterEach(() => stage.end());
  afterAll(() => stage?.close());

  describe('are kept as they happen', () => {
    it('and are there for another page, with title, figures and every line in order', async () => {
      await stage.keep('a', [
        [person('1', 'How high')],
        [person('1', 'How high is it?'), assistant('2', 'It is')],
        // The provider may put an item between two that are there.
        [person('1', 'How high is it?'), person('3', 'And old?'), assistant('2', 'It is 90 m high.')],
      ]);
      const other = await stage.open();
      const text = await stage.read('a', other);
      expect(text?.lines.map((line) => (line.kind === 'tool' ? '' : line.text))).toEqual([
        'How high is it?',
        'And old?',
        'It is 90 m high.',
      ]);
      expect(text?.call).toMatchObject({ title: 'How high is it?', lines: 3, usd: 0.25, usage: { inputTokens: 10 } });
      expect((await stage.list(other)).calls.map(({ id }) => id)).toEqual(['a']);
    });

    it('without anybody asking, and less than a second behind', async () => {
      const delays = await stage.page.evaluate(
        async (call, lines) => {
          const connection = window.calls.connectToCalls();
          const recorder = window.calls.createRecorder(connection);
          const asked: unknown[] = [];
          const { setTimeout: later } = window;
          const listening = (run: () => void, ms?: number) => (asked.push(ms), later(run, ms));
          Object.assign(window, { setTimeout: listening });
          recorder.record(call, lines.slice(0, 1));
          // A second change before the first is written does not put it off.
          recorder.record(call, lines);
          Object.assign(window, { setTimeout: later });
          while ((await window.calls.readCall(connection, call.id))?.lines.length !== 2) {
            await new Promise((go) => later(go, 20));
          }
          return asked;
        },
        facts('a'),
        [person('1', 'Hello'), assistant('2', 'Hello.')],
      );
      expect(delays).toEqual([500]);
    });

    it('and a line that is taken back goes', async () => {
      await stage.keep('a', [[person('1', 'Hello'), assistant('2', 'Hm')], [person('1', 'Hello')]]);
      expect((await stage.read('a'))?.lines).toHaveLength(1);
    });

    it('but not when nothing was said', async () => {
      await stage.keep('a', [[]]);
      expect((await stage.list()).calls).toEqual([]);
    });

    it('each to its end, also when the next begins at once', async () => {
      await stage.page.evaluate(
        async (one, two, lines) => {
          const recorder = window.calls.createRecorder(window.calls.connectToCalls());
          recorder.record(one, lines);
          recorder.record(two, lines.slice(0, 1));
          await recorder.flush();
        },
        facts('a'),
        facts('b'),
        [person('1', 'Hello'), assistant('2', 'Hello.')],
      );
      expect([(await stage.read('a'))?.lines.length, (await stage.read('b'))?.lines.length]).toEqual([2, 1]);
    });

    it('and one that is taken up again goes on behind what was said', async () => {
      await stage.keep('a', [[person('1', 'How high is it?'), assistant('2', '90 m.')]]);
      await stage.keep(
        'a',
        [[person('1', 'And how old?')], [person('1', 'And how old?'), assistant('2', 'Very.')]],
        at + 5000,
      );
      const text = await stage.read('a');
      expect(text?.lines.map(({ id }) => id)).toEqual(['1', '2', '1', '2']);
      expect(text?.call).toMatchObject({
        title: 'How high is it?',
        startedAt: at,
        lines: 4,
        usd: 0.5,
        usage: { inputTokens: 20, outputTokens: 4 },
      });
    });
  });

  describe('that go on', () => {
    const parts = [[person('1', 'How high is it?'), assistant('2', '90 m.')], [person('3', 'And how old?')]];

    it('begin anew behind what is there, also with the recorder of before, and count only the time they were open', async () => {
      await stage.page.evaluate(
        async (call, [first, second]) => {
          let now = call.startedAt;
          const recorder = window.calls.createRecorder(window.calls.connectToCalls(), { clock: () => now });
          now += 1000;
          recorder.record(call, first!);
          await recorder.flush();
          now += 500_000;
          const startedAt = now;
          now += 2000;
          recorder.record({ ...call, startedAt, goesOn: true }, second!);
          await recorder.flush();
        },
        facts('a'),
        parts,
      );
      const text = await stage.read('a');
      expect(text?.lines.map(({ id }) => id)).toEqual(['1', '2', '3']);
      expect(text?.call).toMatchObject({ startedAt: at, endedAt: at + 503_000, openMs: 3000, usd: 0.5, lines: 3 });
    });

    it('do not bring back a call that was deleted meanwhile', async () => {
      const told = await stage.page.evaluate(
        async (call, lines) => {
          const seen: string[] = [];
          const see = (keeping: string) => seen.push(keeping);
          const recorder = window.calls.createRecorder(window.calls.connectToCalls(), { see });
          recorder.record({ ...call, goesOn: true }, lines);
          await recorder.flush();
          return seen;
        },
        facts('a'),
        parts[1]!,
      );
      expect(told).toEqual(['deleted']);
      expect((await stage.list()).calls).toEqual([]);
    });
  });

  it('say of each call anew that it is not kept', async () => {
    const told = await stage.page.evaluate(
      async (call, lines) => {
        const seen: string[] = [];
        const limits = { bytes: 0, hardBytes: 0, noticeMs: 0 };
        const see = (keeping: string) => seen.push(keeping);
        const recorder = window.calls.createRecorder(window.calls.connectToCalls(), { see, limits });
        for (const id of ['a', 'a', 'b']) {
          recorder.record({ ...call, id }, lines);
          await recorder.flush();
        }
        return seen;
      },
      facts('a'),
      [person('1', 'Hello')],
    );
    expect(told).toEqual(['full', 'full']);
  });

  describe('are the person’s', () => {
    it('to name, to pin and to find', async () => {
      await stage.keep('a', [[person('1', 'When does the train leave for Köln?')]], at);
      await stage.keep('b', [[person('1', 'A train?'), assistant('2', 'To London.')]], at + 1000);
      await stage.page.evaluate(async () => {
        const connection = window.calls.connectToCalls();
        await window.calls.renameCall(connection, 'b', ' My journey ');
        await window.calls.pinCall(connection, 'b', true);
        await window.calls.renameCall(connection, 'gone', 'x');
      });
      const { calls } = await stage.list();
      expect(calls.map(({ id, title, pinned }) => [id, title, pinned])).toEqual([
        ['b', 'My journey', true],
        ['a', 'When does the train leave for Köln?', false],
      ]);
      expect(await stage.search('TRAIN')).toEqual({ found: ['b', 'a'], searched: 2, skipped: 0 });
      expect((await stage.search('train koln')).found).toEqual(['a']);
      expect((await stage.search('journey london')).found).toEqual(['b']);
      expect((await stage.search(' ')).found).toEqual([]);
      await stage.page.evaluate(() => window.calls.renameCall(window.calls.connectToCalls(), 'b', ''));
      expect((await stage.read('b'))?.call.title).toBe('A train?');
    });

    it('and keep their name while the call goes on', async () => {
      await stage.page.evaluate(
        async (call, lines) => {
          const connection = window.calls.connectToCalls();
          const recorder = window.calls.createRecorder(connection);
          recorder.record(call, lines.slice(0, 1));
          await recorder.flush();
          await window.calls.renameCall(connection, call.id, 'Mine');
          recorder.record(call, lines);
          await recorder.flush();
        },
        facts('a'),
        [person('1', 'Hello'), assistant('2', 'Hello.')],
      );
      expect((await stage.read('a'))?.call).toMatchObject({ title: 'Mine', lines: 2 });
    });

    it('to delete, one or all, and the open call is then not kept again', async () => {
      await stage.keep('b', [[person('1', 'Hello')]]);
      const seen = await stage.page.evaluate(
        async (call, lines) => {
          const connection = window.calls.connectToCalls();
          const told: string[] = [];
          const recorder = window.calls.createRecorder(connection, { see: (keeping) => told.push(keeping) });
          recorder.record(call, lines.slice(0, 1));
          await recorder.flush();
          await window.calls.deleteCalls(connection, [call.id]);
          for (const upTo of [2, 3]) {
            recorder.record(call, lines.slice(0, upTo));
            await recorder.flush();
          }
          recorder.record({ ...call, id: 'c' }, lines);
          await recorder.flush();
          return told;
        },
        facts('a'),
        [person('1', 'Hello'), assistant('2', 'Hello.'), person('3', 'Bye')],
      );
      expect(seen).toEqual(['deleted', 'keeping']);
      expect((await stage.list()).calls.map(({ id }) => id).toSorted()).toEqual(['b', 'c']);
      expect(await stage.read('a')).toBeNull();
      await stage.page.evaluate(() => window.calls.deleteAllCalls(window.calls.connectToCalls()));
      expect(await stage.list()).toEqual({ calls: [], skipped: 0 });
    });
  });

  describe('have bounds', () => {
    it('and when they are full, only what was told goes; the call that is open is told that it is not kept', async () => {
      const filler = person('1', 'x'.repeat(3000));
      for (const [index, id] of ['a', 'b', 'c'].entries()) await stage.keep(id, [[filler]], at + index);
      const result = await stage.page.evaluate(
        async (call, lines) => {
          const connection = window.calls.connectToCalls();
          const limits = { bytes: 10_000, hardBytes: 14_000, noticeMs: 1000 };
          let now = 0;
          const told: string[] = [];
          const recordAs = async (id: string) => {
            const recorder = window.calls.createRecorder(connection, {
              limits,
              clock: () => now,
              see: (keeping) => told.push(`${id} ${keeping}`),
            });
            recorder.record({ ...call, id }, lines);
            await recorder.flush();
          };
          await recordAs('d');
          const before = (await window.calls.listCalls(connection)).calls.map(({ id }) => id);
          const { going } = await window.calls.roomForCalls(connection, limits);
          const ids = going.map(({ id }) => id);
          await window.calls.tellGoing(connection, ids, now);
          await recordAs('e');
          now = 1000;
          await recordAs('f');
          const after = (await window.calls.listCalls(connection)).calls.map(({ id }) => id);
          return { before, going: ids, told, after };
        },
        facts('d', at + 10),
        [filler],
      );
      expect(result.before).toEqual(['c', 'b', 'a']);
      expect(result.told).toEqual(['d full', 'e full']);
      expect(result.going).toEqual(['a']);
      expect(result.after).toEqual(['f', 'c', 'b']);
    });
  });

  describe('survive', () => {
    it('damaged records: they are skipped and counted, and still there', async () => {
      await stage.keep('a', [[person('1', 'Hello'), assistant('2', 'x'), person('3', 'Bye')]]);
      await stage.tamper('damage');
      expect(await stage.list()).toMatchObject({ calls: [{ id: 'a' }], skipped: 1 });
      expect(await stage.read('a')).toMatchObject({ lines: [{ id: '1' }, { id: '3' }], skipped: 1 });
      expect(await stage.search('bye')).toEqual({ found: ['a'], searched: 1, skipped: 2 });
      expect(await stage.read('broken')).toBeNull();
      expect((await stage.list()).skipped).toBe(1);
    });

    it('a newer Parley: its calls can be read and erased, and nothing is written', async () => {
      await stage.keep('a', [[person('1', 'Hello')]]);
      await stage.tamper('newer');
      expect((await stage.list()).calls).toHaveLength(1);
      const told = await stage.page.evaluate(
        async (call, lines) => {
          const connection = window.calls.connectToCalls();
          const seen: string[] = [];
          const recorder = window.calls.createRecorder(connection, { see: (keeping) => seen.push(keeping) });
          recorder.record(call, lines);
          await recorder.flush();
          await window.calls.renameCall(connection, 'a', 'x').catch((error) => seen.push(`${error.trouble}`));
          return seen;
        },
        facts('b'),
        [person('1', 'Hello')],
      );
      expect(told).toEqual(['newer', 'newer']);
      expect((await stage.list()).calls.map(({ id, title }) => [id, title])).toEqual([['a', 'Hello']]);
      await stage.page.evaluate(() => window.calls.deleteAllCalls(window.calls.connectToCalls()));
      expect((await stage.list()).calls).toEqual([]);
    });

    it('an update, step by step: what was there is kept beside it, and what no step understands stays', async () => {
      await stage.keep('a', [[person('1', 'Hello'), assistant('2', 'Odd')]]);
      const result = await stage.page.evaluate(async () => {
        const old = window.calls.connectToCalls();
        await window.calls.listCalls(old);
        const step = {
          call: (call: Record<string, unknown>) => ({ ...call, title: `${String(call['title'])}, 2` }),
          line: (line: Record<string, unknown>) => {
            if (JSON.stringify(line).includes('Odd')) throw new Error('what?');
            return { ...line, seen: true };
          },
        };
        // The old connection is still open, as a panel's would be: it lets go by itself.
        const next = window.calls.connectToCalls(undefined, { version: 4, steps: { 2: step, 3: step } });
        const { db } = await next.open();
        const all = (store: string): Promise<unknown[]> =>
          window.calls.asked(db.transaction(store).objectStore(store).getAll());
        const migrated = { calls: await all('calls'), lines: await all('lines'), backup: await all('backup') };
        await window.calls.deleteCalls(next, ['a']);
        return { ...migrated, backupAfterwards: await all('backup') };
      });
      expect(result.calls).toMatchObject([{ title: 'Hello, 2, 2' }]);
      expect(result.lines).toMatchObject([{ seen: true }, { line: { text: 'Odd' } }]);
      expect(result.lines[1]).not.toHaveProperty('seen');
      expect(result.backup).toMatchObject([
        { store: 'calls', version: 2, record: { title: 'Hello' } },
        { store: 'lines', version: 2, record: { line: { text: 'Hello' } } },
        { store: 'lines', version: 2, record: { line: { text: 'Odd' } } },
      ]);
      expect(result.backupAfterwards).toEqual([]);
    });

    it('a full disk: the call is told once and goes on; with room again, calls are kept', async () => {
      // A profile of its own: a browser remembers for a while how much room it found.
      const context = await stage.browser.createBrowserContext();
      const small = await context.newPage();
      await small.goto(stage.url);
      const client = await small.createCDPSession();
      const { origin } = new URL(stage.url);
      await client.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
      const told = await small.evaluate(
        async (call, lines) => {
          const seen: string[] = [];
          const recorder = window.calls.createRecorder(window.calls.connectToCalls(), {
            see: (each) => seen.push(each),
          });
          for (const upTo of [1, 2]) {
            recorder.record(call, lines.slice(0, upTo));
            await recorder.flush();
          }
          return seen;
        },
        facts('a'),
        [person('1', 'Hello'), assistant('2', 'Hello.')],
      );
      await client.send('Storage.overrideQuotaForOrigin', { origin });
      await stage.keep('a', [[person('1', 'Hello')]], at, small);
      const { calls } = await stage.list(small);
      await context.close();
      expect(told).toEqual(['full']);
      expect(calls.map(({ id }) => id)).toEqual(['a']);
    });

    it('a database that is wiped in the middle of a call', async () => {
      const told = await stage.page.evaluateHandle(() => [] as string[]);
      await stage.page.evaluate(
        async (call, lines, seen) => {
          const recorder = window.calls.createRecorder(window.calls.connectToCalls(), {
            see: (keeping) => seen.push(keeping),
          });
          recorder.record(call, lines);
          await recorder.flush();
          Object.assign(window, { recorder });
        },
        facts('a'),
        [person('1', 'Hello')],
        told,
      );
      await stage.tamper('wipe');
      await stage.page.evaluate(
        async (call, lines) => {
          const { recorder } = window as unknown as { recorder: ReturnType<typeof window.calls.createRecorder> };
          recorder.record(call, lines);
          await recorder.flush();
          recorder.record({ ...call, id: 'b' }, lines);
          await recorder.flush();
        },
        facts('a'),
        [person('1', 'Hello'), assistant('2', 'Hello.')],
      );
      expect(await told.jsonValue()).toEqual(['deleted', 'keeping']);
      expect((await stage.list()).calls.map(({ id }) => id)).toEqual(['b']);
    });

    it('ten thousand lines, of which only the new ones are written', async () => {
      const written = await stage.page.evaluate(async (call) => {
        let puts = 0;
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (this: IDBObjectStore, value: unknown) {
          if (this.name === 'lines') puts += 1;
          return put.call(this, value);
        };
        const lines = Array.from({ length: 10_000 }, (_, index) => ({
          kind: 'assistant' as const,
          id: `${index}`,
          at: 0,
          text: `Line ${index}`,
          state: 'final' as const,
        }));
        const connection = window.calls.connectToCalls();
        const recorder = window.calls.createRecorder(connection);
        recorder.record(call, lines.slice(0, -1));
        await recorder.flush();
        puts = 0;
        recorder.record(call, lines);
        await recorder.flush();
        return { puts, kept: (await window.calls.readCall(connection, call.id))?.lines.at(-1)?.id };
      }, facts('a'));
      expect(written).toEqual({ puts: 1, kept: '9999' });
    });
  });
});
