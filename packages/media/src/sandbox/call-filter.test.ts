/** The filter is judged by a reading of classic BPF of our own, and its bytes are held by a golden file. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_FOLDER } from './bubblewrap.ts';
import { callFilter } from './call-filter.ts';
import { assemble } from './classic-bpf.ts';
import { CLONE, CLONE3, DENIED_CALLS, IOCTL } from './denied-calls.ts';
import type { Processor } from './denied-calls.ts';

const ARCH = { x64: 0xc000003e, arm64: 0xc00000b7, i386: 0x40000003, arm: 0x40000028 } as const;
const ALLOWED = 0x7fff0000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const KILLED = 0x80000000;

/** Runs a program over one `struct seccomp_data`, as the kernel would. */
function verdict(program: Buffer, arch: number, number: number, args: readonly number[] = []): number {
  const call = Buffer.alloc(64);
  call.writeUInt32LE(number >>> 0, 0);
  call.writeUInt32LE(arch, 4);
  args.forEach((value, n) => call.writeBigUInt64LE(BigInt(value), 16 + 8 * n));
  let loaded = 0;
  for (let at = 0; at < program.length / 8; at += 1) {
    const code = program.readUInt16LE(at * 8);
    const [yes, no, k] = [program[at * 8 + 2]!, program[at * 8 + 3]!, program.readUInt32LE(at * 8 + 4)];
    if (code === 0x20) loaded = call.readUInt32LE(k);
    else if (code === 0x06) return k;
    else if (code === 0x05) at += k;
    else if (code === 0x15) at += loaded === k ? yes : no;
    else if (code === 0x35) at += loaded >= k ? yes : no;
    else if (code === 0x45) at += (loaded & k) !== 0 ? yes : no;
    else assert.fail(`unknown instruction ${code}`);
  }
  return assert.fail('the program ends without a verdict');
}

const PROGRAM = callFilter();
const PROCESSORS: readonly Processor[] = ['x64', 'arm64'];
/** pthread_create of glibc: VM, FS, FILES, SIGHAND, THREAD, SYSVSEM, SETTLS, PARENT_SETTID, CHILD_CLEARTID. */
const THREAD_FLAGS = 0x003d0f00;

test('the bytes are those of the golden file', () => {
  const golden = readFileSync(join(PACKAGE_FOLDER, 'fixtures', 'call-filter.hex'), 'utf8');
  assert.equal(`${PROGRAM.toString('hex').replaceAll(/.{16}/g, '$&\n')}`, golden);
});

test('every denied call gets EPERM on both processors, and no number is there twice', () => {
  for (const processor of PROCESSORS) {
    const numbers = DENIED_CALLS.flatMap(({ [processor]: number }) => number ?? []);
    assert.equal(new Set(numbers).size, numbers.length, processor);
    assert.ok(numbers.length > 60);
    for (const number of numbers) assert.equal(verdict(PROGRAM, ARCH[processor], number), EPERM, `${number}`);
  }
});

test('every other call passes', () => {
  for (const processor of PROCESSORS) {
    const judged = new Set([...DENIED_CALLS, CLONE3, CLONE, IOCTL].map((call) => call[processor]));
    for (let number = 0; number < 470; number += 1)
      if (!judged.has(number)) assert.equal(verdict(PROGRAM, ARCH[processor], number), ALLOWED, `${number}`);
  }
});

test('clone makes threads, but neither processes nor name spaces; clone3 does not exist', () => {
  for (const processor of PROCESSORS) {
    const clone = (flags: number): number => verdict(PROGRAM, ARCH[processor], CLONE[processor]!, [flags]);
    assert.equal(clone(THREAD_FLAGS), ALLOWED);
    assert.equal(clone(17), EPERM);
    for (const shift of [17, 25, 26, 27, 28, 29, 30]) assert.equal(clone(THREAD_FLAGS + 2 ** shift), EPERM, `${shift}`);
    assert.equal(verdict(PROGRAM, ARCH[processor], CLONE3[processor]!), ENOSYS);
  }
});

test('nothing can be typed into a terminal, whatever stands in the upper half of the request', () => {
  for (const processor of PROCESSORS) {
    const ioctl = (request: number): number => verdict(PROGRAM, ARCH[processor], IOCTL[processor]!, [0, request]);
    assert.equal(ioctl(0x5401), ALLOWED);
    assert.equal(ioctl(0x5412), EPERM);
    assert.equal(ioctl(0x7_0000_5412), EPERM);
    assert.equal(ioctl(0x541c), EPERM);
  }
});

test('calls of the x32 ABI are refused, those of another processor end the process', () => {
  assert.equal(verdict(PROGRAM, ARCH.x64, 0x40000000), EPERM);
  assert.equal(verdict(PROGRAM, ARCH.x64, 0x40000000 + 520), EPERM);
  assert.equal(verdict(PROGRAM, ARCH.x64, -1), EPERM);
  assert.equal(verdict(PROGRAM, ARCH.i386, 1), KILLED);
  assert.equal(verdict(PROGRAM, ARCH.arm, 1), KILLED);
});

test('a jump to nowhere, backwards or too far is not assembled', () => {
  const end = { op: 'return', value: 0 } as const;
  const jump = { op: 'jump', when: 'equal', value: 1, yes: 'far' } as const;
  assert.throws(() => assemble([jump, end]), /no label far/);
  assert.throws(() => assemble([{ op: 'label', label: 'far' }, jump, end]), /no label far/);
  assert.throws(
    () => assemble([jump, ...Array<typeof end>(300).fill(end), { op: 'label', label: 'far' }, end]),
    /too long/,
  );
});
