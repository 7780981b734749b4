/** The store of past calls in a page, for a test that drives it in a real browser. */
import * as connection from '../../lib/storage/calls/connection.ts';
import * as edit from '../../lib/storage/calls/edit.ts';
import * as idb from '../../lib/storage/calls/idb.ts';
import * as read from '../../lib/storage/calls/read.ts';
import * as recorder from '../../lib/storage/calls/recorder.ts';
import * as search from '../../lib/storage/calls/search.ts';

const calls = { ...connection, ...edit, ...idb, ...read, ...recorder, ...search };

declare global {
  interface Window {
    calls: typeof calls;
  }
}

window.calls = calls;
