import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useTransition,
} from 'react';
import { formatRoute, parseRoute, type Route } from './route.ts';

interface Routing {
  /** What the panes show. */
  route: Route;
  /** What was asked for last; ahead of `route` while a list is on its way. */
  target: Route;
  /** Goes to the route with these changes. `replace` leaves no step for the back button. */
  go: (change: Partial<Route>, options?: { replace?: boolean }) => void;
}

const RoutingContext = createContext<Routing | null>(null);

/** Keeps the route and the address bar together. The old list stays until the new one is there. */
export function RouteProvider({ children }: { children: ReactNode }) {
  const [route, setRoute] = useState(() => parseRoute(window.location));
  const [target, setTarget] = useState(route);
  const [, startTransition] = useTransition();

  const show = useCallback((next: Route) => {
    setTarget(next);
    startTransition(() => setRoute(next));
  }, []);

  useEffect(() => {
    const follow = () => show(parseRoute(window.location));
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, [show]);

  const go = useCallback<Routing['go']>(
    (change, options) => {
      const now = parseRoute(window.location);
      const next = { ...now, ...change };
      const address = formatRoute(next);
      if (address !== formatRoute(now) || now.ticketId === 'unknown') {
        window.history[options?.replace ? 'replaceState' : 'pushState'](null, '', address);
      }
      show(next);
    },
    [show],
  );

  const routing = useMemo(() => ({ route, target, go }), [route, target, go]);
  return <RoutingContext value={routing}>{children}</RoutingContext>;
}

export function useRouting(): Routing {
  const routing = use(RoutingContext);
  if (routing === null) throw new Error('useRouting needs a RouteProvider above it');
  return routing;
}
