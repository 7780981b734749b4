/**
 * The asking half of `messages.ts`, without its schemas: views only ask, and their size is budgeted.
 */
import { browser } from 'wxt/browser';
import { FaultError, faultOf, isFault } from '../protocol/faults.ts';
import type { Fault } from '../protocol/faults.ts';
import type { Ask, Command, Intent } from '../protocol/messages.ts';

export type Answer = { ok: true; value: unknown } | { ok: false; fault: Fault };

/**
 * A worker that dies with a message in flight rejects it, so it is sent once more; but words are never said twice, and a
 * code that may be used up is not tried again.
 */
function attemptsFor(body: Intent | Ask | Command): number {
  const speaks = body.type === 'say' || body.type === 'voice-sample' || (body.type === 'start' && 'say' in body);
  return speaks || body.type === 'pair' ? 1 : 2;
}

const defaultDeadlineMs = 8000;

interface Message {
  target: 'coordinator' | 'host';
  kind: 'intent' | 'ask' | 'command';
  body: Intent | Ask | Command;
}

async function request(message: Message, deadlineMs: number): Promise<unknown> {
  let lastError: unknown;
  for (let attempt = attemptsFor(message.body); attempt > 0; attempt -= 1) {
    try {
      const answer = await withDeadline(
        browser.runtime.sendMessage(message) as Promise<Answer | undefined>,
        deadlineMs,
      );
      if (answer === undefined) throw new FaultError('internal', 'nobody answered');
      if (answer.ok) return answer.value;
      const { code, detail, retryAfterS, limit }: Fault = isFault(answer.fault) ? answer.fault : { code: 'internal' };
      throw new AnsweredError(code, detail, retryAfterS, limit);
    } catch (error) {
      if (error instanceof AnsweredError) throw error;
      lastError = error;
    }
  }
  throw lastError instanceof FaultError ? lastError : new FaultError('internal', faultOf(lastError).detail);
}

/** The other side answered, and the answer is a fault: asking again would not help. */
class AnsweredError extends FaultError {}

function withDeadline<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new FaultError('internal', `no answer in ${ms} ms`)), ms);
  });
  return Promise.race([promise, deadline]).finally(() => clearTimeout(timer));
}

export function sendIntent(body: Intent, deadlineMs = defaultDeadlineMs): Promise<unknown> {
  return request({ target: 'coordinator', kind: 'intent', body }, deadlineMs);
}

export function sendAsk(body: Ask): Promise<unknown> {
  return request({ target: 'coordinator', kind: 'ask', body }, defaultDeadlineMs);
}

export function sendCommand(body: Command, deadlineMs = defaultDeadlineMs): Promise<unknown> {
  return request({ target: 'host', kind: 'command', body }, deadlineMs);
}
