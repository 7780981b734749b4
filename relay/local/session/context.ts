import type { Hearing } from '../hearing/hearing.ts';
import type { Mind } from '../mind/mind.ts';
import type { AudioOutput } from '../output/audio-output.ts';
import type { Speaking } from '../speaking/speaking.ts';
import type { Clock } from './clock.ts';
import type { SessionConfig } from './config.ts';
import type { Conversation } from './conversation.ts';
import type { ServerEvent } from './events.ts';
import type { Ids } from './ids.ts';
import type { Recordings } from './recordings.ts';

/** What the parts of one session share. */
export interface SessionContext {
  readonly conversation: Conversation;
  readonly recordings: Recordings;
  /** Replaced as a whole by each accepted `session.update`. */
  config: SessionConfig;
  readonly output: AudioOutput;
  readonly hearing: Hearing;
  readonly speaking: Speaking;
  readonly mind: Mind;
  /** How much a response can read at most, in tokens; the model's own measure when undefined. */
  readonly readableTokens: number | undefined;
  /** Is given all sound of the person as it comes, 16 kHz. */
  readonly heard: ((samples: Float32Array) => void) | undefined;
  /** Adds the event id and sends. */
  emit(event: ServerEvent): void;
  /** For what a developer should see; never what was said. */
  log(line: string): void;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The person's language, BCP 47; English while nobody said otherwise. */
export function spokenLanguage({ config }: Pick<SessionContext, 'config'>): string {
  const { transcription } = config.audio.input;
  return transcription?.language ?? transcription?.languages?.[0] ?? 'en';
}
