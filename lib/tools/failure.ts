/**
 * Why a tool could not do its work, as the model may say it: one true sentence, and what the person can do. Where a click
 * is needed it names the click; no word of the person's can stand for one.
 */
import type { ToolFault } from '../protocol/snapshot.ts';

export const sayFailure: Record<ToolFault, string> = {
  'no-tab': 'I do not see an open tab; open the page you want to talk about.',
  'not-granted':
    'The browser has not let me read this page; press the button that Parley shows in its side panel, or the Parley button in the toolbar while you are on that page.',
  'ask-first':
    'This page may hold private things, and only a click lets me read it; press the button that Parley shows in its side panel.',
  'never-read': 'This site is on the list of those I never read; the list is in the options of Parley.',
  'private-window': 'I never read private windows; open the page in an ordinary window to talk about it.',
  'other-site': 'The page in view is of another site now, and I read one site for a question; ask me about this one.',
  'tab-not-granted':
    'I may not read that tab; go to it and press the Parley button in the toolbar while you are on that page.',
  'too-much-read':
    'I have read as much as I may for one question; let me answer from that, or ask about one part of it.',
  'restricted-page': "This is one of the browser's own or protected pages, and no extension is allowed to read it.",
  'unreadable-kind': 'This is a PDF, an image or another kind of file that I cannot read, only web pages.',
  'empty-page': 'I found no readable text on this page, but I can look at a picture of it.',
  'no-selection': 'Nothing is marked on this page; mark some text, then ask again.',
  'nothing-found': 'I found no passage about that on this page; let me try other words.',
  'no-such-passage': 'I do not have that part of the page at hand; let me look for it again.',
  'not-on-page': 'Those words do not stand on the page like that, so I have marked nothing.',
  'timed-out': 'The page did not answer in time; it may be busy, so try again in a moment.',
  'page-changed':
    'The page changed or was closed while I was reading it; ask again and I will read the one that is open.',
  'invalid-arguments': 'I asked for the page in a wrong way; let me try again.',
  'unknown-tool': 'I tried to use something I do not have.',
  interrupted: 'I was interrupted before I had read it.',
  failed: 'Something went wrong while reading the page; try again, or reload it.',
};
