import { browser } from 'wxt/browser';
import { openEar } from '../../lib/audio/ear.ts';
import { openMicrophone, watchDevices } from '../../lib/audio/microphone.ts';
import { createSpeaker } from '../../lib/audio/speaker.ts';
import { playTone } from '../../lib/audio/tones.ts';
import { Call } from '../../lib/call/call.ts';
import { createHost } from '../../lib/host/answer-commands.ts';
import { openLog } from '../../lib/host/log.ts';
import { createPagePowers } from '../../lib/host/page-powers.ts';
import { openPastCalls } from '../../lib/host/past-calls.ts';
import { createStateShower } from '../../lib/host/show-state.ts';
import { createVoiceSample } from '../../lib/host/voice-sample.ts';
import { openFeedSource } from '../../lib/link/feed-source.ts';
import { answering, answerMessages } from '../../lib/link/messages.ts';
import { sendAsk } from '../../lib/link/request.ts';
import { commands, type Ask } from '../../lib/protocol/messages.ts';
import { askRelay } from '../../lib/session/ask-relay.ts';
import { openSession } from '../../lib/session/session.ts';
import { toolDefinitions } from '../../lib/tools/index.ts';
import { openToolRoom } from '../../lib/tools/room.ts';
import { createWays } from '../../lib/transport/list.ts';
import { createMemory } from '../../lib/transport/memory.ts';

const workletUrl = browser.runtime.getURL('/audio-worklet.js');
const feed = openFeedSource();
const { write: log, lines } = openLog();
// What can be missed without harm.
const inform = (ask: Ask) => sendAsk(ask).catch(() => log(`${ask.type} did not arrive`));
const showState = createStateShower(inform);
const past = openPastCalls(() => call);
const idle = () => void inform({ type: 'idle' });
const spent = (callId: string, usd: number) => sendAsk({ type: 'spent', callId, usd });
const shared = { ...askRelay, openSession, ways: createWays(workletUrl), createSpeaker, spent, log };
const sample = createVoiceSample({ ...shared, over: idle });

const call = new Call({
  ...shared,
  openMicrophone,
  watchDevices,
  openEar: (events) => openEar(workletUrl, events),
  playTone,
  deaf: createMemory('hears-no-appended-sound'),
  oneTrip: createMemory('relay-takes-offers'),
  askPermission: () => sendAsk({ type: 'open-permission-page' }),
  tools: toolDefinitions(),
  openTools: () => openToolRoom(createPagePowers(sendAsk)),
  publish(snapshot) {
    feed.publish(snapshot);
    showState(snapshot, call.keeps);
    if (call.keeps) past.keep(snapshot);
  },
  publishLevel: (level) => feed.publishLevel(level),
  finished: (snapshot, sent) => past.settled().then(() => sendAsk({ type: 'finished', snapshot, sent, log: lines() })),
  idle,
  now: () => Date.now(),
});

answerMessages('host', [answering('command', commands, createHost({ call, past, sample, log: { lines } }).answer)]);
