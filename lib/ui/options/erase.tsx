/** All that Parley keeps here, told first and then erased. */
import { useEffect, useState } from 'preact/hooks';
import { sendIntent } from '../../link/request.ts';
import { connectToCalls } from '../../storage/calls/connection.ts';
import { isActive, isSnapshot } from '../../protocol/snapshot.ts';
import { eraseEverything, whatIsKept, type Holding, type Inventory } from '../../storage/everything.ts';
import { defaultSettings } from '../../storage/settings.ts';
import { Confirm } from '../parts/confirm.tsx';
import { settings as shown } from '../settings.ts';
import { useValue } from '../value.ts';
import { megabytes } from '../view/past.ts';
import { keepingWords } from '../words/keeping-words.ts';
import type { KeepingWords } from '../words/keeping.ts';

const connection = connectToCalls();

export function EraseEverything({ replaced }: { replaced: () => void }) {
  const words = keepingWords.use();
  const { deviceToken } = useValue(shown).relay;
  const [kept, setKept] = useState<Inventory | null>(null);
  const [left, setLeft] = useState<Holding[] | 'erasing' | null>(null);
  useEffect(() => {
    const look = () => void whatIsKept(connection).then(setKept);
    look();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [left, deviceToken]);
  const erase = async () => {
    setLeft('erasing');
    await endCall().catch(() => undefined);
    const still = await eraseEverything(connection);
    if (!still.includes('settings')) {
      shown.set(defaultSettings);
      replaced();
    }
    setLeft(still);
  };
  return (
    <div class="field" role="group" aria-label={words.erase}>
      <h3>{words.erase}</h3>
      <p class="help">{words.eraseHelp}</p>
      {kept && (
        <ul class="help">
          {holdingsOf(kept, words).map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
      <Confirm
        label={words.erase}
        question={words.eraseAsk}
        yes={words.erase}
        no={words.cancel}
        disabled={left === 'erasing'}
        onYes={() => void erase()}
      />
      <p role="status" class={left && left.length > 0 ? 'problem' : 'saved'}>
        {Array.isArray(left) && outcomeOf(left, words)}
      </p>
    </div>
  );
}

const looks = 30;
const lookEveryMs = 100;

/** An open call would leave its last words behind: its document is closed when they are kept. Throws where nobody answers. */
async function endCall(): Promise<void> {
  const now = await sendIntent({ type: 'hello' });
  if (!isSnapshot(now) || !isActive(now.phase)) return;
  await sendIntent({ type: 'end' });
  const contextTypes: chrome.runtime.ContextType[] = [
    'OFFSCREEN_DOCUMENT' as chrome.runtime.ContextType.OFFSCREEN_DOCUMENT,
  ];
  for (let look = 0; look < looks; look += 1) {
    if ((await chrome.runtime.getContexts({ contextTypes })).length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

function holdingsOf(kept: Inventory, { holdings: words, language }: KeepingWords): string[] {
  const number = (value: number) => value.toLocaleString(language);
  const { calls, spendMonths, sites } = kept;
  const told = [words.settings(kept.deviceToken)];
  if (spendMonths > 0) told.push(words.spend(number(spendMonths)));
  if (!calls) told.push(words.callsUnknown);
  else if (calls.count > 0) told.push(words.calls(number(calls.count), megabytes(calls.bytes, language)));
  if (kept.lastCall) told.push(words.lastCall);
  if (sites.length > 0) told.push(words.sites(number(sites.length)));
  return told;
}

function outcomeOf(left: readonly Holding[], { erased, left: say, leftNames }: KeepingWords): string {
  return left.length === 0 ? erased : say(left.map((each) => leftNames[each]).join(', '));
}
