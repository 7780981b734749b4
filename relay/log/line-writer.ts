/** What a kill may lose. */
const momentMs = 10;

/** Gathers the lines of one moment and writes them together: a call to the system for each costs a tenth of its request. */
export function lineWriter(write: (lines: string) => void): (line: string) => void {
  let waiting = '';
  const flush = (): void => {
    const lines = waiting;
    waiting = '';
    write(lines);
  };
  return (line) => {
    if (waiting === '') setTimeout(flush, momentMs);
    waiting += `${line}\n`;
  };
}
