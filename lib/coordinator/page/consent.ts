/**
 * What the person allowed by a click for the call that runs. Only what was asked for can be allowed, so that a click never
 * allows more than its words said. Kept in session storage: the worker keeps nothing.
 */
import { browser } from 'wxt/browser';
import { createQueue } from '../queue.ts';

const key = 'reading-consent';
/** A call asks for few sites; a model that asks without end fills nothing. */
const mostAsked = 50;
const inOrder = createQueue();

/** Origins. */
interface Consent {
  asked: string[];
  allowed: string[];
}

export async function allowedOrigins(): Promise<string[]> {
  return (await kept()).allowed;
}

export function rememberAsked(origin: string): Promise<void> {
  return inOrder(async () => {
    const { asked, allowed } = await kept();
    if (!asked.includes(origin)) await keep({ asked: [...asked, origin].slice(-mostAsked), allowed });
  });
}

/** Resolves to whether it is allowed now. */
export function allow(origin: string): Promise<boolean> {
  return inOrder(async () => {
    const { asked, allowed } = await kept();
    if (!asked.includes(origin)) return false;
    if (!allowed.includes(origin)) await keep({ asked, allowed: [...allowed, origin] });
    return true;
  });
}

/** The call is over. */
export function forgetConsent(): Promise<void> {
  return inOrder(() => browser.storage.session.remove(key));
}

async function kept(): Promise<Consent> {
  const { [key]: value } = await browser.storage.session.get(key);
  return { asked: [], allowed: [], ...(value as Partial<Consent> | undefined) };
}

function keep(value: Consent): Promise<void> {
  return browser.storage.session.set({ [key]: value });
}
