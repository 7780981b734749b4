/**
 * As much of WASI (snapshot preview 1) as a command-line program needs that reads its arguments, prints, and writes one
 * file, which is kept in memory. Smaller than node:wasi, which warns at every start and wants a real directory; and
 * text from a web page cannot reach the disk through it.
 */

const SUCCESS = 0;
const BAD_DESCRIPTOR = 8;
const NO_ENTRY = 44;
const NOT_SEEKABLE = 70;

const CHARACTER_DEVICE = 2;
const DIRECTORY = 3;
const REGULAR_FILE = 4;

const OUTPUT = 1;
const ERRORS = 2;
const ROOT = 3;
const FILE = 4;
const CREATE = 1;

class Exit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit code ${code}`);
    this.code = code;
  }
}

export interface ProgramResult {
  code: number;
  output: string;
  errors: string;
  /** The file it wrote, whatever its name; empty when it wrote none. */
  file: Uint8Array;
}

function join(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

const text = (parts: Uint8Array[]) => new TextDecoder().decode(join(parts));

/** Runs `_start` of a WASI command once and returns what it wrote. `args` are without the program's name. */
export async function runProgram(module: WebAssembly.Module, args: string[]): Promise<ProgramResult> {
  const argv = ['program', ...args].map((arg) => new TextEncoder().encode(`${arg.replaceAll('\0', '')}\0`));
  const written = new Map<number, Uint8Array[]>([
    [OUTPUT, []],
    [ERRORS, []],
    [FILE, []],
  ]);
  let memory!: WebAssembly.Memory;
  // Made anew for each call: the buffer is replaced when the memory grows.
  const view = () => new DataView(memory.buffer);

  const system = {
    args_sizes_get: (countAt: number, sizeAt: number) => {
      view().setUint32(countAt, argv.length, true);
      view().setUint32(
        sizeAt,
        argv.reduce((sum, bytes) => sum + bytes.length, 0),
        true,
      );
      return SUCCESS;
    },
    args_get: (pointersAt: number, bytesAt: number) => {
      let at = bytesAt;
      for (const [index, bytes] of argv.entries()) {
        view().setUint32(pointersAt + index * 4, at, true);
        new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
        at += bytes.length;
      }
      return SUCCESS;
    },
    clock_time_get: (_clock: number, _precision: bigint, at: number) => {
      view().setBigUint64(at, BigInt(Date.now()) * 1_000_000n, true);
      return SUCCESS;
    },
    fd_close: () => SUCCESS,
    fd_fdstat_get: (descriptor: number, at: number) => {
      if (descriptor > FILE) return BAD_DESCRIPTOR;
      const kind = descriptor === ROOT ? DIRECTORY : descriptor === FILE ? REGULAR_FILE : CHARACTER_DEVICE;
      // Type and flags, then every right there is: what can be done is decided by the functions here.
      new Uint8Array(memory.buffer, at, 24).fill(0).fill(0xff, 8);
      view().setUint8(at, kind);
      return SUCCESS;
    },
    fd_fdstat_set_flags: () => SUCCESS,
    fd_prestat_get: (descriptor: number, at: number) => {
      if (descriptor !== ROOT) return BAD_DESCRIPTOR;
      view().setUint8(at, 0);
      view().setUint32(at + 4, 1, true);
      return SUCCESS;
    },
    fd_prestat_dir_name: (_descriptor: number, at: number) => {
      view().setUint8(at, '/'.charCodeAt(0));
      return SUCCESS;
    },
    fd_read: (_descriptor: number, _vectors: number, _count: number, readAt: number) => {
      view().setUint32(readAt, 0, true);
      return SUCCESS;
    },
    fd_seek: () => NOT_SEEKABLE,
    fd_write: (descriptor: number, vectors: number, count: number, writtenAt: number) => {
      const parts = written.get(descriptor);
      if (!parts) return BAD_DESCRIPTOR;
      let total = 0;
      for (let index = 0; index < count; index++) {
        const start = view().getUint32(vectors + index * 8, true);
        const length = view().getUint32(vectors + index * 8 + 4, true);
        parts.push(new Uint8Array(memory.buffer).slice(start, start + length));
        total += length;
      }
      view().setUint32(writtenAt, total, true);
      return SUCCESS;
    },
    path_open: (
      _directory: number,
      _lookup: number,
      _path: number,
      _length: number,
      flags: number,
      _rights: bigint,
      _inherited: bigint,
      _descriptorFlags: number,
      openedAt: number,
    ) => {
      if ((flags & CREATE) === 0) return NO_ENTRY;
      view().setUint32(openedAt, FILE, true);
      return SUCCESS;
    },
    proc_exit: (code: number) => {
      throw new Exit(code);
    },
  };

  const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: system });
  memory = instance.exports['memory'] as WebAssembly.Memory;
  let code = 0;
  try {
    (instance.exports['_start'] as () => void)();
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    code = error.code;
  }
  return {
    code,
    output: text(written.get(OUTPUT)!),
    errors: text(written.get(ERRORS)!),
    file: join(written.get(FILE)!),
  };
}
