/** Gathers the lines of one moment and writes them together: a call to the system for each would cost as much as its request. */
export function lineWriter(write: (lines: string) => void): (line: string) => void {
  let waiting = '';
  const flush = (): void => {
    const lines = waiting;
    waiting = '';
    write(lines);
  };
  return (line) => {
    if (waiting === '') setImmediate(flush);
    waiting += `${line}\n`;
  };
}
