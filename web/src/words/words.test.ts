import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

type Message = string | Record<string, string>;
type Messages = Record<string, Record<string, Message>>;

const folder = new URL('./', import.meta.url);
const read = (name: string): Messages => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Messages;
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const english = read('en.json');

/** Every key as `section.name`. */
const keysOf = (messages: Messages): string[] =>
  Object.entries(messages).flatMap(([section, words]) => Object.keys(words).map((word) => `${section}.${word}`));
const holesOf = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map((found) => found[1] ?? '')
    .toSorted((one, other) => one.localeCompare(other))
    .join(' ');
const formsOf = (message: Message | undefined): string[] =>
  typeof message === 'string' ? [message] : Object.values(message ?? {});

/** Forms that may be left to `other`: none of something in Arabic, millions of something in Spanish. */
const OPTIONAL: ReadonlySet<string> = new Set(['ar zero', 'es many']);

for (const name of names) {
  const messages = read(name);
  const tag = name.replace('.json', '');
  test(`${tag} has every message of English and no other`, () =>
    assert.deepEqual(keysOf(messages).toSorted(), keysOf(english).toSorted()));
  test(`${tag} has the plural forms that its language needs`, () => {
    const needed = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const [section, words] of Object.entries(english)) {
      for (const [word, message] of Object.entries(words)) {
        if (typeof message === 'string') continue;
        const forms = messages[section]?.[word];
        assert.equal(typeof forms, 'object', `${section}.${word}`);
        for (const category of needed)
          if (!OPTIONAL.has(`${tag} ${category}`))
            assert.ok(category in (forms as object), `${section}.${word} lacks ${category}`);
      }
    }
  });
  test(`${tag} fills no hole that English does not give`, () => {
    for (const [section, words] of Object.entries(english)) {
      for (const [word, message] of Object.entries(words)) {
        const given = new Set(formsOf(message).flatMap((form) => holesOf(form).split(' ')));
        for (const form of formsOf(messages[section]?.[word]))
          for (const hole of holesOf(form).split(' '))
            assert.ok(hole === '' || given.has(hole), `${section}.${word}: {${hole}}`);
      }
    }
  });
}
