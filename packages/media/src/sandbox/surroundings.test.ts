import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeSurroundings } from './surroundings.ts';

const USERS = `root:x:0:0:root:/root:/bin/bash
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
vitrine:x:998:998::/var/lib/vitrine:/usr/sbin/nologin
ada:x:1000:1000:Ada:/home/ada:/bin/bash
`;
const judge = (files: Record<string, string>, userId: number | undefined = 0) =>
  judgeSurroundings({ read: (path) => ({ '/etc/passwd': USERS, ...files })[path], userId });
const UNIFIED = { '/proc/self/cgroup': '0::/system.slice/vitrine.service\n' };

test('a memory limit on the own group or one above counts, the tightest is told', () => {
  const own = '/sys/fs/cgroup/system.slice/vitrine.service/memory.max';
  const above = '/sys/fs/cgroup/system.slice/memory.max';
  assert.match(judge({ ...UNIFIED, [own]: '1073741824\n', [above]: 'max\n' }).detail, /1024 MB/);
  assert.match(judge({ ...UNIFIED, [own]: 'max\n', [above]: '2147483648\n' }).detail, /2048 MB/);
  assert.equal(judge({ '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/memory.max': '536870912\n' }).isOn, true);
});

test('a group without a limit, or of another service, does not count', () => {
  assert.equal(judge({ ...UNIFIED, '/sys/fs/cgroup/system.slice/vitrine.service/memory.max': 'max\n' }).isOn, false);
  assert.equal(judge({ ...UNIFIED, '/sys/fs/cgroup/user.slice/memory.max': '1048576\n' }).isOn, false);
  assert.equal(judge({ '/sys/fs/cgroup/memory.max': '1048576\n' }).isOn, false);
});

test('a container counts only with a memory limit, an old limit only in a container', () => {
  const old = { '/sys/fs/cgroup/memory/memory.limit_in_bytes': '1073741824\n' };
  assert.equal(judge({ '/.dockerenv': '' }).isOn, false);
  assert.match(judge({ '/.dockerenv': '' }).detail, /container alone does not count/);
  assert.equal(judge(old).isOn, false);
  assert.match(judge({ '/.dockerenv': '', ...old }).detail, /container with 1024 MB/);
  const none = { '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n' };
  assert.equal(judge({ '/run/.containerenv': '', ...none }).isOn, false);
});

test('a user of its own counts: not root, not nobody, nobody who can log in', () => {
  assert.equal(judge({}, 998).isOn, true);
  assert.equal(judge({}, 61_234).isOn, true);
  assert.equal(judge({}, 0).isOn, false);
  assert.equal(judge({}, 1000).isOn, false);
  assert.equal(judge({}, 65_534).isOn, false);
  assert.equal(judgeSurroundings({ read: () => undefined, userId: 998 }).isOn, false);
  assert.equal(judgeSurroundings({ read: () => USERS, userId: undefined }).isOn, false);
});
