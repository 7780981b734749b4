/** How the person talks, and folded away beside it, into what and out of what. */
import { useId } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { DeviceChoices } from '../parts/devices.tsx';
import { Icon } from '../parts/icon.tsx';
import { ModeChoice } from '../parts/mode.tsx';
import { store } from '../store.ts';
import { callWords } from '../words/words.ts';

export function Sound({ unfolded, unfold }: { unfolded: boolean; unfold: (unfolded: boolean) => void }) {
  const { devices, actions, controls } = callWords.use();
  const id = useId();
  return (
    <div class="sound">
      <div class="line">
        <ModeChoice />
        <button
          type="button"
          class="link"
          title={devices.title}
          aria-label={devices.title}
          aria-expanded={unfolded}
          aria-controls={id}
          onClick={() => unfold(!unfolded)}
        >
          <Icon name="options" />
        </button>
      </div>
      <div id={id} hidden={!unfolded}>
        {unfolded && (
          <>
            <DeviceChoices
              unnamed={
                <div class="line">
                  <p class="help">{devices.unnamed}</p>
                  <button type="button" onClick={() => void store.act({ type: 'open-permission-page' })}>
                    {actions['allow-microphone']}
                  </button>
                </div>
              }
            />
            <button type="button" class="link" onClick={() => void browser.runtime.openOptionsPage()}>
              {controls.options}
            </button>
          </>
        )}
      </div>
    </div>
  );
}
