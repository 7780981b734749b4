/** Hears the chosen voice say a sentence. A second press silences it. */
import { useEffect, useState } from 'preact/hooks';
import { sendIntent } from '../../link/request.ts';
import { faultOf, type Fault } from '../../protocol/faults.ts';
import { sentenceOf } from '../words/fault.ts';
import { pageWords } from '../words/page-words.ts';
import { callWords } from '../words/words.ts';

/** The answer comes when it is over, or names what was wrong. */
const patienceMs = 30_000;

export function VoiceSample({ voice }: { voice: string }) {
  const words = pageWords.use().voice;
  const ofCall = callWords.use();
  const [state, setState] = useState<'silent' | 'playing' | 'in-call' | Fault>('silent');
  const playing = state === 'playing';
  // What was said of another voice is over.
  useEffect(() => setState((now) => (now === 'playing' ? now : 'silent')), [voice]);
  const press = async () => {
    if (playing) return void sendIntent({ type: 'voice-sample-stop' }).catch(() => undefined);
    setState('playing');
    try {
      const end = await sendIntent({ type: 'voice-sample', voice }, patienceMs);
      setState(end === 'in-call' ? 'in-call' : 'silent');
    } catch (error) {
      setState(faultOf(error));
    }
  };
  let said = '';
  if (playing) said = words.playing;
  else if (state === 'in-call') said = words.inCall;
  else if (typeof state === 'object') said = sentenceOf(state, ofCall);
  return (
    <div class="field">
      <div class="test">
        <button type="button" onClick={() => void press()}>
          {playing ? words.stop : words.hear}
        </button>
        <p role="status" class={said && !playing ? 'result bad' : 'result'}>
          {said}
        </p>
      </div>
      <p class="help">{words.help}</p>
    </div>
  );
}
