/** Relay and provider of a walk: what comes of an attempt is set by the steps, and a line answers as a provider does. */
import { FaultError, type FaultCode } from '../../../lib/protocol/faults.ts';
import type { Grant } from '../../../lib/protocol/grant.ts';
import type { ConnectRequest, Prepared, Transport, Way } from '../../../lib/transport/transport.ts';
import { WalkLine } from './line.ts';

/** What comes of the next attempts: where it goes wrong, and how. */
export interface Weather {
  stage: 'grant' | 'line' | 'greeting';
  /** `hangs`: nothing comes. `late`: all comes, ten times as slowly. */
  how: 'fine' | 'hangs' | 'late' | FaultCode;
  retryAfterS?: number;
}

export class WalkProvider {
  weather: Weather = { stage: 'grant', how: 'fine' };
  freeWhileIdle = false;
  /** Seconds that a session lives; null: it does not say. */
  sessionS: number | null = null;
  /** Model answers with a tool call. */
  asksTool = false;
  /** Tokens of the next answers. */
  tokens = 10;
  readonly lines: WalkLine[] = [];
  #prepared = 0;

  get openLines(): WalkLine[] {
    return this.lines.filter(({ closed }) => !closed);
  }

  /** Of the last line, whether it is still open or not. */
  get line(): WalkLine | undefined {
    return this.lines.at(-1);
  }

  get prepared(): number {
    return this.#prepared;
  }

  async requestGrant(signal: AbortSignal): Promise<Grant> {
    await this.#stage('grant', 100, signal);
    const unixS = Date.now() / 1000;
    const { freeWhileIdle } = this;
    const transports = [{ kind: 'webrtc', url: 'https://provider.example/v1' }];
    const names = { provider: 'openai', model: 'gpt-realtime', voice: 'v' };
    return { value: 'ek', expiresAt: unixS + 60, issuedAt: unixS, freeWhileIdle, ...names, transports };
  }

  /** As long as the relay is away; its own deadline ends it. */
  async untilReachable(signal: AbortSignal): Promise<void> {
    const isAway = this.weather.stage === 'grant' && this.weather.how === 'relay-unreachable';
    await passed(isAway ? 7000 : 20, signal);
    if (isAway) throw new FaultError('relay-unreachable', 'a walk');
  }

  readonly way: Way = {
    prepare: (): Prepared => {
      this.#prepared += 1;
      let open = true;
      return {
        close: () => {
          if (open) this.#prepared -= 1;
          open = false;
        },
      };
    },
    connect: async ({ events, signal }: ConnectRequest): Promise<Transport> => {
      await this.#stage('line', 300, signal);
      const line = new WalkLine(this, events);
      this.lines.push(line);
      const { stage, how } = this.weather;
      if (stage !== 'greeting' || how === 'fine') line.greet(50);
      else if (how === 'late') line.greet(3000);
      else if (how !== 'hangs') line.later(50, () => line.lose(how));
      return line;
    },
  };

  async #stage(stage: Weather['stage'], usualMs: number, signal: AbortSignal): Promise<void> {
    const { how, stage: bad, retryAfterS } = this.weather;
    const isBad = stage === bad;
    // Real ones have a deadline, which these stand for.
    if (isBad && how === 'hangs') {
      await passed(10_000, signal);
      throw new FaultError(stage === 'grant' ? 'relay-timeout' : 'connection-failed', 'a walk');
    }
    await passed(isBad && how === 'late' ? usualMs * 10 : usualMs, signal);
    if (isBad && how !== 'fine' && how !== 'late' && how !== 'hangs') throw new FaultError(how, 'a walk', retryAfterS);
  }
}

/** Rejects when the attempt is given up. */
export function passed(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp, { once: true });
  });
}
