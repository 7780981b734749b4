/** The worklet of a page that has transports and nothing else. */
import { registerPlayer } from '../../lib/audio/pcm-player.ts';
import type { WorkletScope } from '../../lib/audio/worklet-scope.ts';

registerPlayer(globalThis as unknown as WorkletScope);
