/** Which microphone and which loudspeaker. What is chosen is taken at once, in a running call too. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { changeSettings, settings, type Change } from '../settings.ts';
import { useValue } from '../value.ts';
import { areUnnamed, deviceChoices, type Device } from '../view/devices.ts';
import { callWords } from '../words/words.ts';

/** What is connected now; null until the browser has told. */
function useDevices(): Device[] | null {
  const [devices, setDevices] = useState<Device[] | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    const read = () => void navigator.mediaDevices.enumerateDevices().then(setDevices);
    read();
    navigator.mediaDevices.addEventListener('devicechange', read, { signal: gone.signal });
    // The names come with the permission, which is given on another page.
    window.addEventListener('focus', read, { signal: gone.signal });
    return () => gone.abort();
  }, []);
  return devices;
}

interface FieldProps {
  devices: Device[];
  kind: 'audioinput' | 'audiooutput';
  label: string;
  chosen: string;
  choose: (id: string) => void;
}

function DeviceField({ devices, kind, label, chosen, choose }: FieldProps) {
  const words = callWords.use().devices;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
        <option value="">{words.system}</option>
        {deviceChoices(devices, kind, chosen).map((device) => (
          <option key={device.id} value={device.id}>
            {device.name || words.absent}
          </option>
        ))}
      </select>
    </div>
  );
}

interface ChoicesProps {
  save?: (change: Change) => void;
  /** Shown instead while the browser does not give the names. */
  unnamed: ComponentChildren;
}

export function DeviceChoices({ save = changeSettings, unnamed }: ChoicesProps) {
  const words = callWords.use().devices;
  const { microphoneId, speakerId } = useValue(settings);
  const devices = useDevices();
  if (!devices) return null;
  if (areUnnamed(devices)) return <>{unnamed}</>;
  return (
    <div class="pair">
      <DeviceField
        devices={devices}
        kind="audioinput"
        label={words.microphone}
        chosen={microphoneId}
        choose={(id) => save({ microphoneId: id })}
      />
      <DeviceField
        devices={devices}
        kind="audiooutput"
        label={words.speaker}
        chosen={speakerId}
        choose={(id) => save({ speakerId: id })}
      />
    </div>
  );
}
