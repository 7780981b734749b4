/** Words that an answer rests on, as a chip: a press shows them on their page again. */
import { useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { sendIntent } from '../../link/request.ts';
import { faultOf, type Fault } from '../../protocol/faults.ts';
import type { QuoteShown } from '../../protocol/messages.ts';
import type { Quote } from '../../protocol/snapshot.ts';
import { webAddress, type WebAddress } from '../view/address.ts';
import { toolWords } from '../words/tool-words.ts';
import { callWords } from '../words/words.ts';
import { useIntoView } from './into-view.ts';

type Answer = QuoteShown | { fault: Fault } | null;

/** `lineId`: null in a past call, of which only the address is known. */
export function QuoteChip({ lineId, quote }: { lineId: string | null; quote: Quote }) {
  const words = toolWords.use();
  const [answer, setAnswer] = useState<Answer>(null);
  const show = () => {
    if (lineId === null) return setAnswer({ shown: false, url: quote.url });
    void sendIntent({ type: 'show-quote', lineId }).then(
      (shown) => setAnswer(shown as QuoteShown),
      (error: unknown) => setAnswer({ fault: faultOf(error) }),
    );
  };
  return (
    <>
      <button type="button" class="chip quote" title={words.quote.show} onClick={show}>
        <span dir="auto">{words.quoted(quote.text)}</span>
        {quote.title && <small dir="auto">{quote.title}</small>}
      </button>
      {/* There from the start, so that what comes into it is announced. */}
      <div role="status">{answer && <Outcome answer={answer} />}</div>
    </>
  );
}

function Outcome({ answer }: { answer: NonNullable<Answer> }) {
  const words = toolWords.use().quote;
  const { faults } = callWords.use();
  if ('fault' in answer) return <p>{faults[answer.fault.code]}</p>;
  if (answer.shown) return <p>{words.shown}</p>;
  const address = webAddress(answer.url ?? '');
  return address ? <LeadsTo address={address} /> : <p>{words.gone}</p>;
}

/** Nothing opens before the person has seen the whole of where it leads. */
function LeadsTo({ address }: { address: WebAddress }) {
  const words = toolWords.use().quote;
  return (
    <div class="leads" ref={useIntoView()}>
      <p>{words.leadsTo}</p>
      <code dir="ltr">
        <b>{address.origin}</b>
        {address.rest}
      </code>
      <button type="button" onClick={() => void browser.tabs.create({ url: address.href })}>
        {words.open}
      </button>
    </div>
  );
}
