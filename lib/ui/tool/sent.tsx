/** Exactly what went to the model for one row, fetched when it is opened: text as text, and a picture. */
import { useEffect, useState } from 'preact/hooks';
import { sendIntent } from '../../link/request.ts';
import { faultOf, type Fault } from '../../protocol/faults.ts';
import type { Sent } from '../../protocol/messages.ts';
import { toolWords } from '../words/tool-words.ts';
import { callWords } from '../words/words.ts';
import { useIntoView } from './into-view.ts';

type Answer = Sent | { fault: Fault } | null | 'fetching';

export type SentOf = (lineId: string) => Promise<Sent | null>;

/** Of the call in view, which runs or was the last. */
const sentLately: SentOf = (lineId) => sendIntent({ type: 'sent', lineId }) as Promise<Sent | null>;

export function SentToModel({ lineId, sentOf = sentLately }: { lineId: string; sentOf: SentOf | undefined }) {
  const words = toolWords.use().sent;
  const { faults } = callWords.use();
  const [answer, setAnswer] = useState<Answer>('fetching');
  useEffect(() => {
    sentOf(lineId).then(setAnswer, (error: unknown) => setAnswer({ fault: faultOf(error) }));
  }, [lineId]);
  if (answer === 'fetching') return <p role="status">{words.fetching}</p>;
  if (!answer) return <p role="status">{words.notKept}</p>;
  if ('fault' in answer) return <p role="alert">{faults[answer.fault.code]}</p>;
  return <Kept sent={answer} />;
}

function Kept({ sent: { output, image } }: { sent: Sent }) {
  const words = toolWords.use().sent;
  return (
    <div class="sent" ref={useIntoView()}>
      <div class="line">
        <span>{words.title}</span>
        <CopyButton text={output} />
      </div>
      <pre tabIndex={0} role="region" aria-label={words.title} dir="auto">
        {output}
      </pre>
      {image?.startsWith('data:image/') && <img src={image} alt={words.picture} />}
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const words = toolWords.use().sent;
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <>
      <span role="status">{copied && words.copied}</span>
      <button type="button" onClick={copy}>
        {words.copy}
      </button>
    </>
  );
}
