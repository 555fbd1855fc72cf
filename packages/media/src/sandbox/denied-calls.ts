/** System calls that decoding and encoding never need and that holes in the kernel are reached by. */

/** Processors for which the numbers below are given. */
export type Processor = 'x64' | 'arm64';
/** A call's number on each processor (asm/unistd_64.h, asm-generic/unistd.h); undefined where it does not exist. */
export type Call = { name: string; x64: number | undefined; arm64: number | undefined };

const call = (name: string, x64: number | undefined, arm64: number | undefined): Call => ({ name, x64, arm64 });

/** Network, and messages over sockets: the worker reads and writes plain pipes. */
const NETWORK = [
  call('socket', 41, 198),
  call('socketpair', 53, 199),
  call('connect', 42, 203),
  call('bind', 49, 200),
  call('listen', 50, 201),
  call('accept', 43, 202),
  call('accept4', 288, 242),
  call('sendto', 44, 206),
  call('recvfrom', 45, 207),
  call('sendmsg', 46, 211),
  call('recvmsg', 47, 212),
  call('sendmmsg', 307, 269),
  call('recvmmsg', 299, 243),
];

/** Looking into other processes. New processes and name spaces are judged by clone's flags, in call-filter.ts. */
const PROCESSES = [
  call('fork', 57, undefined),
  call('vfork', 58, undefined),
  call('ptrace', 101, 117),
  call('process_vm_readv', 310, 270),
  call('process_vm_writev', 311, 271),
  call('process_madvise', 440, 440),
  call('pidfd_open', 434, 434),
  call('pidfd_getfd', 438, 438),
  call('kcmp', 312, 272),
  call('unshare', 272, 97),
  call('setns', 308, 268),
  call('personality', 135, 92),
  call('move_pages', 279, 239),
  call('migrate_pages', 256, 238),
];

/** Mounts and files by handle. */
const FILE_SYSTEMS = [
  call('mount', 165, 40),
  call('umount2', 166, 39),
  call('pivot_root', 155, 41),
  call('chroot', 161, 51),
  call('open_tree', 428, 428),
  call('move_mount', 429, 429),
  call('fsopen', 430, 430),
  call('fsconfig', 431, 431),
  call('fsmount', 432, 432),
  call('fspick', 433, 433),
  call('mount_setattr', 442, 442),
  call('name_to_handle_at', 303, 264),
  call('open_by_handle_at', 304, 265),
  call('mknod', 133, undefined),
  call('mknodat', 259, 33),
  call('fanotify_init', 300, 262),
  call('fanotify_mark', 301, 263),
  call('quotactl', 179, 60),
  call('quotactl_fd', 443, 443),
  call('swapon', 167, 224),
  call('swapoff', 168, 225),
  call('acct', 163, 89),
  call('lookup_dcookie', 212, 18),
];

/** Parts of the kernel with a long record of holes. */
const KERNEL = [
  call('bpf', 321, 280),
  call('perf_event_open', 298, 241),
  call('userfaultfd', 323, 282),
  call('io_uring_setup', 425, 425),
  call('io_uring_enter', 426, 426),
  call('io_uring_register', 427, 427),
  call('vmsplice', 278, 75),
  call('add_key', 248, 217),
  call('request_key', 249, 218),
  call('keyctl', 250, 219),
  call('init_module', 175, 105),
  call('finit_module', 313, 273),
  call('delete_module', 176, 106),
  call('kexec_load', 246, 104),
  call('kexec_file_load', 320, 294),
  call('syslog', 103, 116),
  call('modify_ldt', 154, undefined),
  call('iopl', 172, undefined),
  call('ioperm', 173, undefined),
];

/** The machine's own settings. */
const MACHINE = [
  call('reboot', 169, 142),
  call('settimeofday', 164, 170),
  call('clock_settime', 227, 112),
  call('adjtimex', 159, 171),
  call('clock_adjtime', 305, 266),
  call('sethostname', 170, 161),
  call('setdomainname', 171, 162),
  call('vhangup', 153, 58),
];

/** Every call that is answered with EPERM, whatever its arguments. */
export const DENIED_CALLS: readonly Call[] = [...NETWORK, ...PROCESSES, ...FILE_SYSTEMS, ...KERNEL, ...MACHINE];
/** Judged by their arguments. */
export const CLONE = call('clone', 56, 220);
export const IOCTL = call('ioctl', 16, 29);
/** Its flags lie in memory, where no filter can look: it is said not to exist, and libc falls back to clone. */
export const CLONE3 = call('clone3', 435, 435);
