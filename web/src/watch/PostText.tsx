/** A post's text with its #tags and @handles as links. */
import { Fragment } from 'react';
import { Link } from 'wouter';

const MARKS = /([#@][\p{L}\p{N}_.]*[\p{L}\p{N}_])/gu;

/** Text whose marks lead to their pages. */
export function PostText({ text }: { text: string }) {
  return (
    <>
      {text.split(MARKS).map((part, place) => {
        if (place % 2 === 0) return <Fragment key={place}>{part}</Fragment>;
        const name = part.slice(1);
        const href = part.startsWith('#')
          ? `/tag/${encodeURIComponent(name.toLowerCase())}`
          : `/@${name.toLowerCase()}`;
        return (
          <Link key={place} href={href} className="mark-link">
            {part}
          </Link>
        );
      })}
    </>
  );
}
