/** The session's own end, which it tells beforehand, or comes without a warning. A short one stands for the hour. */
import { isLive } from '../../browser/lines.ts';
import type { FaultCase } from '../case.ts';
import { ask, callUp, goesOn, isReconnecting, loseAndGoOn, seenAt } from '../on-call.ts';

const sessionS = 40;

export const lineRenewal: FaultCase[] = [
  {
    id: 'F61',
    shape: 'renewed before its end, the gap',
    targets: { recoveredMs: 1500 },
    async play(scene) {
      const { extension, engine } = scene;
      await engine.add('session-limit', { seconds: sessionS });
      const at = Date.now();
      await callUp(scene);
      await ask(scene);
      const before = extension.snapshots.last!;
      const awayAt = await seenAt(scene, isReconnecting, at, sessionS * 1000, 'the renewal');
      const backAt = await seenAt(scene, isLive, awayAt, 15_000, 'the next session');
      if (awayAt - at > sessionS * 1000) throw new Error('the session was not renewed, it had ended');
      goesOn(extension.snapshots.last!, before);
      await ask(scene);
      return { saw: 'the call goes on', recoveredMs: backAt - awayAt };
    },
  },
  {
    id: 'F61',
    shape: 'session_expired without a warning',
    targets: { recoveredMs: 5000 },
    async play(scene) {
      await callUp(scene);
      await ask(scene);
      const message = 'Your session hit the maximum duration of 60 minutes.';
      const event = { type: 'error', error: { type: 'invalid_request_error', code: 'session_expired', message } };
      const expire = () => scene.engine.add('send-events', { events: [event] }, { times: 1 });
      return { saw: '“Reconnecting”, then the call goes on', ...(await loseAndGoOn(scene, expire)) };
    },
  },
];
