import type { ToolWords } from './tools.ts';

export const words: ToolWords = {
  language: 'en',
  tools: {
    read_page: { running: 'Reading the page…', done: 'Read the page', failed: 'Could not read the page' },
    search_page: { running: 'Searching the page…', done: 'Searched the page', failed: 'Could not search the page' },
    read_more: { running: 'Reading on…', done: 'Read on', failed: 'Could not read on' },
    read_selection: {
      running: 'Reading what you selected…',
      done: 'Read what you selected',
      failed: 'Could not read the selection',
    },
    page_outline: { running: 'Reading the outline…', done: 'Read the outline', failed: 'Could not read the outline' },
    point_at: { running: 'Finding the words…', done: 'Marked on the page', failed: 'Marked nothing' },
    look_at_page: {
      running: 'Looking at the page…',
      done: 'Looked at the page',
      failed: 'Could not look at the page',
    },
    list_tabs: {
      running: 'Looking at your tabs…',
      done: 'Looked at the tabs you shared',
      failed: 'Could not look at your tabs',
    },
    read_tab: { running: 'Reading another tab…', done: 'Read another tab', failed: 'Could not read the other tab' },
  },
  otherTool: (name) => `Used ${name}`,
  toolFaults: {
    'no-tab': 'No page is open in front of you. Open one and ask again.',
    'not-granted': 'Parley may not read this site yet. Press the toolbar icon on that page, or allow the site here.',
    'ask-first':
      'This page may hold private things: money, health, mail or a password. Nothing is read until you allow it for this call.',
    'never-read':
      'Parley does not read this site: it is on your list, or it keeps passwords. Your list is in the options.',
    'private-window': 'Parley does not read private windows. Ask in an ordinary one.',
    'other-site': 'One answer reads one site, so that no page reaches into another. Ask about this site by itself.',
    'tab-not-granted':
      'Parley may not read that tab yet. Go to it, press the Parley button in the toolbar, then ask again.',
    'too-much-read': 'That was enough reading for one answer. Ask again to go on.',
    'restricted-page': 'The browser lets no extension read its own pages or its store. Ask on an ordinary page.',
    'unreadable-kind': 'This is a PDF, an image or a plain file, which Parley cannot read yet. Ask on a web page.',
    'empty-page': 'There is no text on this page. If it is still loading, ask again in a moment.',
    'no-selection': 'Nothing is selected. Select some text and ask again.',
    'nothing-found': 'No passage of the page fits the question. Ask in other words.',
    'no-such-passage': 'That passage is no longer at hand. Ask again and the page is read anew.',
    'not-on-page': 'These words are not on the page, so nothing was marked. Check the answer before you rely on it.',
    'timed-out': 'The page did not answer in time. Wait until it is quiet and ask again.',
    'page-changed': 'The page changed while it was being read. Ask again.',
    'invalid-arguments': 'The assistant asked in a way Parley does not understand. Ask again in other words.',
    'unknown-tool': 'The assistant asked for something Parley cannot do. Ask for something else.',
    interrupted: 'Stopped, because you went on. Ask again if you still want it.',
    failed: 'Reading failed. Reload the page and ask again.',
  },
  quoted: (text) => `“${text}”`,
  characters: (count) => `${count} characters`,
  truncated: 'only the beginning',
  sent: {
    title: 'What the assistant was sent',
    picture: 'The picture of the page',
    copy: 'Copy',
    copied: 'Copied',
    fetching: 'One moment…',
    notKept: 'What was sent is no longer kept.',
  },
  grant: {
    ask: (host) => (host ? `Let Parley read ${host}` : 'Let Parley read the pages you ask about'),
    given: (host) => (host ? `Parley may read ${host} now.` : 'Parley may read your pages now.'),
    refused: (host) =>
      host ? `Parley may not read ${host}. Nothing was read.` : 'Parley may not read this page. Nothing was read.',
  },
  allow: {
    ask: (host) => `Let Parley read ${host} in this call`,
    given: (host) => `Parley may read ${host} until this call ends.`,
  },
  goesOn: 'The answer goes on by itself.',
  askAgain: 'Ask again.',
  quote: {
    show: 'Show on the page',
    shown: 'Marked on the page again.',
    gone: 'That page is gone.',
    leadsTo: 'Its tab is gone, or shows another page now. The words are at this address:',
    open: 'Open it in a new tab',
  },
};
