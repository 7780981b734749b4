import { FakeClock, settled } from './fake-clock.ts';

/** Time that passes when a test says so; what the last moment sets off has happened, too, when `advance` resolves. */
export class ManualClock extends FakeClock {
  async advance(ms: number): Promise<void> {
    await this.pass(ms);
    await settled();
  }
}
