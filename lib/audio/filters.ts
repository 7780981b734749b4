/** Second-order filters, run sample by sample. Coefficients by the bilinear transform of the analogue prototypes. */
export type FilterShape = 'low' | 'high' | 'band';

export class Filter {
  readonly #b0: number;
  readonly #b1: number;
  readonly #b2: number;
  readonly #a1: number;
  readonly #a2: number;
  #s1 = 0;
  #s2 = 0;

  /** `sharpness` is Q; a band-pass has 0 dB at its middle. */
  constructor(shape: FilterShape, hertz: number, rate: number, sharpness = Math.SQRT1_2) {
    const angle = (2 * Math.PI * hertz) / rate;
    const cosine = Math.cos(angle);
    const alpha = Math.sin(angle) / (2 * sharpness);
    const scale = 1 / (1 + alpha);
    const edge = shape === 'low' ? (1 - cosine) / 2 : (1 + cosine) / 2;
    this.#b0 = (shape === 'band' ? alpha : edge) * scale;
    this.#b1 = (shape === 'band' ? 0 : shape === 'low' ? 2 * edge : -2 * edge) * scale;
    this.#b2 = shape === 'band' ? -this.#b0 : this.#b0;
    this.#a1 = -2 * cosine * scale;
    this.#a2 = (1 - alpha) * scale;
  }

  next(x: number): number {
    const y = this.#b0 * x + this.#s1;
    this.#s1 = this.#b1 * x - this.#a1 * y + this.#s2;
    this.#s2 = this.#b2 * x - this.#a2 * y;
    return y;
  }
}
