/** The toolbar icon says the state: a dot by colour and shape in the icon, words on the badge only where they help. */
import { browser } from 'wxt/browser';
import { isActive, type Phase, type Turn } from '../protocol/snapshot.ts';

const live = '#c81e1e';
const work = '#92580a';
const quiet = '#625c55';
const fault = '#8a1313';

export interface Badge {
  text: string;
  colour: string;
  /** Which set of icons: `icon/<name>-16.png`. */
  icon: 'idle' | 'live' | 'work' | 'fault';
}

/** Pure, so that every state can be checked. */
export function badgeFor(phase: Phase, turn: Turn | null): Badge {
  if (phase === 'failed') return { text: '!', colour: fault, icon: 'fault' };
  if (phase === 'asking-permission') return { text: '?', colour: work, icon: 'work' };
  if (phase === 'connecting' || phase === 'unstable' || phase === 'reconnecting')
    return { text: '…', colour: work, icon: 'work' };
  if (!isActive(phase)) return { text: '', colour: live, icon: 'idle' };
  if (turn === 'muted') return { text: 'OFF', colour: work, icon: 'work' };
  // The call is on and nothing is sent: no red.
  if (turn === 'resting') return { text: 'ON', colour: quiet, icon: 'idle' };
  return { text: 'ON', colour: live, icon: 'live' };
}

export async function showState(phase: Phase, turn: Turn | null): Promise<void> {
  const { text, colour, icon } = badgeFor(phase, turn);
  await Promise.all([
    browser.action.setBadgeText({ text }),
    browser.action.setBadgeBackgroundColor({ color: colour }),
    browser.action.setBadgeTextColor({ color: '#ffffff' }),
    browser.action.setIcon({ path: { 16: `/icon/${icon}-16.png`, 32: `/icon/${icon}-32.png` } }),
  ]);
}
