/** Opens a session, has it say one sentence, and closes everything again. */
import { addResponse, noSpend } from '../call/spend.ts';
import { FaultError, type Fault } from '../protocol/faults.ts';
import type { CallPlan } from '../protocol/messages.ts';
import { priceOf } from '../protocol/prices.ts';
import type { Wishes } from '../protocol/wishes.ts';
import type { News } from '../session/news.ts';
import type { Session } from '../session/session.ts';
import { instructionsFor, sampleWordsOf } from './sample-words.ts';
import type { SampleParts } from './voice-sample.ts';

/** What the browser still holds when the voice says that it is over. */
const tailMs = 250;

/** Resolves when all of it was heard. Rejects with a FaultError, or with the reason of the abort. */
export async function playSample(parts: SampleParts, plan: CallPlan, signal: AbortSignal): Promise<void> {
  const { requestGrant, openSession, ways, createSpeaker, log } = parts;
  const words = sampleWordsOf(plan.language);
  const wishes = wishesFor(plan, instructionsFor(words));
  const ready = Promise.withResolvers<void>();
  const heard = Promise.withResolvers<void>();
  const fail = (error: unknown) => {
    ready.reject(error);
    heard.reject(error);
  };
  // Which of the two is waited for depends on how far it came.
  for (const { promise } of [ready, heard]) promise.catch(() => undefined);
  signal.addEventListener('abort', () => fail(signal.reason), { once: true });

  const hear = (news: News) => {
    if (news.type === 'ready') ready.resolve();
    else if (news.type === 'voice-stopped') heard.resolve();
    else if (news.type === 'response-done') book(parts, session, news);
    const fault = 'fault' in news ? news.fault : null;
    if (fault) fail(errorOf(fault));
  };
  const speaker = createSpeaker();
  let session: Session | null = null;
  try {
    void speaker.setDevice(plan.sound.speakerId);
    session = await openSession({
      grant: () => requestGrant(plan, wishes, signal),
      relay: plan,
      byRelay: null,
      news: hear,
      voice: (stream) => speaker.play(stream),
      log,
      signal,
      ways,
      only: plan.transport === 'auto' ? null : plan.transport,
      // No sound goes up, so the simplest line will do.
      typed: true,
    });
    await ready.promise;
    session.say('voice_sample', words.greeting);
    await heard.promise;
    await new Promise((resolve) => setTimeout(resolve, tailMs));
  } finally {
    session?.close();
    speaker.close();
  }
}

function wishesFor({ language, model, voice }: CallPlan, instructions: string): Wishes {
  const names = { ...(model ? { model } : {}), ...(voice ? { voice } : {}) };
  return { language, instructions, output: 'audio', turnDetection: null, ...names };
}

/** It is paid for like any answer. */
function book(
  { spent, log }: SampleParts,
  session: Session | null,
  { responseId: id, usage }: Extract<News, { type: 'response-done' }>,
): void {
  const { model = '', provider = null } = { ...session?.line };
  const { usd } = addResponse(noSpend, { id, usage }, priceOf(model, provider));
  if (usd > 0) spent(crypto.randomUUID(), usd).catch((error: unknown) => log(`not booked: ${String(error)}`));
}

function errorOf({ code, detail, retryAfterS, limit }: Fault): FaultError {
  return new FaultError(code, detail, retryAfterS, limit);
}
