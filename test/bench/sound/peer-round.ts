/** One peer, once: its page is loaded anew, its button is pressed, and it is closed as a person would. */
import type { Network } from './network/network.ts';
import type { Instruments, Mark, Recording } from './pages/instruments.ts';
import type { PeerName, Started } from './pages/peers.ts';
import type { Stage } from './stage.ts';

export interface PeerCall extends Started {
  marks(): Promise<Mark[]>;
  types(text: string): Promise<void>;
  recording(): Promise<Recording>;
  close(): Promise<void>;
}

export async function startPeer(
  { tab }: Stage,
  network: Network,
  name: PeerName,
  instruments: Partial<Instruments> = {},
): Promise<PeerCall> {
  network.begin();
  const script = await tab.evaluateOnNewDocument(
    (text) => localStorage.setItem('bench', text),
    JSON.stringify(instruments),
  );
  await tab.goto(network.pagesUrl);
  await tab.removeScriptToEvaluateOnNewDocument(script.identifier);
  await tab.waitForFunction(() => 'startPeer' in window);
  const started = await tab.evaluate((which, url) => window.startPeer(which, url), name, network.providerUrl);
  return {
    ...started,
    marks: () => tab.evaluate(() => window.bench.marks),
    types: (text) => tab.evaluate((typed) => window.peer.types(typed), text),
    recording: () => tab.evaluate(() => window.bench.take()),
    close: async () => {
      await tab.evaluate(() => window.peer.close());
      await tab.goto('about:blank');
    },
  };
}
