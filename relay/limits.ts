/**
 * How often at all: a stolen token or a loop in a client must not cost more than a few calls. Counted in memory, in a file
 * or in a store that relays share: as the edge brings it. When counting itself fails the answer is no. What an owner allows
 * besides is in caps/.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from './refusal.ts';

export interface LimitNumbers {
  tokenPerMinute: number;
  tokenPerHour: number;
  addressPerMinute: number;
  failedAuthPerMinute: number;
  failedAuthBlockS: number;
  globalPerMinute: number;
}

/** Each throws a `rate_limited` refusal with the seconds to wait. */
export interface Limits {
  /** Before the token is looked at: too many requests, or too many wrong tokens, from this address. */
  arrive(address: string): Promise<void>;
  /** A wrong or missing token from this address. */
  failed(address: string): Promise<void>;
  /** Before the provider is asked: too often for this device or everybody. */
  spend(deviceId: string): Promise<void>;
  /** Before a socket is opened to the provider: as often as `spend`, counted apart. */
  connect(deviceId: string): Promise<void>;
  /** False when this sign-in was finished before. */
  signInOnce(state: string): Promise<boolean>;
}

/** What `createLimits` counts with; a test hands in one that breaks. */
export type Counter = Pick<RateLimiterMemory, 'consume' | 'get'>;
export type MakeCounter = (options: CounterOptions) => Counter;

export interface CounterOptions {
  /** Tells the counters of a relay apart in a store. */
  keyPrefix: string;
  points: number;
  /** Seconds. */
  duration: number;
  blockDuration?: number;
}

/** How long a sign-in may take, from its first page to its last. */
export const signInS = 600;

export function createLimits(
  numbers: LimitNumbers,
  makeCounter: MakeCounter = (options) => new RateLimiterMemory(options),
): Limits {
  const perAddress = makeCounter({ keyPrefix: 'address', points: numbers.addressPerMinute, duration: 60 });
  // The block begins with the consume that exceeds the points: one less makes the last allowed failure the blocking one.
  const failures = makeCounter({
    keyPrefix: 'failed',
    points: numbers.failedAuthPerMinute - 1,
    duration: 60,
    blockDuration: numbers.failedAuthBlockS,
  });
  const perToken = [
    makeCounter({ keyPrefix: 'device-minute', points: numbers.tokenPerMinute, duration: 60 }),
    makeCounter({ keyPrefix: 'device-hour', points: numbers.tokenPerHour, duration: 3600 }),
  ];
  const everybody = makeCounter({ keyPrefix: 'everybody', points: numbers.globalPerMinute, duration: 60 });
  const signIns = makeCounter({ keyPrefix: 'sign-in', points: 1, duration: signInS });

  const start = async (device: string, all: string): Promise<void> => {
    for (const counter of perToken) await take(counter, device, 'Too many calls were started with this device token.');
    await take(everybody, all, 'This relay has started as many calls as it may for now.');
  };

  return {
    async arrive(address) {
      const failed = await closed(() => failures.get(address));
      if (failed !== null && failed.consumedPoints >= numbers.failedAuthPerMinute) {
        throw tooMany('Too many wrong device tokens from this address.', failed.msBeforeNext);
      }
      await take(perAddress, address, 'Too many requests from this address.');
    },
    async failed(address) {
      // The answer is a 401 either way; the next arrival meets the block.
      await closed(() => failures.consume(address).catch(unlessLimit));
    },
    spend: (deviceId) => start(`grant ${deviceId}`, 'all grants'),
    connect: (deviceId) => start(`socket ${deviceId}`, 'all sockets'),
    signInOnce: async (state) => !((await closed(() => signIns.consume(state).catch(unlessLimit))) instanceof Denied),
  };
}

async function take(counter: Counter, key: string, message: string): Promise<void> {
  const result = await closed(() => counter.consume(key).catch(unlessLimit));
  if (result instanceof Denied) throw tooMany(message, result.msBeforeNext);
}

class Denied {
  readonly msBeforeNext: number;
  constructor(msBeforeNext: number) {
    this.msBeforeNext = msBeforeNext;
  }
}

/** The library rejects with a result when the limit is reached, and with an error when it could not count. */
function unlessLimit(reason: unknown): Denied {
  if (reason instanceof RateLimiterRes) return new Denied(reason.msBeforeNext);
  throw reason;
}

async function closed<T>(count: () => Promise<T>): Promise<T> {
  try {
    return await count();
  } catch {
    throw new Refusal('rate_limited', 'The relay cannot count its requests and lets none through. Restart the relay.', {
      retryAfterS: 30,
      reason: 'limiter-failed',
    });
  }
}

function tooMany(message: string, msBeforeNext: number): Refusal {
  const retryAfterS = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return new Refusal('rate_limited', `${message} Try again in ${retryAfterS} s.`, { retryAfterS });
}
