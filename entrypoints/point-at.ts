import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { point } from '../lib/page/quote/point.ts';
import type { PointWorld } from '../lib/protocol/point.ts';

/** Injected by the coordinator after its wish; what `main` returns is handed back by `scripting.executeScript`. */
export default defineUnlistedScript(() => point(document, globalThis as PointWorld));
