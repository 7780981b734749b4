/** Why a tool could not do its work, as the model may say it: one true sentence, and what the person can do. */
import type { ToolFault } from '../protocol/snapshot.ts';

export const sayFailure: Record<ToolFault, string> = {
  'no-tab': 'I do not see an open tab; open the page you want to talk about.',
  'not-granted':
    'The browser has not let me read this page yet; press the Parley button in the toolbar while you are on it, then ask again.',
  'restricted-page': "This is one of the browser's own or protected pages, and no extension is allowed to read it.",
  'unreadable-kind': 'This is a PDF, an image or another kind of file that I cannot read yet, only web pages.',
  'empty-page': 'I looked at this page and found no readable text on it.',
  'no-selection': 'Nothing is marked on this page; mark some text, then ask again.',
  'timed-out': 'The page did not answer in time; it may be busy, so try again in a moment.',
  'page-changed':
    'The page changed or was closed while I was reading it; ask again and I will read the one that is open.',
  'invalid-arguments': 'I asked for the page in a wrong way; let me try again.',
  'unknown-tool': 'I tried to use something I do not have.',
  interrupted: 'I was interrupted before I had read it.',
  failed: 'Something went wrong while reading the page; try again, or reload it.',
};
