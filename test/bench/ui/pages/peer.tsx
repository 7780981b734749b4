/**
 * The plain way: one keyed Preact list of all lines, with the markup and the style sheet of the panel's rows, kept at its
 * end. It gets the new line alone, so that nothing but drawing is compared.
 */
import { render } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Line } from '../../../../lib/protocol/snapshot.ts';
import { peerChannel } from './names.ts';

function Row({ line }: { line: Line }) {
  const time = new Date(line.at);
  return (
    <li class={`row ${line.kind}`}>
      <span class="who">
        <span class="visually-hidden">{line.kind}, </span>
        <time dateTime={time.toISOString()}>{`${time.getHours()}:${time.getMinutes()}`}</time>
        <span class="visually-hidden">: </span>
      </span>
      <p dir="auto">{line.kind === 'tool' ? '' : line.text}</p>
      <button type="button" class="copy" tabIndex={-1} data-line={line.id} title="Copy" aria-label="Copy" />
    </li>
  );
}

function List({ first }: { first: Line[] }) {
  const [lines, setLines] = useState(first);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    new BroadcastChannel(peerChannel).addEventListener('message', ({ data }: MessageEvent<Line>) =>
      setLines((before) => before.map((line) => (line.id === data.id ? data : line))),
    );
  }, []);
  useLayoutEffect(() => box.current?.scrollTo({ top: box.current.scrollHeight }), [lines]);
  return (
    <main class="panel">
      <div class="transcript" ref={box}>
        <ol>
          {lines.map((line) => (
            <Row key={line.id} line={line} />
          ))}
        </ol>
      </div>
    </main>
  );
}

export function showPeer(lines: Line[]): void {
  render(<List first={lines} />, document.body);
}
