import type { Person } from '../mizan/index.ts';

interface AvatarProps {
  /** Null draws the empty place of nobody. */
  person: Pick<Person, 'id' | 'name' | 'role'> | null;
  size?: 'small' | 'large';
}

/** The initials of somebody, in a colour of their own. Decoration: the name stands beside it or in its title. */
export function Avatar({ person, size = 'small' }: AvatarProps) {
  const initials = person === null ? '' : initialsOf(person.name);
  return (
    <span
      className="avatar"
      data-size={size}
      data-role={person?.role ?? 'nobody'}
      style={person === null ? undefined : { '--hue': (person.id * 137) % 360 }}
      aria-hidden="true"
    >
      {initials}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.split(' ');
  return `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
}
