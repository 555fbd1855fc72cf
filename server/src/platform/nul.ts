/** Character 0: PostgreSQL's texts cannot hold it, and nobody types it. */

/** Whether any text within a parsed value holds it; member names too. However deep the value, this does not recurse. */
export function holdsNul(value: unknown): boolean {
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === 'string') {
      if (next.includes('\0')) return true;
    } else if (typeof next === 'object' && next !== null && !ArrayBuffer.isView(next)) {
      for (const [name, inner] of Object.entries(next)) {
        if (name.includes('\0')) return true;
        left.push(inner);
      }
    }
  }
  return false;
}
