/**
 * A session of the local engine with scripted ears and voice, for tests that read like a conversation. Sound is real
 * samples, but loudness alone is speech, the words of each turn come from a list, and every word spoken lasts `wordMs`.
 */
import type { Hearing, Recognition } from '../../relay/local/hearing/hearing.ts';
import { createMind, type Mind } from '../../relay/local/mind/mind.ts';
import type { CreateOutput } from '../../relay/local/output/audio-output.ts';
import { pacedOutput } from '../../relay/local/output/paced-output.ts';
import type { Clock } from '../../relay/local/session/clock.ts';
import { defaultConfig, updatedConfig } from '../../relay/local/session/config.ts';
import { createIds } from '../../relay/local/session/ids.ts';
import { Session } from '../../relay/local/session/session.ts';
import type { Speaking } from '../../relay/local/speaking/speaking.ts';
import { judge } from './event-judge.ts';

export interface Scripted {
  /** Fields of the session beside `type`. */
  session?: Record<string, unknown>;
  /** What the recogniser makes of each turn, in order; a string is its text. */
  turns?: (string | Recognition)[];
  mind?: Mind;
  /** Null: there is no voice. */
  wordMs?: number | null;
  /** Instead of words of `wordMs`. */
  speaking?: Speaking;
  /** WebRTC's paced output, kept as `frames`, unless another comes. */
  createOutput?: CreateOutput;
  /** The machine's own unless another comes. */
  clock?: Clock;
  /** The same ids in every run. */
  seed?: number;
  /** A smaller context than the model's, in tokens. */
  readableTokens?: number;
  /** Is given all sound of the person as it comes, 16 kHz. */
  heard?: (samples: Float32Array) => void;
  /** Holds the recogniser back until it resolves. */
  recogniserReady?: Promise<void>;
}

export interface WireEvent {
  type: string;
  event_id: string;
  [field: string]: any;
}

export function scriptedHearing(turns: (string | Recognition)[], ready = Promise.resolve()): Hearing {
  return {
    openVad: () => ({
      push: async (frame) => (Math.abs(frame[0] ?? 0) > 0.1 ? 0.9 : 0.01),
      reset: () => {},
      close: () => {},
    }),
    recognise: async () => {
      await ready;
      const next = turns.shift() ?? { fault: 'audio_unintelligible' };
      return typeof next === 'string' ? { text: next } : next;
    },
    ready: Promise.resolve({ missing: [] }),
    close: async () => {},
  };
}

export function scriptedSpeaking(wordMs: number | null): Speaking {
  return {
    speak: async (text) => {
      if (wordMs === null) throw new Error('no voice');
      const words = text.split(/\s+/).filter(Boolean);
      const samples = new Int16Array(words.length * wordMs * 24).fill(8000);
      return {
        samples,
        words: words.map((word, index) => ({ text: word, startMs: index * wordMs, endMs: (index + 1) * wordMs })),
      };
    },
    ready: Promise.resolve({ languages: ['en'], missing: [] }),
    close: async () => {},
  };
}

export class EngineScript {
  readonly events: WireEvent[] = [];
  /** The 20 ms frames that left, true for sound. */
  readonly frames: boolean[] = [];
  readonly log: string[] = [];
  readonly session: Session;

  constructor({
    session = {},
    turns = [],
    mind = createMind(),
    wordMs = 40,
    speaking = scriptedSpeaking(wordMs),
    recogniserReady,
    createOutput,
    clock,
    seed,
    readableTokens,
    heard,
  }: Scripted = {}) {
    this.session = new Session({
      config: updatedConfig(defaultConfig('sess_test'), { type: 'realtime', ...session }),
      hearing: scriptedHearing(turns, recogniserReady),
      speaking,
      mind,
      createOutput: createOutput ?? pacedOutput((frame) => this.frames.push(frame[0] !== 0), clock),
      ...(clock ? { clock } : {}),
      ...(seed === undefined ? {} : { ids: createIds(seed) }),
      ...(readableTokens === undefined ? {} : { readableTokens }),
      ...(heard ? { heard } : {}),
      send: (text) => {
        judge(text);
        this.events.push(JSON.parse(text));
      },
      onExpired: () => {},
      log: (line) => this.log.push(line),
    });
  }

  /** Speaks for so long, then is quiet for long enough to be understood as done. */
  says(ms = 500): void {
    this.sounds(ms);
    this.sounds(400, 0);
  }

  sounds(ms: number, level = 0.5): void {
    this.session.hear(new Float32Array(Math.ceil((ms * 16) / 512) * 512).fill(level));
  }

  send(type: string, fields: Record<string, unknown> = {}): void {
    this.session.receive(JSON.stringify({ type, ...fields }));
  }

  types(text: string): void {
    this.send('conversation.item.create', {
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
    });
    this.send('response.create');
  }

  answersTool(callId: string, output: unknown): void {
    this.send('conversation.item.create', {
      item: { type: 'function_call_output', call_id: callId, output: JSON.stringify(output) },
    });
    this.send('response.create');
  }

  /** The first event of a type from index `from` on; waits up to 5 s for it. */
  async event(type: string, from = 0): Promise<WireEvent & { index: number }> {
    const deadline = Date.now() + 5000;
    for (;;) {
      const index = this.events.findIndex((event, at) => at >= from && event.type === type);
      if (index >= 0) return { ...this.events[index]!, index };
      if (Date.now() > deadline) throw new Error(`No ${type} came; came: ${this.order(from).join(', ')}`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** The types in order; runs of the same delta as one. */
  order(from = 0): string[] {
    return this.events
      .slice(from)
      .map(({ type }) => type)
      .filter((type, index, all) => !type.endsWith('.delta') || all[index - 1] !== type);
  }

  /** What the assistant said in its nth spoken item. */
  answers(): string[] {
    return this.events
      .filter(({ type }) => type === 'response.output_audio_transcript.done')
      .map(({ transcript }) => transcript);
  }

  close(): void {
    this.session.close();
  }
}

export const readPage = {
  type: 'function',
  name: 'read_page',
  description: 'Reads the page.',
  parameters: { type: 'object', properties: {} },
};
export const readSelection = { ...readPage, name: 'read_selection' };
export const searchPage = { ...readPage, name: 'search_page' };
export const pointAt = { ...readPage, name: 'point_at' };

/** What the extension's reading tools return. */
export function pageOutput(text: string, title = 'Departures'): Record<string, unknown> {
  return {
    source: 'web page',
    title,
    url: 'https://station.example/',
    trusted: false,
    headings: [],
    text,
    truncated: false,
  };
}

/** What a search of the page returns: each passage between marks that no page can know. */
export function foundOutput(texts: string[], title = 'Departures'): Record<string, unknown> {
  const passages = texts.map((text, at) => ({ id: `p${at}`, path: [title], text: `⟦4f2a91⟧${text}⟦/4f2a91⟧` }));
  return { source: 'web page', trusted: false, title, url: 'https://station.example/', passages };
}

/** The page in a few lines, as a client puts it in at the start of a call. */
export function outlineOutput(title = 'Departures'): Record<string, unknown> {
  return {
    source: 'web page',
    trusted: false,
    title,
    url: 'https://station.example/',
    outline: ['Trains', 'Tickets'],
    beginning: '⟦4f2a91⟧The station stands beside the market.⟦/4f2a91⟧',
  };
}
