/** Links as people type them and as they are shown. */

/** The full address of what was typed (`kiln.example` gets its https://); undefined when it is none. */
export function linkOf(typed: string): string | undefined {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.hostname.includes('.') && url.username === '' ? url.href : undefined;
}

/** An address as people read it: `kiln.example/shop`. */
export function readableLink(address: string): string {
  return address.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
}
