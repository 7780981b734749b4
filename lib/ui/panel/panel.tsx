/** The side panel: the whole conversation, and a call beside the page. */
import { Controls } from '../parts/controls.tsx';
import { Notice } from '../parts/notice.tsx';
import { Elapsed, StateWord, TalkButton } from '../parts/talk.tsx';
import { Composer } from './composer.tsx';
import { Transcript } from './transcript.tsx';

export function Panel() {
  return (
    <main class="panel">
      <header>
        <TalkButton />
        <div class="state-box">
          <StateWord />
          <Elapsed />
        </div>
        <Controls />
      </header>
      <Notice />
      <Transcript />
      <Composer />
    </main>
  );
}
