/**
 * The local engine in a process of its own, answering with one long text, whose every call is written down: what passed
 * at which time. Told by IPC what to hand out; see `engine.ts`.
 */
import { startEngine } from '../../../relay/local/engine.ts';
import { openGate, type Gate } from '../../../relay/local/line/gate.ts';
import { unixMs } from './clock.ts';
import type { CallLog, EngineTold, HeardPiece } from './engine.ts';

const key = process.env['PARLEY_BENCH_KEY'] ?? '';
const says = process.env['PARLEY_BENCH_SAYS'] ?? '';
const tell = (told: EngineTold): void => void process.send?.(told);

interface Recorded extends CallLog {
  heard: HeardPiece[];
}
const calls: Recorded[] = [];

function recordingGate(): Gate {
  const call: Recorded = { openedAt: unixMs(), down: [], up: [], voice: [], heard: [] };
  const index = calls.push(call) - 1;
  return {
    ...openGate,
    toClient(text, send) {
      const event = JSON.parse(text) as { type: string; item_id?: string; delta?: string };
      if (event.type === 'response.output_audio.delta') {
        call.voice.push({ itemId: event.item_id ?? '', base64: event.delta ?? '' });
      }
      call.down.push({ at: unixMs(), text: withoutSound(event) });
      tell({ type: 'event', call: index, event: event.type });
      send(text);
    },
    toSession(text, receive) {
      const event = JSON.parse(text) as { type: string; audio?: string };
      call.up.push({ at: unixMs(), text: withoutSound(event), bytes: event.audio?.length ?? 0 });
      receive(text);
    },
    heard(samples) {
      call.heard.push({ at: unixMs(), samples: samples.slice() });
    },
  };
}

function withoutSound(event: object): string {
  return JSON.stringify(event, (field, value: unknown) => (field === 'delta' || field === 'audio' ? undefined : value));
}

const engine = await startEngine({
  key,
  control: true,
  createGate: recordingGate,
  ...(says === '' ? {} : { mind: { think: async () => ({ parts: [{ say: says }] }) } }),
  log: (line) => tell({ type: 'log', line }),
});

process.on('message', ({ id, ask, call }: { id: number; ask: 'calls' | 'log' | 'heard'; call: number }) => {
  const found = calls.at(call);
  const answer = {
    calls: () => calls.length,
    log: () => found && { ...found, heard: undefined },
    heard: () => found?.heard,
  };
  tell({ type: 'answer', id, value: answer[ask]() });
});
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {});
tell({ type: 'listening', baseUrl: engine.baseUrl });
