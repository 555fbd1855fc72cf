/** What was refused, above the button that sends. */

import './accounts.css';

/** Nothing while nothing was refused. */
export function FormError({ error }: { error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <p className="form-error" role="alert">
      {error}
    </p>
  );
}
