/** What to copy when something does not work. */
import { DiagnosticsBox } from '../diagnostics/box.tsx';
import { diagnosticsWords } from '../words/diagnostics-words.ts';
import { Section } from './field.tsx';

export function DiagnosticsSection() {
  const words = diagnosticsWords.use();
  return (
    <Section title={words.title}>
      <p class="help">{words.help}</p>
      <DiagnosticsBox />
    </Section>
  );
}
