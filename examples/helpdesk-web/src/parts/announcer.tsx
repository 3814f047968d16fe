import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react';
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

/** More than these would cover the page; the oldest leaves first. */
const most = 3;

/** Shows what happened in a corner, and tells screen readers: each notice for itself, so that none is lost to a faster one. */
export function Announcer({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const nextId = useRef(0);
  const say = useCallback<Say>((text, options) => {
    const notice: Notice = { id: ++nextId.current, text, tone: 'done', ...options };
    // The same words again count once.
    setNotices((before) => [...before.filter((one) => one.text !== text), notice].slice(-most));
  }, []);
  const dismiss = useCallback((id: number) => setNotices((all) => all.filter((one) => one.id !== id)), []);
  const told = (tone: Notice['tone']) =>
    notices.filter((notice) => notice.tone === tone).map(({ id, text }) => <p key={id}>{text}</p>);
  return (
    <AnnouncerContext value={say}>
      {children}
      <section className="notices" aria-label="Notices">
        <div role="status" aria-atomic="false" className="visually-hidden">
          {told('done')}
        </div>
        <div role="alert" aria-atomic="false" className="visually-hidden">
          {told('failed')}
        </div>
        {notices.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} dismiss={dismiss} />
        ))}
      </section>
    </AnnouncerContext>
  );
}

function NoticeCard({ notice, dismiss }: { notice: Notice; dismiss: (id: number) => void }) {
  const [held, setHeld] = useState(false);
  const { id, text, tone, action } = notice;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(id), readingTime);
    return () => clearTimeout(timer);
  }, [held, dismiss, id]);
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
            dismiss(id);
            action.run();
          }}
        >
          {action.name}
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismiss(id)}>
        <Icon name="close" />
      </button>
    </div>
  );
}

/** Says something to everybody: `say('Ticket 12 is closed')`. */
export function useSay(): Say {
  return use(AnnouncerContext);
}
