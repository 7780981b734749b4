/** The offscreen document's half of the conversation with the coordinator: each command, done to the one call, or beside it. */
import type { Call } from '../call/call.ts';
import { FaultError } from '../protocol/faults.ts';
import type { Command, RelayReport, SampleEnd, Sent } from '../protocol/messages.ts';
import type { PairAnswer } from '../protocol/pairing.ts';
import { isLine, type Snapshot } from '../protocol/snapshot.ts';
import { requestPairing } from '../session/pair.ts';
import { requestMe } from '../session/relay-call.ts';
import { requestGrant } from '../session/relay-client.ts';
import type { Log } from './log.ts';
import type { PastCalls } from './past-calls.ts';
import type { VoiceSample } from './voice-sample.ts';

export interface Host {
  answer(command: Command): Promise<Snapshot | RelayReport | PairAnswer | Sent | SampleEnd | string[] | boolean | null>;
}

interface HostParts {
  call: Call;
  past: Pick<PastCalls, 'settled' | 'earlier'>;
  sample: VoiceSample;
  log: Pick<Log, 'lines'>;
}

export function createHost({ call, past, sample, log }: HostParts): Host {
  // Once retired the document is about to be closed: nothing may begin in it.
  let retired = false;
  return {
    async answer(command) {
      switch (command.type) {
        case 'ping':
          return true;
        case 'retire':
          await past.settled();
          retired = (await call.isOver()) && !sample.playing;
          return retired;
        case 'test-relay': {
          const { model: wanted, voice: wantedVoice } = command;
          const wishes = { ...(wanted && { model: wanted }), ...(wantedVoice && { voice: wantedVoice }) };
          const grant = await requestGrant(command, wishes, new AbortController().signal);
          call.learn(command.relayUrl, grant);
          const { provider, model, voice } = grant;
          const { limits } = await requestMe(command).catch(() => ({ limits: [] }));
          return { provider, model, voice, limits };
        }
        case 'pair':
          return requestPairing(command, new AbortController().signal);
        case 'snapshot':
          break;
        case 'start': {
          const earlier =
            command.resume === undefined
              ? undefined
              : await past.earlier(command.resume, command.lines?.filter(isLine));
          if (retired) throw new FaultError('host-stopped');
          // What runs is another conversation.
          if (earlier && call.active) break;
          sample.stop();
          call.start(command.plan, command.say, earlier);
          if (command.talking) call.talkBegin();
          break;
        }
        case 'warm':
          if (!retired) call.warm(command.plan);
          break;
        case 'adjust':
          call.adjust(command);
          break;
        case 'talk-begin':
          call.talkBegin();
          break;
        case 'talk-end':
          call.talkEnd(command.send);
          break;
        case 'end':
          call.end();
          break;
        case 'mute':
          call.mute(command.muted);
          break;
        case 'stop-answer':
          call.stopAnswer();
          break;
        case 'say':
          call.say(command.text);
          break;
        case 'microphone-answer':
          call.permissionAnswered(command.answer);
          break;
        case 'go-on':
          call.goOn();
          break;
        case 'ask-again':
          call.askAgain();
          break;
        case 'voice-sample':
          if (retired) throw new FaultError('host-stopped');
          if (!call.active) sample.play(command.plan);
          return !call.active;
        case 'voice-sample-end':
          return sample.end();
        case 'voice-sample-stop':
          sample.stop();
          return null;
        case 'log':
          return log.lines();
        case 'sent':
          return call.sent(command.lineId);
      }
      return call.snapshot();
    },
  };
}
