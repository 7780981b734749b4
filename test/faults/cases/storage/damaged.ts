/** Records that are damaged, older or newer, many, or from a clock that was set back: tests play them. */
import type { FaultCase } from '../../case.ts';

export const damaged: FaultCase[] = [
  {
    id: 'F78',
    shape: 'other types in each field',
    tests: [
      { file: 'unit/storage/damaged.test.ts', names: 'damaged' },
      { file: 'unit/storage/damaged.test.ts', names: 'what rows sent is kept row by row' },
      { file: 'unit/storage/migrations.test.ts', names: 'lose only the field that is damaged' },
      { file: 'unit/storage/settings-aside.test.ts', names: 'which are no settings at all' },
      { file: 'unit/coordinator/cut-off.test.ts', names: 'was noted of it' },
      { file: 'integration/past-calls.test.ts', names: 'damaged records' },
      { file: 'integration/kept-through.test.ts', names: 'when the record of the open call is damaged' },
    ],
    saw: 'how many records were left out; all others are there',
  },
  {
    id: 'F78',
    shape: 'older versions',
    tests: [
      { file: 'unit/storage/migrations.test.ts', names: 'are brought from an older version' },
      { file: 'integration/past-calls.test.ts', names: 'an update, step by step' },
      { file: 'integration/kept-through.test.ts', names: 'from the version before' },
    ],
    saw: 'nothing: calls and settings are there',
  },
  {
    id: 'F78',
    shape: 'a newer version (downgrade)',
    tests: [
      { file: 'unit/storage/migrations.test.ts', names: 'survive a newer Parley' },
      { file: 'unit/storage/settings-aside.test.ts', names: 'what a newer Parley wrote' },
      { file: 'integration/past-calls.test.ts', names: 'a newer Parley' },
    ],
    saw: 'that a newer Parley keeps the calls: nothing is written or deleted, and what is known of the settings counts',
  },
  {
    id: 'F78',
    shape: '10,000 lines, clock set back',
    tests: [
      { file: 'integration/past-calls.test.ts', names: 'ten thousand lines' },
      { file: 'integration/kept-through.test.ts', names: 'while the clock is set back' },
      { file: 'unit/storage/damaged.test.ts', names: 'whose clock was set back' },
    ],
    saw: 'nothing: every line is kept',
  },
];
