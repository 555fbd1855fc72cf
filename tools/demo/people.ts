import type { Look } from './avatar.ts';

/** An invented creator of the demo. */
export type Creator = {
  handle: string;
  name: string;
  bio: string;
  links: readonly string[];
  look: Look;
  follows: readonly string[];
};

/** The creators. Every name, place and face is made up. */
export const CREATORS: readonly Creator[] = [
  {
    handle: 'mara.kiln',
    name: 'Mara Okafor',
    bio: 'Glazes, tested one at a time. The kiln decides.',
    links: ['https://kiln.example/'],
    look: { skin: '#8a5637', hair: '#2a1a14', style: 'afro', clothes: '#2f6f74', ground: '#f6cfa4' },
    follows: ['noor.cooks', 'tobias.wav', 'ilse.walks', 'salma.moves', 'hana.clay'],
  },
  {
    handle: 'noor.cooks',
    name: 'Noor Haddad',
    bio: 'Breakfast at any hour. Recipes in the comments, always free.',
    links: ['https://noor.example/table'],
    look: { skin: '#d79a72', hair: '#c4512d', style: 'long', clothes: '#d9573a', ground: '#ffe3c9' },
    follows: ['mara.kiln', 'salma.moves', 'idris.plays'],
  },
  {
    handle: 'tobias.wav',
    name: 'Tobias Lindqvist',
    bio: 'I record rooms, kettles and kilns, and make tunes of them.',
    links: ['https://wav.example/tobias'],
    look: { skin: '#f0c5a4', hair: '#5a3a28', style: 'beard', clothes: '#7c3241', ground: '#cfe3dc' },
    follows: ['mara.kiln', 'junpei.k', 'idris.plays', 'lena.paper'],
  },
  {
    handle: 'ilse.walks',
    name: 'Ilse Brandt',
    bio: 'Long walks, short films. Nothing happens, on purpose.',
    links: [],
    look: { skin: '#f4d3b8', hair: '#e0b25a', style: 'bun', clothes: '#33507a', ground: '#cdd9ee' },
    follows: ['junpei.k', 'mara.kiln', 'rui.agua', 'lena.paper'],
  },
  {
    handle: 'salma.moves',
    name: 'Salma Benali',
    bio: 'Movement teacher. Also: pools.',
    links: [],
    look: { skin: '#a56a45', hair: '#1d1512', style: 'braids', clothes: '#2d4f86', ground: '#ffdfae' },
    follows: ['noor.cooks', 'idris.plays', 'tobias.wav', 'rui.agua'],
  },
  {
    handle: 'junpei.k',
    name: 'Junpei Kanda',
    bio: 'Sky at night, tea by day. 64 degrees north.',
    links: ['https://sky.example/junpei'],
    look: { skin: '#f1cca2', hair: '#1b1b22', style: 'short', clothes: '#30343f', ground: '#bfe3d0' },
    follows: ['ilse.walks', 'tobias.wav', 'rui.agua'],
  },
  {
    handle: 'lena.paper',
    name: 'Lena Varga',
    bio: 'Paper, a knife, and a lamp held low.',
    links: [],
    look: { skin: '#f6d8c2', hair: '#7a2f3c', style: 'bob', clothes: '#e5a13a', ground: '#f3d3d8' },
    follows: ['mara.kiln', 'hana.clay', 'ilse.walks'],
  },
  {
    handle: 'rui.agua',
    name: 'Rui Amado',
    bio: 'Agua, peces, paciencia. / Water, fish, patience.',
    links: [],
    look: { skin: '#c98d63', hair: '#3a2a22', style: 'curls', clothes: '#1f7f8a', ground: '#d6f0ea' },
    follows: ['salma.moves', 'junpei.k', 'noor.cooks'],
  },
  {
    handle: 'idris.plays',
    name: 'Idris Farah',
    bio: 'Records first, questions later. I play what I find at the market.',
    links: ['https://records.example/'],
    look: { skin: '#6b4128', hair: '#14100e', style: 'cap', clothes: '#caa13c', ground: '#dccdf0' },
    follows: ['tobias.wav', 'noor.cooks', 'mara.kiln', 'salma.moves'],
  },
  {
    handle: 'hana.clay',
    name: 'Hana Petrov',
    bio: 'Second-year potter. Slow on purpose.',
    links: [],
    look: { skin: '#efc3a0', hair: '#8d8d96', style: 'long', clothes: '#5f7a58', ground: '#e6e0d2' },
    follows: ['mara.kiln', 'lena.paper'],
  },
];

/** The account that a visitor of the demo signs in with. */
export const VISITOR = {
  handle: 'visitor',
  name: 'Demo visitor',
  follows: ['mara.kiln', 'junpei.k', 'noor.cooks', 'rui.agua'],
} as const;
