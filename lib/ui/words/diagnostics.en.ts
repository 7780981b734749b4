import type { DiagnosticsWords } from './diagnostics.ts';

export const words: DiagnosticsWords = {
  language: 'en',
  title: 'If something does not work',
  help: 'Diagnostics say which Parley and which browser this is, how it is set, and how the last call went. There is no token, no address and none of your words in them. Nothing is sent: you copy them for whoever helps you.',
  show: 'Show diagnostics',
  label: 'Diagnostics, as they would be copied',
  copy: 'Copy diagnostics',
  copied: 'Copied',
};
