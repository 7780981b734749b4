/** Writes lines to a stream, those of one moment together: a call to the system for each would cost as much as its request. */
export function lineWriter(stream: NodeJS.WritableStream): (line: string) => void {
  let waiting = '';
  return (line) => {
    if (waiting === '') setImmediate(() => (stream.write(waiting), (waiting = '')));
    waiting += `${line}\n`;
  };
}
