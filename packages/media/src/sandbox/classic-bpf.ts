/** Assembles classic BPF, the language of Linux's system call filters (`struct sock_filter`, linux/filter.h). Pure. */

/** `load` takes 32 bits of `struct seccomp_data` at an offset; a jump goes to a label further down, or falls through. */
export type Step =
  | { op: 'load'; offsetBytes: number }
  | { op: 'jump'; when: 'equal' | 'atLeast' | 'anyBit'; value: number; yes?: string; no?: string }
  | { op: 'goto'; label: string }
  | { op: 'label'; label: string }
  | { op: 'return'; value: number };

/** BPF_LD|BPF_W|BPF_ABS, BPF_JMP|BPF_JA, BPF_RET|BPF_K, and BPF_JMP|BPF_K with BPF_JEQ, BPF_JGE, BPF_JSET. */
const CODES = { load: 0x20, goto: 0x05, return: 0x06, equal: 0x15, atLeast: 0x35, anyBit: 0x45 } as const;
const INSTRUCTION_BYTES = 8;
/** A conditional jump has one byte for its distance; the kernel takes 4096 instructions. */
const LONGEST_JUMP = 255;
const MOST_INSTRUCTIONS = 4096;

/** The program's bytes, little endian, as `bwrap --seccomp` reads them. Throws if a jump cannot be expressed. */
export function assemble(steps: readonly Step[]): Buffer {
  const places = new Map<string, number>();
  const lines: Exclude<Step, { op: 'label' }>[] = [];
  for (const step of steps) {
    if (step.op === 'label') places.set(step.label, lines.length);
    else lines.push(step);
  }
  if (lines.length > MOST_INSTRUCTIONS) throw new Error(`${lines.length} instructions are too many`);
  return Buffer.concat(lines.map((line, at) => encode(line, (label) => distance(places, label, at))));
}

function distance(places: ReadonlyMap<string, number>, label: string, at: number): number {
  const steps = (places.get(label) ?? -1) - at - 1;
  if (steps < 0) throw new Error(`no label ${label} further down`);
  return steps;
}

function encode(line: Exclude<Step, { op: 'label' }>, find: (label: string) => number): Buffer {
  switch (line.op) {
    case 'load':
      return instruction(CODES.load, line.offsetBytes);
    case 'return':
      return instruction(CODES.return, line.value);
    case 'goto':
      return instruction(CODES.goto, find(line.label));
    case 'jump': {
      const yes = line.yes === undefined ? 0 : find(line.yes);
      const no = line.no === undefined ? 0 : find(line.no);
      if (Math.max(yes, no) > LONGEST_JUMP) throw new Error('a conditional jump is too long');
      return instruction(CODES[line.when], line.value, { yes, no });
    }
  }
}

function instruction(code: number, k: number, { yes, no } = { yes: 0, no: 0 }): Buffer {
  const bytes = Buffer.alloc(INSTRUCTION_BYTES);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(yes, 2);
  bytes.writeUInt8(no, 3);
  bytes.writeUInt32LE(k >>> 0, 4);
  return bytes;
}
