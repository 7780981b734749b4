/** Counts requests in the shared store, and with a small insurance in memory while that is down. */
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { MakeCounter } from '../limits.ts';
import type { Redis } from './connect.ts';

/** One relay alone does not know of the others: it allows a tenth, and never none. */
const insuredShare = 10;

export function redisCounters(client: Redis): MakeCounter {
  return (options) =>
    new RateLimiterRedis({
      ...options,
      storeClient: client,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      keyPrefix: `{parley}:${options.keyPrefix}`,
      insuranceLimiter: new RateLimiterMemory({
        ...options,
        points: Math.max(Math.min(1, options.points), Math.floor(options.points / insuredShare)),
      }),
    });
}
