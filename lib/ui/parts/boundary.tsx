/** A page whose drawing fails shows what happened and the next step, and not nothing. The call itself lives elsewhere. */
import { Component, type ComponentChildren } from 'preact';
import { uncaughtLine } from '../../protocol/uncaught.ts';
import { keepError } from '../../storage/errors.ts';
import { callWords } from '../words/words.ts';

export class Boundary extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  static override getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error('parley: not drawn', error);
    void keepError(location.pathname, uncaughtLine(error));
  }

  override render() {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const { faults, actions } = callWords.use();
  return (
    <main class="sheet">
      <section class="notice" role="alert">
        <p>{faults.internal}</p>
        <button type="button" class="primary" onClick={() => location.reload()}>
          {actions['try-again']}
        </button>
      </section>
    </main>
  );
}
