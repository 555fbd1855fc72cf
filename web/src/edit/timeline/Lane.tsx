/** One lane: its name (wide pages) and its pieces. */
import type { ReactNode } from 'react';

/** A lane. `rows`: how many pieces stand above one another. */
export function Lane({
  name,
  icon,
  label,
  rows = 1,
  children,
}: {
  name: string;
  icon: ReactNode;
  label: string;
  rows?: number;
  children: ReactNode;
}) {
  return (
    <div className={`lane lane-${name}`} style={{ '--rows': String(Math.max(1, rows)) } as Record<string, string>}>
      <div className="lane-label t-small">
        {icon}
        {label}
      </div>
      <div className="lane-pieces" role="list" aria-label={label}>
        {children}
      </div>
    </div>
  );
}
