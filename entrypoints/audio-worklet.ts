import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { registerEar } from '../lib/audio/ear-processor.ts';
import { registerPlayer } from '../lib/audio/pcm-player.ts';
import type { WorkletScope } from '../lib/audio/worklet-scope.ts';

export default defineUnlistedScript(() => {
  const scope = globalThis as unknown as WorkletScope;
  registerEar(scope);
  registerPlayer(scope);
});
