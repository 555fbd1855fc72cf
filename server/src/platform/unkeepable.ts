/** Text that cannot be kept: character 0 and halves of surrogate pairs. PostgreSQL takes neither, and nobody types them (RFC 7493, 2.1). */

/** Whether any text within a parsed value is such; member names too. However deep the value, this does not recurse. */
export function holdsUnkeepable(value: unknown): boolean {
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === 'string') {
      if (isUnkeepable(next)) return true;
    } else if (typeof next === 'object' && next !== null && !ArrayBuffer.isView(next)) {
      for (const [name, inner] of Object.entries(next)) {
        if (isUnkeepable(name)) return true;
        left.push(inner);
      }
    }
  }
  return false;
}

function isUnkeepable(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}
