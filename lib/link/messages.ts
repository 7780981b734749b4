/**
 * The answering half of addressed messages. `runtime.sendMessage` is a broadcast: whoever is not meant stays silent, the
 * one who is meant answers with `{ ok: true, value }` or `{ ok: false, fault }`.
 */
import { browser } from 'wxt/browser';
import { faultOf } from '../protocol/faults.ts';
import { parseMessage, type asks, type commands, type intents, type MessageOf } from '../protocol/messages.ts';
import type { Answer } from './request.ts';

type Kinds = { intent: typeof intents; ask: typeof asks; command: typeof commands };

/** The part of the browser's word about a sender that counts here. A tab: of the page that sent it. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  tab?: { id?: number | undefined } | undefined;
}

/** One kind of message that this context answers. */
export interface Answering<K extends keyof Kinds = keyof Kinds> {
  kind: K;
  /** What such a message may look like. */
  schemas: Kinds[K];
  answer(body: MessageOf<Kinds[K]>, from: Sender): Promise<unknown>;
}

/** Lets the type of the body follow from the kind; a list holds several kinds. */
export function answering<K extends keyof Kinds>(
  kind: K,
  schemas: Kinds[K],
  answer: Answering<K>['answer'],
): Answering {
  return { kind, schemas, answer } as unknown as Answering;
}

/**
 * Answers messages meant for this context. Only our own pages and worker are heard: other extensions are shut out by the
 * manifest, and a message that does not match its schema is refused with a fault, never thrown.
 */
export function answerMessages(target: 'coordinator' | 'host', kinds: Answering[]): () => void {
  const own = browser.runtime.getURL('');
  const listener = (message: unknown, sender: Sender, respond: (answer: Answer) => void) => {
    const { target: meant, kind, body } = (message ?? {}) as { target?: unknown; kind?: unknown; body?: unknown };
    const known = meant === target ? kinds.find((each) => each.kind === kind) : undefined;
    const isOurs = sender.id === browser.runtime.id && (sender.url === undefined || sender.url.startsWith(own));
    if (!known || !isOurs) return false;
    void reply(known, body, sender).then(respond);
    // The answer comes later.
    return true;
  };
  browser.runtime.onMessage.addListener(listener);
  return () => browser.runtime.onMessage.removeListener(listener);
}

async function reply(known: Answering, message: unknown, from: Sender): Promise<Answer> {
  const body = parseMessage(known.schemas, message);
  if (!body) return { ok: false, fault: { code: 'internal', detail: `malformed ${known.kind}` } };
  try {
    return { ok: true, value: (await known.answer(body as never, from)) ?? null };
  } catch (error) {
    return { ok: false, fault: faultOf(error) };
  }
}
