/** Is there one call, wherever one counts? */
import type { Scene } from '../support/scene.ts';
import { openParts } from './instruments.ts';
import { until } from './until.ts';

/** One document, one microphone, one line, and one call at the engine. Rejects with what there is instead. */
export async function isOne({ extension, engine }: Scene): Promise<void> {
  const contextTypes = ['OFFSCREEN_DOCUMENT'] as chrome.runtime.ContextType[];
  const documents = await extension.hidden.evaluate(
    (of) => chrome.runtime.getContexts({ contextTypes: of }),
    contextTypes,
  );
  const open = await openParts(await extension.offscreen());
  const lines = open && open.peers + open.sockets;
  const counts = [documents.length, open?.microphones, lines];
  if (counts.some((count) => count !== 1)) throw new Error(`documents, microphones, lines: ${counts.join(', ')}`);
  // The engine learns of a hang-up a moment later.
  const isSo = async () => (await engine.calls()).length === 1;
  if (!(await until(isSo, 5000))) throw new Error(`${(await engine.calls()).length} calls at the engine`);
}
