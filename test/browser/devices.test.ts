import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { linesToChoose } from '../support/way.ts';
import { isAnswered, isLive, said } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const listens = ({ phase, turn }: Snapshot) => phase === 'live' && turn === 'listening';
/** Chrome's own fake devices, by the order in which it lists them. */
const twoMicrophones = '--use-fake-device-for-media-stream=device-count=2';

/** Ids and names as the extension's own pages see them. */
async function devices(from: Scene, kind: 'audioinput' | 'audiooutput') {
  const host = await from.extension.offscreen();
  return host.evaluate(async (wanted) => {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all
      .filter((each) => each.kind === wanted && each.deviceId !== 'default' && each.deviceId !== '')
      .map(({ deviceId, label }) => ({ deviceId, label }));
  }, kind);
}

describe('the microphone', () => {
  it('can be changed during the call, which goes on, muted as it was', async () => {
    scene = await openScene({ html: lighthouse, control: true, extraArgs: [twoMicrophones] });
    const { extension, page, engine } = scene;
    await extension.clickToolbar(page);
    const { microphoneName: first } = await extension.waitForSnapshot(listens, 20_000, 'the call');
    await extension.send({ type: 'mute', muted: true });
    const other = (await devices(scene, 'audioinput')).find(({ label }) => label !== first);
    await extension.writeSettings({ microphoneId: other!.deviceId });
    const changed = await extension.waitForSnapshot(
      ({ microphoneName }) => microphoneName === other!.label,
      5000,
      'the other microphone',
    );
    expect(changed).toMatchObject({ phase: 'live', muted: true, microphoneTrouble: null });
    expect(await engine.calls()).toHaveLength(1);
  });

  it('that is chosen and not there is replaced by the system’s own', async () => {
    scene = await openScene({ html: lighthouse, settings: { microphoneId: 'unplugged' } });
    await scene.extension.clickToolbar(scene.page);
    const { microphoneName } = await scene.extension.waitForSnapshot(listens, 20_000, 'the call');
    expect(microphoneName).toBeTruthy();
  });

  it('that gives only zeros is noticed and named, and the call goes on', async () => {
    scene = await openScene({ html: lighthouse, microphone: 'dead' });
    const { extension, page } = scene;
    const popup = await extension.clickToolbar(page);
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    const { phase, microphoneName } = await extension.waitForSnapshot(
      ({ microphoneTrouble }) => microphoneTrouble === 'silent',
      10_000,
      'the reason',
    );
    expect(phase).toBe('live');
    await popup.waitForFunction((name) => document.body.innerText.includes(name!), { timeout: 5000 }, microphoneName);
  });

  it('that the system mutes is named as such, and no longer when it is not', async () => {
    scene = await openScene({ html: lighthouse });
    const { extension, page } = scene;
    // The track itself, as Chrome hands it out: only it can say that the system mutes it.
    await extension.send({ type: 'warm' });
    const host = await extension.offscreen();
    await host.evaluate(() => {
      const { getUserMedia } = navigator.mediaDevices;
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await getUserMedia.call(navigator.mediaDevices, wanted);
        Object.assign(globalThis, { track: stream.getAudioTracks()[0] });
        return stream;
      };
    });
    await extension.clickToolbar(page);
    await extension.waitForSnapshot(listens, 20_000, 'the call');
    const happens = (event: 'mute' | 'unmute') =>
      host.evaluate(
        (name) => (globalThis as unknown as { track: EventTarget }).track.dispatchEvent(new Event(name)),
        event,
      );
    await happens('mute');
    await extension.waitForSnapshot(({ microphoneTrouble }) => microphoneTrouble === 'system-muted', 5000, 'the mute');
    await happens('unmute');
    await extension.waitForSnapshot(({ microphoneTrouble }) => microphoneTrouble === null, 5000, 'its end');
  });

  it('that goes away is replaced by another, which is named', async () => {
    scene = await openScene({ html: lighthouse, extraArgs: [twoMicrophones] });
    const { extension, page } = scene;
    await extension.send({ type: 'warm' });
    const host = await extension.offscreen();
    await host.evaluate(() => {
      const { getUserMedia } = navigator.mediaDevices;
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await getUserMedia.call(navigator.mediaDevices, wanted);
        Object.assign(globalThis, { track: stream.getAudioTracks()[0] });
        return stream;
      };
    });
    await extension.clickToolbar(page);
    await extension.waitForSnapshot(listens, 20_000, 'the call');
    await host.evaluate(() => {
      const { track } = globalThis as unknown as { track: MediaStreamTrack };
      const { mediaDevices } = navigator;
      const gone = track.getSettings().deviceId;
      const open = mediaDevices.getUserMedia;
      mediaDevices.getUserMedia = async () => {
        const others = await mediaDevices.enumerateDevices();
        const other = others.find(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== gone);
        return open.call(mediaDevices, { audio: { deviceId: { exact: other!.deviceId } } });
      };
      track.stop();
      track.dispatchEvent(new Event('ended'));
    });
    const { phase } = await extension.waitForSnapshot(
      ({ microphoneTrouble }) => microphoneTrouble === 'replaced',
      5000,
      'another microphone',
    );
    expect(phase).toBe('live');
    await extension.waitForSnapshot(listens, 5000, 'an open ear');
  });
});

describe('the sound of the browser', () => {
  it.each(['suspend', 'close'] as const)(
    'that halts (%s) is woken or replaced, and the person is heard',
    async (way) => {
      scene = await openScene({ html: lighthouse });
      const { extension, page } = scene;
      await extension.send({ type: 'warm' });
      const host = await extension.offscreen();
      await host.evaluate(() => {
        const made: AudioContext[] = [];
        globalThis.AudioContext = class extends AudioContext {
          constructor(options?: AudioContextOptions) {
            super(options);
            made.push(this);
          }
        };
        Object.assign(globalThis, { made });
      });
      await extension.clickToolbar(page);
      await extension.waitForSnapshot(listens, 20_000, 'the call');
      await host.evaluate(async (name) => {
        const { made } = globalThis as unknown as { made: AudioContext[] };
        for (const each of made) if (each.state === 'running') await each[name]();
      }, way);
      const { levels } = extension.snapshots;
      const heardBefore = levels.length;
      await expect
        .poll(() => levels.slice(heardBefore + 5).some(({ level }) => level.microphone > 0), { timeout: 10_000 })
        .toBe(true);
      expect(extension.snapshots.last).toMatchObject({ phase: 'live', turn: 'listening', microphoneTrouble: null });
    },
  );
});

describe('mute', () => {
  it.each(linesToChoose)('lets no sound out over %s, and the call goes on', async (transport) => {
    scene = await openScene({
      html: lighthouse,
      says: [
        { text: 'Can you tell me what this page is about?', afterS: 2 },
        { text: 'Please tell me when the tower opens in the morning.', afterS: 3 },
      ],
      control: true,
      settings: { transport },
    });
    const { extension, page, engine } = scene;
    await extension.clickToolbar(page);
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    await extension.send({ type: 'mute', muted: true });
    const heard = async () => (await engine.calls())[0]!.input!;
    const before = await heard();
    // The sentence is spoken into the muted microphone: by its length in what the engine has heard since.
    await expect.poll(async () => (await heard()).heardMs - before.heardMs, { timeout: 20_000 }).toBeGreaterThan(6500);
    expect((await heard()).loudMs - before.loudMs).toBeLessThanOrEqual(100);
    expect(said(extension.snapshots.last!)).toEqual([]);
    await extension.send({ type: 'mute', muted: false });
    const answered = await extension.waitForSnapshot(isAnswered, 60_000, 'an answer');
    expect(said(answered)[0]?.toLowerCase()).toContain('tower');
  });
});

describe('the loudspeaker', () => {
  it('can be chosen, before and during the call', async () => {
    scene = await openScene({ html: lighthouse, extraArgs: [twoMicrophones] });
    const { extension, page } = scene;
    await extension.clickToolbar(page);
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    const host = await extension.offscreen();
    const [speaker] = await devices(scene, 'audiooutput');
    expect(speaker).toBeDefined();
    await extension.writeSettings({ speakerId: speaker!.deviceId });
    const sink = () => host.evaluate(() => document.querySelector('audio')?.sinkId);
    await expect.poll(sink, { timeout: 5000 }).toBe(speaker!.deviceId);
    await extension.writeSettings({ speakerId: 'unplugged' });
    await expect.poll(sink, { timeout: 5000 }).toBe('');
    expect(extension.snapshots.last?.phase).toBe('live');
  });
});
