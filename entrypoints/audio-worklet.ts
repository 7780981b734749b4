import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { registerLevel } from '../lib/audio/level-processor.ts';
import { registerCapture } from '../lib/audio/pcm-capture.ts';
import { registerPlayer } from '../lib/audio/pcm-player.ts';
import type { WorkletScope } from '../lib/audio/worklet-scope.ts';

export default defineUnlistedScript(() => {
  const scope = globalThis as unknown as WorkletScope;
  registerLevel(scope);
  registerCapture(scope);
  registerPlayer(scope);
});
