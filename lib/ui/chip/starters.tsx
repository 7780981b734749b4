/** Nothing said yet: what one could say, by the page in view. */
import { useEffect } from 'preact/hooks';
import { useHeir } from '../parts/heir.ts';
import { store } from '../store.ts';
import { startersFor, type Starter } from '../view/page.ts';
import { chipWords } from '../words/chip-words.ts';
import { callWords } from '../words/words.ts';
import { lookAgain, usePage } from './page.ts';

/** `write` begins a message that the person ends. */
export function Starters({ write }: { write: (text: string) => void }) {
  const { empty } = chipWords.use();
  const starters = startersFor(usePage());
  useMarking();
  const box = useHeir<HTMLDivElement>('.composer textarea');
  return (
    <div class="starters" ref={box}>
      <h2>{starters.includes('summary') ? empty.title : empty.titleWithoutPage}</h2>
      <p>{empty.hint}</p>
      <div class="chips">
        {starters.map((starter) => (
          <StarterChip key={starter} starter={starter} write={write} />
        ))}
      </div>
    </div>
  );
}

function StarterChip({ starter, write }: { starter: Starter; write: (text: string) => void }) {
  const { summary, selection, about } = chipWords.use().starters;
  const { able } = callWords.use();
  const text = { summary, selection, about: about.label, able }[starter];
  const press = () => {
    if (starter === 'about') write(about.begin);
    else void store.act({ type: 'say', text });
  };
  return (
    <button type="button" class="chip" onClick={press}>
      {text}
    </button>
  );
}

/** Nothing tells that a person has marked words on the page; but then they come here. */
function useMarking(): void {
  useEffect(() => {
    const root = document.documentElement;
    root.addEventListener('pointerenter', lookAgain);
    return () => root.removeEventListener('pointerenter', lookAgain);
  }, []);
}
