import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { registerLevelProcessor } from '../lib/audio/level-processor.ts';

export default defineUnlistedScript(() => registerLevelProcessor());
