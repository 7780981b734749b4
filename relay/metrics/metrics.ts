/** What a relay tells about itself: how much is asked, refused and used, and how the provider does. No label names anybody. */
import type { Outcome } from '../moderation/moderation.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { Refusal } from '../refusal.ts';
import type { UsageBook } from '../usage/usage-book.ts';
import { Registry } from './registry.ts';

const seconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface Metrics {
  registry: Registry;
  /** A request that was answered; `code` when it was refused. */
  request(route: string, status: number, code: string | undefined): void;
  /** Counts what is written down. */
  usage(book: UsageBook): UsageBook;
  /** Texts that moderation was asked about, or should have been. */
  moderated(outcome: Outcome, texts: number): void;
  /** Times what the provider is asked. */
  upstream(upstream: Upstream): Upstream;
}

export function createMetrics(now: () => number = () => performance.now()): Metrics {
  const registry = new Registry();
  const requests = registry.counter('parley_requests_total', 'Requests answered, by route and status.');
  const refusals = registry.counter('parley_refusals_total', 'Requests refused, by the code of the refusal.');
  const grants = registry.counter('parley_grants_total', 'Grants handed out.');
  const calls = registry.counter('parley_calls_total', 'Calls that went through the relay or were opened by it.');
  const minutes = registry.counter('parley_call_minutes_total', 'Minutes of those calls.');
  const cost = registry.counter('parley_cost_usd_total', 'Their cost at list prices; estimated where it was not seen.');
  const moderated = registry.counter(
    'parley_moderated_texts_total',
    'Texts that moderation was to look at, by outcome.',
  );
  const upstreamTime = registry.histogram('parley_upstream_seconds', 'How long the provider took to answer.', seconds);

  const timed = async <T>(what: string, work: Promise<T>): Promise<T> => {
    const started = now();
    const tell = (outcome: string): void => upstreamTime({ what, outcome }, (now() - started) / 1000);
    try {
      const result = await work;
      tell('ok');
      return result;
    } catch (error) {
      tell(error instanceof Refusal ? error.code : 'failed');
      throw error;
    }
  };
  return {
    registry,
    request(route, status, code) {
      requests({ route, status: String(status) });
      if (code !== undefined) refusals({ code });
    },
    moderated: (outcome, texts) => moderated({ outcome }, texts),
    usage: (book) => ({
      report: (span) => book.report(span),
      record: async (entry) => {
        const { grants: given = 0, calls: opened = 0, ms = 0, microUsd = 0, unseenMicroUsd = 0 } = entry;
        if (given > 0) grants({}, given);
        if (opened > 0) calls({}, opened);
        if (ms > 0) minutes({}, ms / 60_000);
        if (microUsd > unseenMicroUsd) cost({ seen: 'yes' }, (microUsd - unseenMicroUsd) / 1e6);
        if (unseenMicroUsd > 0) cost({ seen: 'no' }, unseenMicroUsd / 1e6);
        return book.record(entry);
      },
    }),
    upstream: (asked) => ({
      mint: (session, askFor) => timed('mint', asked.mint(session, askFor)),
      call: (session, offer, askFor) => timed('call', asked.call(session, offer, askFor)),
      hangUp: (callId, askFor) => timed('hangup', asked.hangUp(callId, askFor)),
    }),
  };
}
