import sharp from 'sharp';

/** A drawn face: colours as `#rrggbb` and a way to wear one's hair. */
export type Look = { skin: string; hair: string; style: HairStyle; clothes: string; ground: string };

/** The ways of hair that the drawer knows. */
type HairStyle = 'afro' | 'long' | 'beard' | 'bun' | 'braids' | 'short' | 'bob' | 'curls' | 'cap';

const SIDE_PX = 512;

/** Draws a flat portrait as PNG, 512x512. */
export async function drawAvatar(look: Look): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE_PX}" height="${SIDE_PX}" viewBox="0 0 200 200">
  <defs><radialGradient id="g" cx="0.35" cy="0.25" r="0.95"><stop offset="0" stop-color="#fff" stop-opacity="0.35"/><stop offset="1" stop-color="#000" stop-opacity="0.1"/></radialGradient></defs>
  <rect width="200" height="200" fill="${look.ground}"/><rect width="200" height="200" fill="url(#g)"/>
  ${behind(look)}
  <path d="M22 206c2-42 34-62 78-62s76 20 78 62z" fill="${look.clothes}"/><path d="M100 144c-44 0-76 20-78 62h30c4-34 20-52 48-60z" fill="#fff" opacity="0.08"/>
  <path d="M82 112h36v34c0 12-8 19-18 19s-18-7-18-19z" fill="${look.skin}"/><path d="M82 126c8 10 28 10 36 0v12c-10 9-26 9-36 0z" fill="#000" opacity="0.16"/>
  <ellipse cx="63" cy="93" rx="8" ry="11" fill="${look.skin}"/><ellipse cx="137" cy="93" rx="8" ry="11" fill="${look.skin}"/>
  <path d="M62 84c0-28 16-44 38-44s38 16 38 44c0 34-18 54-38 54s-38-20-38-54z" fill="${look.skin}"/>
  <path d="M112 42c16 6 26 20 26 42 0 34-18 54-38 54-3 0-6 0-9-1 22-8 33-28 33-55 0-16-4-30-12-40z" fill="#000" opacity="0.07"/>
  ${inFront(look)}
  <g fill="#1c1412"><ellipse cx="84" cy="92" rx="3.6" ry="4.4"/><ellipse cx="116" cy="92" rx="3.6" ry="4.4"/></g>
  <g fill="none" stroke="${look.hair}" stroke-width="3.4" stroke-linecap="round"><path d="M76 80c4-4 11-4 15-1M109 79c4-3 11-3 15 1"/></g>
  <path d="M101 92c-1 7-4 11-3 14 1 2 4 2 6 1" fill="none" stroke="#000" stroke-opacity="0.25" stroke-width="2.6" stroke-linecap="round"/>
  <path d="M89 118c6 6 16 6 22 0" fill="none" stroke="#7a2f28" stroke-width="3.4" stroke-linecap="round"/>
  <g fill="#f06a4a" opacity="0.16"><circle cx="74" cy="107" r="8"/><circle cx="126" cy="107" r="8"/></g></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

function behind(look: Look): string {
  const { hair } = look;
  switch (look.style) {
    case 'afro':
      return `<g fill="${hair}"><circle cx="100" cy="66" r="50"/><circle cx="58" cy="90" r="27"/><circle cx="142" cy="90" r="27"/></g>`;
    case 'long':
      return `<path d="M50 84c0-36 22-56 50-56s50 20 50 56c0 34 8 60 4 78H46c-4-18 4-44 4-78z" fill="${hair}"/>`;
    case 'bob':
      return `<path d="M48 82c0-34 22-54 52-54s52 20 52 54c0 20 4 38 0 52-10 8-94 8-104 0-4-14 0-32 0-52z" fill="${hair}"/>`;
    case 'bun':
      return `<circle cx="100" cy="26" r="19" fill="${hair}"/><path d="M58 90c-4-36 14-58 42-58s46 22 42 58z" fill="${hair}"/>`;
    case 'braids':
      return `<g fill="${hair}"><path d="M56 88c-4-36 14-58 44-58s48 22 44 58z"/>${[0, 1, 2, 3, 4].map((knot) => `<circle cx="${50 - knot}" cy="${98 + knot * 16}" r="${12 - knot * 1.2}"/><circle cx="${150 + knot}" cy="${98 + knot * 16}" r="${12 - knot * 1.2}"/>`).join('')}</g>`;
    case 'curls':
      return `<g fill="${hair}">${[
        [60, 66],
        [72, 46],
        [92, 36],
        [112, 36],
        [130, 48],
        [140, 68],
        [54, 86],
        [146, 86],
      ]
        .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="19"/>`)
        .join('')}</g>`;
    case 'beard':
    case 'short':
    case 'cap':
      return '';
  }
}

function inFront(look: Look): string {
  const crown =
    look.style === 'cap'
      ? ''
      : `<path d="M60 84c0-30 16-48 40-48s40 18 40 48c-6-18-20-28-40-28s-34 10-40 28z" fill="${look.hair}"/>`;
  return crown + fringe(look);
}

function fringe(look: Look): string {
  const { hair } = look;
  switch (look.style) {
    case 'afro':
      return `<path d="M64 72c8-20 24-28 36-28s28 8 36 28c-12-10-24-14-36-14s-24 4-36 14z" fill="${hair}"/>`;
    case 'long':
      return `<path d="M60 92c0-30 14-50 40-52 26 2 40 22 40 52-8-8-12-20-14-30-20 6-44 4-52 0-2 10-6 22-14 30z" fill="${hair}"/>`;
    case 'bob':
      return `<path d="M58 96c-2-36 16-54 42-54s44 18 42 54c-4-8-6-16-7-24H65c-1 8-3 16-7 24z" fill="${hair}"/>`;
    case 'bun':
      return `<path d="M61 86c2-28 18-44 39-44s37 16 39 44c-10-14-24-26-39-26s-29 12-39 26z" fill="${hair}"/>`;
    case 'braids':
      return `<path d="M60 88c0-30 18-48 40-48s40 18 40 48c-8-16-22-34-40-42-18 8-32 26-40 42z" fill="${hair}"/>`;
    case 'short':
      return `<path d="M58 86c-6-36 18-54 44-52 28 0 46 20 40 52-4-10-6-18-8-22-10 2-20-2-26-8-8 8-26 12-40 8-4 6-8 12-10 22z" fill="${hair}"/>`;
    case 'curls':
      return `<g fill="${hair}">${[
        [70, 60],
        [86, 50],
        [104, 50],
        [122, 56],
        [132, 68],
      ]
        .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="12"/>`)
        .join('')}</g>`;
    case 'beard':
      return `<path d="M60 84c-6-34 16-52 42-50 28 0 42 18 38 50-4-8-6-14-8-22-20 2-44 0-60-4-4 8-10 16-12 26z" fill="${hair}"/><path d="M62 92c2 34 18 52 38 52s36-18 38-52c-4 10-8 16-14 18-10-6-38-6-48 0-6-2-10-8-14-18zm26 26c6-3 18-3 24 0-4 7-20 7-24 0z" fill="${hair}" fill-rule="evenodd"/>`;
    case 'cap':
      return `<path d="M58 82c-2-32 16-50 42-50s44 18 42 50c-16-8-26-10-42-10s-26 2-42 10z" fill="${look.clothes}"/><path d="M56 84c16-12 72-12 88 0 8 2 26 4 30 12-20 4-40-6-74-6-18 0-32-2-44-6z" fill="${look.clothes}"/><path d="M58 82c16-9 68-9 84 0" fill="none" stroke="#000" stroke-opacity="0.25" stroke-width="3"/>`;
  }
}
