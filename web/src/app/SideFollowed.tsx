/** The first few people one follows, in the sidebar. */
import { useQuery } from '@tanstack/react-query';
import type { People } from '@vitrine/schema';
import { Link } from 'wouter';
import { request } from '../api/request.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { t } from '../words/words.ts';

const SHOWN = 5;
const FRESH_MS = 300_000;

/** Nothing while one follows nobody. */
export default function SideFollowed({ handle }: { handle: string }) {
  const people = useQuery({
    queryKey: ['following', handle, 'side'],
    queryFn: () => request<People>(`/accounts/${encodeURIComponent(handle)}/following`, { query: { limit: SHOWN } }),
    staleTime: FRESH_MS,
  }).data?.accounts;
  if (people === undefined || people.length === 0) return null;
  return (
    <section className="side-people">
      <h2 className="t-micro ink3">{t('app.following')}</h2>
      {people.map((person) => (
        <Link key={person.handle} href={`/@${person.handle}`} className="side-person">
          <Avatar person={person} sizePx={28} />
          <span className="t-small ink2">{person.handle}</span>
        </Link>
      ))}
    </section>
  );
}
