/** What must hold behind every fault. Each is a sentence when it does not; none means that all is well. */
import { isUp, type Line, type Phase, type Snapshot } from '../../lib/protocol/snapshot.ts';
import { describe } from '../support/snapshots.ts';
import type { Scene } from '../support/scene.ts';
import { until } from './until.ts';
import { openParts, type Open } from './instruments.ts';

const grantsPerMinute = 6;

/** Behind the fault, while the call still runs or is over. Ends the call. */
export async function checkAfter(scene: Scene, grantsBefore: number): Promise<string[]> {
  const broken: string[] = [];
  const { extension } = scene;
  const expectThat = (holds: boolean, sentence: string) => holds || broken.push(sentence);

  const settled = await extension
    .waitForSnapshot(({ phase }) => ['idle', 'live', 'ended', 'failed'].includes(phase), 60_000, 'a sane state')
    .catch(() => extension.snapshots.last);
  expectThat(settled !== null && settled.phase !== 'reconnecting', `no sane state within 60 s: ${describe(settled)}`);

  const open = await openNow(scene);
  if (open) broken.push(...tooMany(open));
  if (settled) broken.push(...(await checkViews(scene, settled)), ...checkWords(settled), ...checkLines(settled.lines));
  if (settled && isUp(settled.phase)) await extension.send({ type: 'end' });
  const released = await until(async () => nothingOpen(await openNow(scene)), 3000);
  expectThat(released, `still open behind the end: ${JSON.stringify(await openNow(scene))}`);

  const last = extension.snapshots.last;
  if (last) broken.push(...(await checkKept(scene, last)));
  broken.push(...(await checkSecrets(scene)));
  const grants = inBusiestMinute(grantTimes(scene).slice(grantsBefore));
  expectThat(grants <= grantsPerMinute, `${grants} grants were asked for in a minute`);
  return broken;
}

/** One more call, typed, that is answered. */
export async function checkNextCall(scene: Scene): Promise<string[]> {
  const { extension, page } = scene;
  try {
    await page.bringToFront();
    const before = extension.snapshots.last?.callId ?? null;
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    await extension.waitForSnapshot(
      ({ callId, lines }) =>
        callId !== before && lines.some(({ kind, state }) => kind === 'assistant' && state === 'final'),
      30_000,
      'an answer in the next call',
    );
    await extension.send({ type: 'end' });
    return [];
  } catch (error) {
    return [`the next call does not work: ${String(error)}`];
  }
}

/** Grants and offers that the relay has seen. */
export function grantsOf(scene: Scene): number {
  return grantTimes(scene).length;
}

/** In seconds of the day, as the log has them: `HH:MM:SS  …`. */
function grantTimes({ relayLog }: Scene): number[] {
  const lines = relayLog.filter((line) => /POST.*\/v1\/realtime\/(token|calls)/.test(line));
  return lines.map((line) => {
    const [hours = 0, minutes = 0, seconds = 0] = line.slice(0, 8).split(':').map(Number);
    return (hours * 60 + minutes) * 60 + seconds;
  });
}

function inBusiestMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 60).length));
}

async function openNow({ extension }: Scene): Promise<Open | null> {
  if (!extension.hasOffscreen()) return null;
  // It may be closed while we ask.
  return extension
    .offscreen(1000)
    .then(openParts)
    .catch(() => null);
}

/** A session that is prepared for a call or a renewal is a second line for a moment, without a voice. */
function tooMany({ mostPeers, mostMicrophones, microphones }: Open): string[] {
  const broken: string[] = [];
  if (mostPeers > 2) broken.push(`${mostPeers} lines at once`);
  if (microphones > 1 || mostMicrophones > 2) broken.push(`${mostMicrophones} microphones at once`);
  return broken;
}

function nothingOpen(open: Open | null): boolean {
  return open === null || (open.peers === 0 && open.sockets === 0 && open.microphones === 0);
}

/** Whoever asks is told the same, and the badge says whether a call runs. */
async function checkViews({ extension }: Scene, { phase }: Snapshot): Promise<string[]> {
  const badge = () => extension.hidden.evaluate(() => chrome.action.getBadgeText({}));
  let told: Phase | undefined;
  const agrees = await until(async () => {
    const answer = (await extension.send({ type: 'hello' }).catch(() => null)) as Snapshot | null;
    const now = extension.snapshots.last?.phase ?? phase;
    told = answer?.phase;
    const isTrue = told === now || (told === 'idle' && now === 'ended' && (await isFull(extension)));
    return isTrue && ((await badge()) !== '') === (isUp(now) || now === 'failed' || now === 'connecting');
  }, 2000);
  return agrees ? [] : [`a view is told ${told}, the badge says “${await badge()}”, and the call is ${phase}`];
}

/** A call that is over leaves no word then, and a view begins as if there had been none. */
function isFull({ hidden }: Scene['extension']): Promise<boolean> {
  return hidden.evaluate(
    async () => (await chrome.storage.session.getBytesInUse()) > chrome.storage.session.QUOTA_BYTES - 16_384,
  );
}

/** A failure has a cause, and says it without a stack, an address or a secret. */
function checkWords({ phase, fault }: Snapshot): string[] {
  if (phase !== 'failed') return [];
  if (!fault) return ['failed without a cause'];
  return /\bat .*:\d+:\d+|https?:\/\/|ek_|sk-/.test(fault.detail ?? '')
    ? [`the cause shows too much: ${fault.detail}`]
    : [];
}

/** None twice, and no tool twice for one call of it. */
function checkLines(lines: readonly Line[]): string[] {
  const ids = lines.map(({ id }) => id);
  return new Set(ids).size === ids.length ? [] : ['a line is there twice'];
}

/** What was said is in the database within a second, in the same order. */
async function checkKept({ extension }: Scene, { callId, lines, keepTrouble }: Snapshot): Promise<string[]> {
  // It says why it is not.
  if (keepTrouble !== null) return [];
  const finals = lines.filter(({ kind, state }) => kind !== 'tool' && state === 'final').map(({ id }) => id);
  if (callId === null || finals.length === 0) return [];
  const kept = () => extension.hidden.evaluate(readKept, callId);
  const isKept = async () => {
    const found = (await kept()).filter((id) => finals.includes(id));
    return JSON.stringify(found) === JSON.stringify(finals);
  };
  return (await until(isKept, 2000)) ? [] : [`kept are ${(await kept()).length} of ${finals.length} final lines`];
}

/** Ids of the lines that the database has of a call, in order. Runs in a page of the extension. */
function readKept(callId: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('parley-calls');
    opening.addEventListener('error', () => reject(opening.error));
    opening.addEventListener('success', () => {
      const { result: db } = opening;
      if (!db.objectStoreNames.contains('lines')) {
        db.close();
        return resolve([]);
      }
      const range = IDBKeyRange.bound([callId], [callId, []]);
      const reading = db.transaction('lines').objectStore('lines').getAll(range);
      reading.addEventListener('success', () => {
        db.close();
        resolve(reading.result.map(({ line }: { line: { id: string } }) => line.id));
      });
      reading.addEventListener('error', () => reject(reading.error));
    });
  });
}

/** The device token is in the settings and nowhere else; no grant is anywhere. */
async function checkSecrets({ extension, relay, relayLog }: Scene): Promise<string[]> {
  const stored = await extension.hidden.evaluate(async () => {
    const { settings: _, ...local } = await chrome.storage.local.get();
    return JSON.stringify([local, await chrome.storage.session.get()]);
  });
  const places = { storage: stored, 'the relay’s log': relayLog.join('\n') };
  return Object.entries(places).flatMap(([place, text]) =>
    text.includes(relay.deviceToken) || /\bek_[\w-]{8}/.test(text) ? [`a secret is in ${place}`] : [],
  );
}
