/** Into what the person speaks and out of what they hear, and what happens to the sound between. */
import { useEffect, useState } from 'preact/hooks';
import { sendIntent } from '../../link/request.ts';
import { faultOf } from '../../protocol/faults.ts';
import type { Fault } from '../../protocol/faults.ts';
import type { Settings } from '../../protocol/settings.ts';
import { DeviceChoices } from '../parts/devices.tsx';
import { pageWords } from '../words/page-words.ts';
import { callWords } from '../words/words.ts';
import { Check, Choice } from './choice.tsx';
import { Section, useSave } from './field.tsx';

/** What the browser does to the microphone's sound before anybody gets it. */
const treatments = ['echoCancellation', 'noiseSuppression', 'autoGain'] as const;

export function SoundSection({ settings }: { settings: Settings }) {
  const words = pageWords.use().options;
  const { devices } = callWords.use();
  const [saved, save] = useSave();
  return (
    <Section title={words.sound} saved={saved}>
      <Permission />
      <DeviceChoices save={save} unnamed={<p class="help">{devices.unnamed}</p>} />
      <fieldset class="group checks">
        <legend>{words.treatment}</legend>
        {treatments.map((field) => (
          <Check
            key={field}
            label={words.treatments[field]}
            checked={settings[field]}
            check={(checked) => save({ [field]: checked })}
          />
        ))}
      </fieldset>
      <Choice
        label={words.noiseReduction}
        value={settings.noiseReduction}
        choices={words.noiseReductions}
        choose={(noiseReduction) => save({ noiseReduction })}
      />
      <Check label={words.sounds} checked={settings.sounds} check={(sounds) => save({ sounds })} />
      <Check
        label={words.muteOtherTabs}
        checked={settings.muteOtherTabs}
        check={(muteOtherTabs) => save({ muteOtherTabs })}
      />
    </Section>
  );
}

/** The permission as it is now; follows changes made elsewhere. */
function useMicrophonePermission(): PermissionState {
  const [state, setState] = useState<PermissionState>('prompt');
  useEffect(() => {
    const gone = new AbortController();
    const follow = async () => {
      const status = await navigator.permissions.query({ name: 'microphone' });
      const show = () => setState(status.state);
      show();
      status.addEventListener('change', show, { signal: gone.signal });
    };
    void follow();
    return () => gone.abort();
  }, []);
  return state;
}

/** Is the microphone allowed, and the way to the page that asks for it and tests it. */
function Permission() {
  const words = pageWords.use().options;
  const { faults } = callWords.use();
  const state = useMicrophonePermission();
  const [fault, setFault] = useState<Fault | null>(null);
  const setUp = async () => {
    try {
      await sendIntent({ type: 'open-permission-page' });
      setFault(null);
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  return (
    <div class="field">
      <div class="line">
        <p class={`permission ${state}`}>{words.microphoneStates[state]}</p>
        <button type="button" onClick={() => void setUp()}>
          {words.microphoneButton}
        </button>
      </div>
      {fault && (
        <p class="problem" role="alert">
          {faults[fault.code]}
        </p>
      )}
    </div>
  );
}
