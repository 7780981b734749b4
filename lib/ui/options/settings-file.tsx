/** Settings to a file and from one. Nothing is taken over before the person has seen what changes, above all the relay. */
import { useRef, useState } from 'preact/hooks';
import type { Settings } from '../../protocol/settings.ts';
import {
  settingsAsFile,
  settingsFileName,
  settingsFromFile,
  type SettingsImport,
} from '../../storage/settings-file.ts';
import { writeSettings } from '../../storage/settings.ts';
import { download } from '../parts/download.ts';
import { settings as shown } from '../settings.ts';
import { keepingWords } from '../words/keeping-words.ts';

type Read = SettingsImport | 'taken-over' | 'not-taken-over' | null;

export function SettingsFile({ settings, replaced }: { settings: Settings; replaced: () => void }) {
  const words = keepingWords.use();
  const chooser = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<Read>(null);
  const choose = async ({ currentTarget: { files } }: { currentTarget: HTMLInputElement }) => {
    const file = files?.[0];
    if (!file) return;
    // A file that went away meanwhile, or that nobody may read, holds no settings either.
    const text = await file.text().catch(() => '');
    setRead(settingsFromFile(text, settings));
    // The same file may be chosen again, after it was mended.
    if (chooser.current) chooser.current.value = '';
  };
  const takeOver = async (next: Settings) => {
    try {
      shown.set(await writeSettings(next));
      replaced();
      setRead('taken-over');
    } catch {
      setRead('not-taken-over');
    }
  };
  return (
    <div class="field" role="group" aria-label={words.file}>
      <h3>{words.file}</h3>
      <p class="help">{words.fileHelp}</p>
      <div class="buttons">
        <button type="button" onClick={() => download(settingsFileName, settingsAsFile(settings), 'application/json')}>
          {words.exportFile}
        </button>
        <button type="button" onClick={() => chooser.current?.click()}>
          {words.importFile}
        </button>
        <input
          ref={chooser}
          type="file"
          accept=".json,application/json"
          hidden
          onChange={(event) => void choose(event)}
        />
      </div>
      <div role="status">
        <Outcome read={read} takeOver={(next) => void takeOver(next)} cancel={() => setRead(null)} />
      </div>
    </div>
  );
}

interface OutcomeProps {
  read: Read;
  takeOver: (next: Settings) => void;
  cancel: () => void;
}

function Outcome({ read, takeOver, cancel }: OutcomeProps) {
  const words = keepingWords.use();
  if (read === null) return null;
  if (read === 'taken-over') return <p>{words.takenOver}</p>;
  if (read === 'not-taken-over') return <p class="problem">{words.notTakenOver}</p>;
  if (!read.ok) return <p class="problem">{words.importProblems[read.why]}</p>;
  const { next, changed, refused, otherRelay } = read;
  const count = changed.length;
  const relay = next.relay.url ? words.otherRelay(next.relay.url) : words.noRelay;
  return (
    <div class="confirm">
      <p>{count === 0 ? words.changesNothing : words.changes(count.toLocaleString(words.language))}</p>
      {otherRelay && <p class="problem">{relay}</p>}
      {refused.length > 0 && <p class="help">{words.refused(namesOf(refused))}</p>}
      <div class="buttons">
        {count > 0 && (
          <button type="button" class="primary" onClick={() => takeOver(next)}>
            {words.takeOver}
          </button>
        )}
        <button type="button" onClick={cancel}>
          {words.cancel}
        </button>
      </div>
    </div>
  );
}

const shownNames = 10;
const shownChars = 40;

/** As the file writes them; it may hold anything. */
function namesOf(fields: readonly string[]): string {
  const names = fields.slice(0, shownNames).map((name) => name.slice(0, shownChars).toWellFormed());
  return [...names, ...(fields.length > shownNames ? ['…'] : [])].join(', ');
}
