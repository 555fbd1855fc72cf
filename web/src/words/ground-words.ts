/** A decision's ground in the words of the complaint form. */
import { t, type Word } from './words.ts';

/** The sentence of a ground; an unknown one as the server wrote it. */
export function groundWords(ground: string): string {
  const word = `complaint.${ground}` as Word;
  const sentence = t(word);
  return sentence === word ? ground : sentence;
}
