import type { Page } from 'puppeteer';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { onlyOver } from '../support/way.ts';
import { isAnswered, isLive, linesOf } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const question = 'Please tell me when the tower opens in the morning.';
const answers = (seen: Snapshot) => linesOf(seen, 'assistant').map(({ text }) => text);

const ways = [
  { way: 'call', line: 'webrtc', asks: 'route=/v1/realtime/calls  status=201' },
  { way: 'grant', line: 'webrtc', asks: 'route=/v1/realtime/token  status=200' },
  { way: 'socket', line: 'relay', asks: 'method=GET  route=/v1/realtime  ' },
] as const;

const read = async (popup: Page, selector: string): Promise<string> => {
  const shown = await popup.waitForSelector(selector, { timeout: 20_000 });
  return shown!.evaluate(({ textContent }) => (textContent ?? '').replace(/\s+/g, ' '));
};

for (const { way, line, asks } of ways)
  describe(`over the way “${way}”`, onlyOver([way], 'it is about another way'), () => {
    it('what is said is heard and answered aloud', async () => {
      scene = await openScene({ html: lighthouse, way, says: [{ text: question }] });
      const { extension, page, relayLog } = scene;
      await extension.clickToolbar(page);
      const seen = await extension.waitForSnapshot(isAnswered, 60_000, 'the answer');
      expect(answers(seen).join(' ')).toMatch(/nine/i);
      expect(seen.transport).toBe(line);
      expect(relayLog.join('\n')).toContain(asks);
    });

    it('a call over the person’s limit is ended with the limit in words, and no other begins', async () => {
      scene = await openScene({
        html: lighthouse,
        way,
        relayEnv: { LIMIT_PERSON: 'usd/day=0.0001' },
        provider: 'openai',
        control: true,
      });
      const { extension, page, engine } = scene;
      const popup = await extension.clickToolbar(page);
      await extension.waitForSnapshot(isLive, 20_000, 'the call');
      await extension.send({ type: 'say', text: 'How much is a ticket?' });
      const { fault } = await extension.waitForSnapshot(({ phase }) => phase === 'failed', 30_000, 'the end');
      const limit = { of: 'person', what: 'usd', per: 'day', most: 0.0001, resetsAt: expect.any(Number) };
      expect(fault).toMatchObject({ code: 'relay-cap', limit });
      expect(await read(popup, '.notice p')).toMatch(
        /^You have used up your \$0\.0001 for today\. You can talk again from \d+:00 [AP]M; whoever runs the relay can raise the limit\.$/,
      );
      await expect.poll(async () => (await engine.calls()).length).toBe(0);
      await extension.send({ type: 'start', microphone: true });
      await extension.waitForSnapshot(({ phase }) => phase === 'connecting', 5000, 'another try');
      const again = await extension.waitForSnapshot(({ phase }) => phase === 'failed', 20_000, 'the refusal');
      expect(again.fault).toMatchObject({ code: 'relay-cap', detail: expect.stringContaining('LIMIT_PERSON'), limit });
    });

    it('a call is told when the relay will end it, and afterwards that its minutes are over', async () => {
      scene = await openScene({
        html: lighthouse,
        way,
        relayEnv: { LIMIT_DEVICE: 'minutes/call=0.25' },
        provider: 'openai',
        control: true,
      });
      const { extension, page } = scene;
      const popup = await extension.clickToolbar(page);
      await extension.waitForSnapshot(isLive, 20_000, 'the call');
      expect(await read(popup, '.notes .limit')).toMatch(/the relay allows.* ends the call in 0:[01]\d\.$/);
      const { fault } = await extension.waitForSnapshot(({ phase }) => phase === 'failed', 40_000, 'the end');
      expect(fault).toMatchObject({ code: 'relay-cap', limit: { what: 'minutes', per: 'call' } });
      expect(await read(popup, '.notice p')).toMatch(
        /^This call has reached its limit of 0.25 minutes\. Start another /,
      );
    });
  });
