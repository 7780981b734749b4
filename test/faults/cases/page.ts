/** The page in view cannot be read, changes, or fights back. */
import type { FaultCase } from '../case.ts';

const refusals = 'browser/page-refusals.test.ts';
const awkward = 'browser/page-awkward.test.ts';
const read = 'unit/coordinator/page/read.test.ts';
const looking = 'browser/page-looking.test.ts';
const pointing = 'browser/page-pointing.test.ts';

export const page: FaultCase[] = [
  {
    id: 'F67',
    tests: [
      { file: refusals, names: 'a page that no extension may read' },
      { file: refusals, names: 'an error page' },
      { file: refusals, names: 'a file is read where the person lets extensions read files' },
      { file: refusals, names: 'a PDF is read as what it is' },
      { file: read, names: 'addresses that are not even tried' },
    ],
    saw: '“The browser lets no extension read its own pages or its store”, or what other kind of page it is',
  },
  {
    id: 'F68',
    tests: [
      { file: refusals, names: 'that is left for another site in mid-read is not mixed with it' },
      { file: refusals, names: 'that is closed in mid-read is gone' },
      { file: refusals, names: 'is bound to its document' },
      { file: refusals, names: 'a tab that the browser has put away' },
      { file: read, names: 'a page that is another by then' },
      { file: pointing, names: 'when its page is left, and is not there for who comes back' },
      { file: looking, names: 'is not taken of a page that is left meanwhile' },
    ],
    saw: '“The page changed while it was being read. Ask again.”',
  },
  {
    id: 'F69',
    tests: [
      { file: awkward, names: 'an awkward page' },
      { file: 'browser/page-reading.test.ts', names: 'within its budget' },
      { file: pointing, names: 'has 10 MB is pointed at within the deadline' },
      {
        file: 'unit/random/shapes.test.ts',
        names: 'whatever its process returns is content within its sizes, or none',
      },
    ],
    saw: 'The beginning of the page is read, and the row says that there is more.',
  },
  {
    id: 'F70',
    tests: [
      { file: awkward, names: 'that replaces what a reader would use cannot steer it' },
      { file: awkward, names: 'that changes all the time is read as it is at one moment' },
      { file: pointing, names: 'is hostile is pointed at all the same' },
      { file: 'unit/tools/safety.test.ts', names: 'a reader that was tampered with' },
    ],
    saw: 'What a person sees on it.',
  },
  {
    id: 'F71',
    tests: [{ file: refusals, names: 'needs a click; a reload of the same site keeps it, another site loses it' }],
    saw: '“Parley may not read this site yet”, and a button',
  },
  {
    id: 'F72',
    tests: [{ file: looking, names: 'is taken as often as the browser allows, and more are refused' }],
    saw: 'A row that says why there was no other picture',
  },
  {
    id: 'F72',
    shape: 'minimised window, protected content',
    cannot:
      'A browser without a screen has no window to minimise, and what is protected needs keys that only a licence gives.',
  },
];
