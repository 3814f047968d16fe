import type { ComponentProps, MouseEvent } from 'react';
import { formatRoute, type Route } from './route.ts';
import { useRouting } from './route-provider.tsx';

interface LinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  to: Partial<Route>;
}

/** A link to another route of the page. New tabs and copied addresses work as with any link. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  const { target, go } = useRouting();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!plain || event.defaultPrevented) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={formatRoute({ ...target, ...to })} onClick={follow} />;
}
