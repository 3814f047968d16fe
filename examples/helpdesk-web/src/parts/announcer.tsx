import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Icon } from './icon.tsx';

interface Notice {
  id: number;
  text: string;
  tone: 'done' | 'failed';
  action?: { name: string; run: () => void } | undefined;
}

type Say = (text: string, options?: Partial<Pick<Notice, 'tone' | 'action'>>) => void;

const AnnouncerContext = createContext<Say>(() => {});
const readingTime = 8_000;

/** Shows what happened in a corner, and tells screen readers. The newest notice replaces the one before. */
export function Announcer({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Notice | null>(null);
  const nextId = useRef(0);
  const say = useCallback<Say>((text, options) => {
    setNotice({ id: ++nextId.current, text, tone: 'done', ...options });
  }, []);
  const dismiss = useCallback(() => setNotice(null), []);
  const shown = useMemo(
    () => notice && <NoticeCard key={notice.id} notice={notice} dismiss={dismiss} />,
    [notice, dismiss],
  );
  return (
    <AnnouncerContext value={say}>
      {children}
      <section className="notices" aria-label="Notices">
        <div role="status" aria-live="polite" aria-atomic="true" className="visually-hidden">
          {notice?.tone === 'done' ? notice.text : ''}
        </div>
        <div role="alert" aria-atomic="true" className="visually-hidden">
          {notice?.tone === 'failed' ? notice.text : ''}
        </div>
        {shown}
      </section>
    </AnnouncerContext>
  );
}

function NoticeCard({ notice, dismiss }: { notice: Notice; dismiss: () => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(dismiss, readingTime);
    return () => clearTimeout(timer);
  }, [held, dismiss]);
  const { text, tone, action } = notice;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only keeps the notice from leaving
    <div
      className="notice"
      data-tone={tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{text}</span>
      {action && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            dismiss();
            action.run();
          }}
        >
          {action.name}
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={dismiss}>
        <Icon name="close" />
      </button>
    </div>
  );
}

/** Says something to everybody: `say('Ticket 12 is closed')`. */
export function useSay(): Say {
  return use(AnnouncerContext);
}
