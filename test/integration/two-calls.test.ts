/** Two people on the phone with one engine at the same moment: neither loses a word, nor a frame of the answer. */
import * as rtc from 'node-datachannel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../relay/local/engine-process.ts';
import { callEngine, takeTurn } from '../bench/caller.ts';
import { people, voices, type Recording } from '../bench/recordings.ts';
import { lost } from '../bench/statistics.ts';
import type { RealtimePeer } from '../support/realtime-peer.ts';
import { closeRecogniser, recognise, wordErrors } from '../support/recognise.ts';

let engine: LocalEngine;
let recordings: Recording[];
const peers: RealtimePeer[] = [];

beforeAll(async () => {
  engine = await startLocalEngine();
  const [, , , , amiable] = await people();
  const [train] = await voices(1);
  recordings = [amiable!, train!];
  // As every other client in tests: its events are judged.
  peers.push(await callEngine(engine, {}), await callEngine(engine, {}));
});

afterAll(async () => {
  for (const peer of peers) peer.close();
  await Promise.all([engine?.close(), closeRecogniser()]);
  rtc.cleanup();
});

/** A word wrong in eight, rounded down: "London" may be "a London". */
const allowed = (text: string): number => Math.floor(text.split(' ').length / 8);

describe('Two calls that talk at once', () => {
  it('are both understood and both answered', async () => {
    const turns = await Promise.all(peers.map((peer, index) => takeTurn(peer, recordings[index]!)));
    for (const [index, { understood, toSoundMs }] of turns.entries()) {
      const { text } = recordings[index]!;
      expect(wordErrors(text, understood), understood).toBeLessThanOrEqual(allowed(text));
      expect(toSoundMs).not.toBeNull();
    }
  });

  it('each hear the whole of their own answer', async () => {
    for (const peer of peers) {
      const stopped = await peer.event('output_audio_buffer.stopped', { timeoutMs: 30_000 });
      // The silence after it is on its way behind it: the last word has come.
      await peer.until(() => peer.heard.at(-1)!.at > stopped.receivedAt + 100, 'the silence after the answer');
      expect(lost(peer.heard)).toBe(0);
      const started = await peer.event('output_audio_buffer.started');
      const { transcript } = await peer.event('response.output_audio_transcript.done');
      const heard = await recognise(peer.heardSince(started.receivedAt - 100), 16_000);
      expect(wordErrors(transcript, heard), heard).toBeLessThanOrEqual(allowed(transcript));
    }
  });
});
