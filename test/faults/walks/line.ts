/** One line to the provider of a walk. It answers what it is asked, until it is silent, lost or closed. */
import { FaultError, type FaultCode } from '../../../lib/protocol/faults.ts';
import type { Transport, TransportEvents } from '../../../lib/transport/transport.ts';
import type { WalkProvider } from './provider.ts';

interface Sent {
  type: string;
  item?: { id?: string; type: string; role?: string };
}

export class WalkLine implements Transport {
  readonly carriesTrack = true;
  readonly backlog = 0;
  readonly #provider: WalkProvider;
  readonly #events: TransportEvents;
  /** Closed by the call itself. */
  closed = false;
  #lost = false;
  /** Nothing comes and nothing goes, until then. */
  #silentUntil = 0;
  #response: string | null = null;
  #voice: string | null = null;
  #heard = false;
  #count = 0;
  readonly #timers: ReturnType<typeof setTimeout>[] = [];
  /** What was said on it after it was closed. */
  readonly afterClose: string[] = [];

  constructor(provider: WalkProvider, events: TransportEvents) {
    this.#provider = provider;
    this.#events = events;
  }

  send(text: string): void {
    const event = JSON.parse(text) as Sent;
    if (this.closed) this.afterClose.push(event.type);
    if (this.closed || this.#lost) throw new FaultError('connection-lost', 'not open');
    if (!this.#isSilent) this.#answer(event);
  }

  setTrack(track: MediaStreamTrack | null): Promise<void> {
    if (this.closed && track) this.afterClose.push('a track');
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  greet(ms: number): void {
    const { sessionS } = this.#provider;
    const expires_at = sessionS === null ? {} : { expires_at: Math.floor(Date.now() / 1000) + sessionS };
    this.later(ms, () => {
      this.tell({ type: 'session.created', session: { id: 's', ...expires_at } });
      if (sessionS !== null) this.later(sessionS * 1000, () => this.lose('session-expired'));
    });
  }

  silence(ms: number): void {
    this.#silentUntil = performance.now() + ms;
  }

  lose(code: FaultCode): void {
    if (this.closed || this.#lost) return;
    this.#lost = true;
    this.#events.lost({ code, detail: 'a walk' });
  }

  unsteady(ms: number): void {
    if (this.closed || this.#lost) return;
    this.#events.steady(false);
    this.later(ms, () => this.#events.steady(true));
  }

  /** Whatever the line's state: what was on its way when it was closed arrives too. */
  haunt(event: object): void {
    this.#events.message(JSON.stringify(event));
  }

  hauntedLoss(): void {
    this.#events.lost({ code: 'connection-lost', detail: 'an old line' });
    this.#events.steady(false);
  }

  voice(): void {
    this.#events.voice({ line: this } as unknown as MediaStream);
  }

  tell(event: object): void {
    if (!this.closed && !this.#lost && !this.#isSilent) this.#events.message(JSON.stringify(event));
  }

  later(ms: number, run: () => void): void {
    const due = () => this.#lost || run();
    this.#timers.push(setTimeout(due, ms));
  }

  /** Somebody speaks, so long; the provider hears it, writes it down and answers. */
  hearSpeech(ms: number, answers: boolean): void {
    const item_id = this.#id('person');
    this.#heard = true;
    this.tell({ type: 'input_audio_buffer.speech_started', item_id, audio_start_ms: 0 });
    this.later(ms, () => {
      if (!answers) return;
      this.tell({ type: 'input_audio_buffer.speech_stopped', item_id, audio_end_ms: ms });
      this.#commit(item_id);
      this.#respond();
    });
  }

  get #isSilent(): boolean {
    return performance.now() < this.#silentUntil;
  }

  #answer({ type, item }: Sent): void {
    if (type === 'session.update') this.later(40, () => this.tell({ type: 'session.updated', session: {} }));
    if (type === 'input_audio_buffer.append') this.#heard = true;
    if (type === 'conversation.item.create') {
      const added = { id: this.#id('item'), ...item };
      this.later(40, () => this.tell({ type: 'conversation.item.added', item: added, previous_item_id: null }));
    }
    if (type === 'input_audio_buffer.commit') this.later(40, () => this.#commitOwn());
    if (type === 'response.create') this.later(40, () => this.#respond());
    if (type === 'response.cancel') this.later(40, () => this.#done(this.#response, 'cancelled'));
    if (type === 'output_audio_buffer.clear') this.later(40, () => this.#quiet(this.#voice, 'cleared'));
  }

  #commitOwn(): void {
    if (!this.#heard) return this.#refuse('input_audio_buffer_commit_empty');
    this.#commit(this.#id('person'));
  }

  #commit(item_id: string): void {
    this.#heard = false;
    this.tell({ type: 'input_audio_buffer.committed', item_id, previous_item_id: null });
    const type = 'conversation.item.input_audio_transcription.completed';
    this.later(200, () => this.tell({ type, item_id, content_index: 0, transcript: `Words of ${item_id}.` }));
  }

  #respond(): void {
    if (this.#response !== null) return this.#refuse('conversation_already_has_active_response');
    const response_id = this.#id('response');
    const item_id = this.#id('answer');
    this.#response = response_id;
    const piece = { response_id, item_id, output_index: 0, content_index: 0 };
    const meanwhile = (ms: number, run: () => void) => this.later(ms, () => this.#response === response_id && run());
    this.tell({ type: 'response.created', response: { id: response_id, status: 'in_progress' } });
    if (this.#provider.asksTool) {
      const call = { id: item_id, type: 'function_call', status: 'completed', name: 'read_page', arguments: '{}' };
      const item = { ...call, call_id: `call_${item_id}` };
      meanwhile(200, () => this.tell({ type: 'response.output_item.done', response_id, output_index: 0, item }));
      meanwhile(250, () => this.#done(response_id, 'completed'));
      return;
    }
    meanwhile(100, () => {
      const item = { id: item_id, type: 'message', role: 'assistant', status: 'in_progress' };
      this.tell({ type: 'conversation.item.added', item, previous_item_id: null });
      this.tell({ type: 'response.output_audio_transcript.delta', ...piece, delta: 'Words ' });
    });
    meanwhile(200, () => {
      this.#voice = response_id;
      this.voice();
      this.tell({ type: 'output_audio_buffer.started', response_id });
    });
    meanwhile(700, () => {
      const transcript = `Words of ${item_id}.`;
      this.tell({ type: 'response.output_audio_transcript.done', ...piece, transcript });
      this.#done(response_id, 'completed');
    });
    this.later(2500, () => this.#quiet(response_id, 'stopped'));
  }

  #done(id: string | null, status: string): void {
    if (id === null || this.#response !== id) return;
    this.#response = null;
    const { tokens } = this.#provider;
    const usage = { input_tokens: tokens, output_tokens: 0, input_token_details: { audio_tokens: tokens } };
    this.tell({ type: 'response.done', response: { id, status, usage } });
  }

  #quiet(response_id: string | null, how: 'stopped' | 'cleared'): void {
    if (response_id === null || this.#voice !== response_id) return;
    this.#voice = null;
    this.tell({ type: `output_audio_buffer.${how}`, response_id });
  }

  #refuse(code: string): void {
    this.tell({ type: 'error', error: { type: 'invalid_request_error', code, message: 'refused' } });
  }

  #id(kind: string): string {
    this.#count += 1;
    return `${kind}_${this.#provider.lines.indexOf(this)}_${this.#count}`;
  }
}
