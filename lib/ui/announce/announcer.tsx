/** The one place that a screen reader hears of in the screen-reader mode. Fetched by `parts/later` when that is on. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { createLineFeed, mayReadOut, textOf } from '../view/announce.ts';
import type { TalkState } from '../view/talk.ts';
import { callWords } from '../words/words.ts';
import { useSoleVoice } from './sole-voice.ts';

/** States that pass sooner are not worth a word: an answer goes through several. */
const settledMs = 500;

/** What was read out goes then: whoever reads on by themselves meets each line once, in the conversation. */
const keptMs = 5000;

interface AnnouncerProps {
  state: TalkState;
  /** Of the state. */
  word: string;
}

export function Announcer({ state, word }: AnnouncerProps) {
  const words = callWords.use();
  const snapshot = useValue(store.snapshot);
  const isOurs = useSoleVoice();
  const [feed] = useState(() => createLineFeed(Date.now()));
  const waiting = useRef<string[]>([]);
  const [said, setSaid] = useState<string[]>([]);
  const quiet = mayReadOut(state, snapshot);
  const { phase, endReason } = snapshot;
  const now = phase === 'ended' && endReason ? words.ended[endReason] : word;

  const say = (...texts: string[]) => {
    if (isOurs.current && texts.length > 0) setSaid((before) => [...before, ...texts]);
  };
  useEffect(() => {
    for (const line of feed(snapshot)) {
      const text = textOf(line);
      if (text) waiting.current.push(`${line.kind === 'person' ? words.you : words.parley}: ${text}`);
    }
    if (quiet) say(...waiting.current.splice(0));
  }, [snapshot, quiet]);
  useEffect(() => {
    if (!quiet) return;
    const timer = setTimeout(() => say(now), settledMs);
    return () => clearTimeout(timer);
  }, [now, quiet]);
  useEffect(() => {
    const timer = setTimeout(() => setSaid([]), keptMs);
    return () => clearTimeout(timer);
  }, [said]);

  return (
    <div class="visually-hidden" aria-live="polite" aria-relevant="additions">
      {said.map((text, index) => (
        <p key={index}>{text}</p>
      ))}
    </div>
  );
}
