/** What lies folded beside the way to talk: into what, out of what, and the way to all other options. */
import { browser } from 'wxt/browser';
import { DeviceChoices } from '../parts/devices.tsx';
import { store } from '../store.ts';
import { callWords } from '../words/words.ts';

export function Unfolded() {
  const { devices, actions, controls } = callWords.use();
  const unnamed = (
    <div class="line">
      <p class="help">{devices.unnamed}</p>
      <button type="button" onClick={() => void store.act({ type: 'open-permission-page' })}>
        {actions['allow-microphone']}
      </button>
    </div>
  );
  return (
    <>
      <DeviceChoices unnamed={unnamed} />
      <button type="button" class="link" onClick={() => void browser.runtime.openOptionsPage()}>
        {controls.options}
      </button>
    </>
  );
}
