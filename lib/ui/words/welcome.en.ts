import type { WelcomeWords } from './welcome.ts';

export const words: WelcomeWords = {
  language: 'en',
  title: 'Welcome to Parley',
  consent: {
    title: 'Before you begin',
    intro: 'Parley lets you talk with an assistant about the page in front of you. This is what that takes.',
    points: [
      {
        name: 'Recorded',
        text: 'Your voice, from the moment you begin a call until it ends. Parley keeps no sound.',
      },
      {
        name: 'Read',
        text: 'The page in front of you: its title, address, headings and first lines when a call begins (an option turns that off), more of it, or a picture of it, when an answer needs that. Other tabs only where you have pressed Parley’s button. Never what you type into pages, passwords or card numbers. Banks, health and mail ask first.',
      },
      {
        name: 'Sent',
        text: 'Your voice, what you write and what was read go to the relay that you connect and to the provider it uses, whose own terms hold there. Nobody else gets anything, nor do those who make Parley.',
      },
      {
        name: 'Kept',
        text: 'In this browser: your settings, past calls as text, and sums of what they cost. In the options you can stop the keeping of calls, and erase everything.',
      },
    ],
    agree: 'I agree',
    notNow: 'Not now',
    agreed: (when) => `You agreed on ${when} to what Parley records, reads and sends.`,
    takeBack: 'Take it back',
  },
  stepList: 'Steps',
  stepDone: 'done',
  stepOf: (step, count) => `Step ${step} of ${count}`,
  steps: {
    relay: {
      title: 'Connect a relay',
      why: 'The relay is a small program that holds the key to the assistant, so that the browser never does. You run one, or somebody runs it for you.',
    },
    microphone: {
      title: 'Allow the microphone',
      why: 'Parley has to hear you. The microphone is open only during calls and while you test it; what a test hears goes nowhere.',
    },
    talk: { title: 'Say something', why: 'Begin a call, ask, and listen. You may talk over the answer.' },
  },
  next: 'Next',
  skip: 'Skip this step',
  relay: {
    howTo: 'How to connect',
    ways: { token: 'Address and token', code: 'Pairing link', try: 'Try it without a key' },
    code: 'Pairing code',
    codeHelp:
      'The owner of the relay makes one for you. It works once, for a few minutes. You can paste the whole link.',
    connect: 'Connect',
    trust: 'Connect only to a relay that you trust: it and its provider hear what you say.',
    replaces: (host) => `This takes the place of ${host}, which is connected now.`,
    problems: {
      'code-refused': 'The relay refused the code: it is wrong, used or too old. Ask its owner for another.',
      'no-pairing': 'This relay knows no pairing codes. Ask its owner for a device token, and use that.',
      'code-shape': 'This is not a pairing code. Paste the code alone, or the whole link.',
      'damaged-link': 'This pairing link is not whole. Copy it again from its first to its last character.',
    },
    connected: (host) => `Connected to ${host}.`,
    kept: 'The relay knows you now, so you can go on.',
    tryIntro: 'The relay has an engine of its own. It needs no key and no account, and nothing leaves your computer.',
    tryCommands: [
      {
        command: 'npm start',
        does: 'in the folder of Parley’s sources opens a browser with Parley already connected.',
      },
      { command: 'npm run relay', does: 'prints an address and a device token for the browser you are in.' },
    ],
    tryLimits: 'It needs git, Node 20 or newer and npm. The engine understands English best, and is modest.',
  },
  microphone: {
    heard: 'All set. Go on when you like.',
    quiet:
      'Nothing was heard yet. If you did speak, check which microphone the system uses. You can go on all the same.',
  },
  talk: {
    say: (question) => `Press the button and ask: “${question}”`,
    write: (question) => `Write “${question}” instead`,
    noRelay: 'There is nobody to answer yet. Connect a relay, then talk.',
    toRelay: 'Connect a relay',
    noMicrophone: 'The microphone is not allowed yet. You can write instead; the answer comes as text.',
    answered: 'That was your first answer. Parley is ready.',
    finish: 'Finish',
  },
  ready: {
    title: 'Parley is at hand',
    open: 'Still open:',
    ways: [
      'Press Parley’s icon in the toolbar, on the page you want to talk about. If you do not see it, it is behind the puzzle piece: pin it.',
      'The side panel shows the whole conversation, and there you can write as well.',
      'Everything can be changed in the options.',
    ],
    close: 'Close this page',
  },
};
