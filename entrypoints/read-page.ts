import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readPage } from '../lib/page/read.ts';

/** Injected by the coordinator; what `main` returns is handed back by `scripting.executeScript`. */
export default defineUnlistedScript(() => readPage(document));
