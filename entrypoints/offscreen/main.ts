import { browser } from 'wxt/browser';
import { openMicrophone } from '../../lib/audio/microphone.ts';
import { createSpeaker } from '../../lib/audio/speaker.ts';
import { openTap } from '../../lib/audio/tap.ts';
import { Call } from '../../lib/call/call.ts';
import { createHost } from '../../lib/host/answer-commands.ts';
import { openFeedSource } from '../../lib/link/feed.ts';
import { answering, answerMessages } from '../../lib/link/messages.ts';
import { sendAsk } from '../../lib/link/request.ts';
import { commands, type PageInView } from '../../lib/protocol/messages.ts';
import { requestGrant } from '../../lib/session/relay-client.ts';
import { createTransports } from '../../lib/transport/list.ts';
import { openSession } from '../../lib/session/session.ts';
import { toolDefinitions } from '../../lib/tools/index.ts';
import { judgePage } from '../../lib/tools/judge-page.ts';
import { runTool } from '../../lib/tools/run-tool.ts';

const workletUrl = browser.runtime.getURL('/audio-worklet.js');
const feed = openFeedSource();
let shown = '';

const call = new Call({
  openMicrophone,
  openTap: (report) => openTap(workletUrl, report),
  createSpeaker,
  requestGrant,
  openSession,
  transports: createTransports(workletUrl),
  askPermission: () => sendAsk({ type: 'open-permission-page' }),
  tools: toolDefinitions(),
  runTool: (name, argumentsText) =>
    runTool(name, argumentsText, {
      page: { read: async () => judgePage((await sendAsk({ type: 'read-page' })) as PageInView) },
    }),
  publish(snapshot) {
    feed.publish(snapshot);
    // The badge belongs to the worker; waking it for every word would be waste.
    const { phase, turn } = snapshot;
    const showing = `${phase} ${turn}`;
    if (showing === shown) return;
    shown = showing;
    sendAsk({ type: 'show-state', phase, turn }).catch(() => console.warn('parley: the badge was not updated'));
  },
  publishLevel: (level) => feed.publishLevel(level),
  finished: (snapshot) => sendAsk({ type: 'finished', snapshot }),
  log: (line) => console.info(`parley: ${line}`),
  now: () => Date.now(),
});

const host = createHost(call);
answerMessages('host', [answering('command', commands, (command) => host.answer(command))]);
