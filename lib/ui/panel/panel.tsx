/** The side panel: the whole conversation, and a call beside the page. */
import { useState } from 'preact/hooks';
import { Controls } from '../parts/controls.tsx';
import { Notes } from '../parts/notes.tsx';
import { Notice } from '../parts/notice.tsx';
import { Elapsed, StateWord, TalkButton } from '../parts/talk.tsx';
import { store } from '../store.ts';
import { keepWarm } from '../warm.ts';
import { Composer } from './composer.tsx';
import { Sound } from './sound.tsx';
import { Transcript } from './transcript.tsx';

export async function openPanel(): Promise<void> {
  await store.connect();
  keepWarm();
}

export function Panel() {
  const [unfolded, unfold] = useState(false);
  return (
    <main class="panel">
      <header>
        <h1 class="visually-hidden">Parley</h1>
        <TalkButton />
        <div class="state-box">
          <StateWord />
          <Elapsed />
        </div>
        <Controls />
        <Sound unfolded={unfolded} unfold={unfold} />
      </header>
      <Notice />
      <Notes choose={() => unfold(true)} />
      <Transcript />
      <Composer />
    </main>
  );
}
