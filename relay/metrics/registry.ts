/** Numbers for Prometheus, in its text format. Portable, and only as much of it as a relay needs. */

type Labels = Readonly<Record<string, string>>;

interface Family {
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  lines(): string[];
}

export class Registry {
  readonly #families: Family[] = [];

  /** Give label values from a closed list only: each combination is kept for ever. */
  counter(name: string, help: string): (labels?: Labels, by?: number) => void {
    const values = new Map<string, number>();
    this.#families.push({ name, help, type: 'counter', lines: () => linesOf(name, values) });
    return (labels = {}, by = 1) => {
      const key = labelText(labels);
      values.set(key, (values.get(key) ?? 0) + by);
    };
  }

  /** Asked whenever somebody looks. */
  gauge(name: string, help: string, value: () => number): void {
    this.#families.push({ name, help, type: 'gauge', lines: () => [`${name} ${value()}`] });
  }

  /** `bounds` rise. */
  histogram(name: string, help: string, bounds: readonly number[]): (labels: Labels, value: number) => void {
    const values = new Map<string, { labels: Labels; counts: number[]; sum: number; count: number }>();
    const lines = () =>
      [...values.values()].flatMap(({ labels, counts, sum, count }) => {
        const bucket = (le: string, held: number) => `${name}_bucket${labelText({ ...labels, le })} ${held}`;
        const own = bounds.map((bound, at) => bucket(String(bound), counts[at] ?? 0));
        own.push(bucket('+Inf', count), `${name}_sum${labelText(labels)} ${sum}`);
        own.push(`${name}_count${labelText(labels)} ${count}`);
        return own;
      });
    this.#families.push({ name, help, type: 'histogram', lines });
    return (labels, value) => {
      const key = labelText(labels);
      const entry = values.get(key) ?? { labels, counts: bounds.map(() => 0), sum: 0, count: 0 };
      bounds.forEach((bound, at) => value <= bound && (entry.counts[at] = (entry.counts[at] ?? 0) + 1));
      entry.sum += value;
      entry.count += 1;
      values.set(key, entry);
    };
  }

  text(): string {
    const parts = this.#families.flatMap(({ name, help, type, lines }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...lines(),
    ]);
    return `${parts.join('\n')}\n`;
  }
}

function linesOf(name: string, values: ReadonlyMap<string, number>): string[] {
  return [...values].map(([labels, value]) => `${name}${labels} ${value}`);
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll(/["\\\n]/g, '_')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
