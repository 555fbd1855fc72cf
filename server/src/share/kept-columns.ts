/** What the region keeps, as people read it: made from the table of column classes. */
import { COLUMN_CLASSES } from '../platform/column-classes.ts';
import type { ColumnClass } from '../platform/table-class.ts';

const CLASS_WORDS: Readonly<Record<ColumnClass, string>> = {
  public: 'shown to anyone who may see the thing itself',
  private: 'yours alone',
  secret: 'read back by nobody',
  derived: 'counted from other things',
  ops: 'needed to run the machine',
};

/** The classes and every column of every table, as Markdown. */
export function keptColumns(): string {
  const rows = Object.entries(COLUMN_CLASSES)
    .map(([table, { columns }]) => `| ${table.replaceAll('_', ' ')} | ${summary(columns)} |`)
    .sort();
  const classes = Object.entries(CLASS_WORDS).map(([name, words]) => `- **${name}**: ${words}`);
  return `${classes.join('\n')}

| what | kept as |
|---|---|
${rows.join('\n')}`;
}

/** `public: id, handle · private: age band`. */
function summary(columns: Readonly<Record<string, ColumnClass>>): string {
  const byClass = new Map<ColumnClass, string[]>();
  for (const [column, kind] of Object.entries(columns))
    byClass.set(kind, [...(byClass.get(kind) ?? []), column.replaceAll('_', ' ')]);
  return [...byClass].map(([kind, names]) => `**${kind}**: ${names.join(', ')}`).join('; ');
}
