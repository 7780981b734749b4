/** The side panel: the whole conversation, and a call beside the page. */
import { useState } from 'preact/hooks';
import { Beside } from '../parts/beside.tsx';
import { Controls } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { useChip, usePastCalls } from '../parts/later.ts';
import { Money } from '../parts/money.tsx';
import { Times } from '../parts/times.tsx';
import { Elapsed, StateWord, TalkButton } from '../parts/talk.tsx';
import { store } from '../store.ts';
import { keepWarm } from '../warm.ts';
import { callWords } from '../words/words.ts';
import { Composer } from './composer.tsx';
import { Sound } from './sound.tsx';
import { Transcript } from './transcript.tsx';

export async function openPanel(): Promise<void> {
  await store.connect();
  keepWarm();
}

export function Panel() {
  const [unfolded, unfold] = useState(false);
  const [looksBack, lookBack] = useState(false);
  const past = usePastCalls(looksBack);
  const chip = useChip(true);
  return (
    <main class="panel">
      <header>
        <h1 class="visually-hidden">Parley</h1>
        <TalkButton />
        <div class="state-box">
          <StateWord />
          <div class="figures">
            <Elapsed />
            <Money />
          </div>
        </div>
        <Controls />
        <PastButton pressed={looksBack} press={() => lookBack(!looksBack)} />
        <Sound unfolded={unfolded} unfold={unfold} />
        <Times />
      </header>
      {chip ? <chip.PageChip /> : <div class="page-chip" />}
      <Notice />
      <Beside choose={() => unfold(true)} />
      {looksBack && past ? (
        <past.PastCalls back={() => lookBack(false)} />
      ) : (
        <>
          <Transcript />
          <Composer />
        </>
      )}
    </main>
  );
}

function PastButton({ pressed, press }: { pressed: boolean; press: () => void }) {
  const { past } = callWords.use().controls;
  return (
    <button
      type="button"
      class="link past-button"
      title={past}
      aria-label={past}
      aria-pressed={pressed}
      onClick={press}
    >
      <Icon name="past" />
    </button>
  );
}
