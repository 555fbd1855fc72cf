/** The program by which the kernel refuses the worker's system calls (seccomp(2), SECCOMP_MODE_FILTER). Pure. */
import { assemble } from './classic-bpf.ts';
import type { Step } from './classic-bpf.ts';
import { CLONE, CLONE3, DENIED_CALLS, IOCTL } from './denied-calls.ts';
import type { Call, Processor } from './denied-calls.ts';

/** Offsets in `struct seccomp_data`; of an argument, the low 32 bits on a little-endian machine. */
const NUMBER_AT = 0;
const PROCESSOR_AT = 4;
const argumentAt = (n: number): number => 16 + 8 * n;

/** AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64 (linux/audit.h). */
const PROCESSORS: Readonly<Record<Processor, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };
/** From this number on, x86_64 takes a call as one of the x32 ABI, which would pass under other numbers. */
const FIRST_X32_NUMBER = 0x40000000;

const ALLOW = 0x7fff0000;
const KILL_PROCESS = 0x80000000;
const errno = (number: number): number => 0x00050000 | number;
const EPERM = errno(1);
const ENOSYS = errno(38);

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const NAME_SPACE_FLAGS = 0x7e020000;
/** Without it a new process would be made; a worker has threads only. */
const CLONE_THREAD = 0x00010000;
/** TIOCSTI and TIOCLINUX put words into a terminal as if someone had typed them. */
const TYPING_REQUESTS = [0x5412, 0x541c];

/** One program for both processors, as `bwrap --seccomp` reads it. Any other processor's calls end the process. */
export function callFilter(): Buffer {
  return assemble([
    { op: 'load', offsetBytes: PROCESSOR_AT },
    { op: 'jump', when: 'equal', value: PROCESSORS.x64, yes: 'x64' },
    { op: 'jump', when: 'equal', value: PROCESSORS.arm64, yes: 'to arm64' },
    { op: 'return', value: KILL_PROCESS },
    { op: 'label', label: 'to arm64' },
    { op: 'goto', label: 'arm64' },
    ...rulesOf('x64'),
    ...rulesOf('arm64'),
  ]);
}

function rulesOf(processor: Processor): Step[] {
  const verdict = (value: number): Step => ({ op: 'return', value });
  const to = (name: string): string => `${processor} ${name}`;
  const on = ({ [processor]: number }: Call, yes: string): Step[] =>
    number === undefined ? [] : [{ op: 'jump', when: 'equal', value: number, yes }];
  return [
    { op: 'label', label: processor },
    { op: 'load', offsetBytes: NUMBER_AT },
    ...(processor === 'x64'
      ? [{ op: 'jump', when: 'atLeast', value: FIRST_X32_NUMBER, yes: to('deny') } satisfies Step]
      : []),
    ...on(CLONE3, to('absent')),
    ...on(CLONE, to('clone')),
    ...on(IOCTL, to('ioctl')),
    ...DENIED_CALLS.flatMap((call) => on(call, to('deny'))),
    verdict(ALLOW),
    { op: 'label', label: to('clone') },
    { op: 'load', offsetBytes: argumentAt(0) },
    { op: 'jump', when: 'anyBit', value: NAME_SPACE_FLAGS, yes: to('deny') },
    { op: 'jump', when: 'anyBit', value: CLONE_THREAD, no: to('deny') },
    verdict(ALLOW),
    { op: 'label', label: to('ioctl') },
    { op: 'load', offsetBytes: argumentAt(1) },
    ...TYPING_REQUESTS.map((value): Step => ({ op: 'jump', when: 'equal', value, yes: to('deny') })),
    verdict(ALLOW),
    { op: 'label', label: to('deny') },
    verdict(EPERM),
    { op: 'label', label: to('absent') },
    verdict(ENOSYS),
  ];
}
