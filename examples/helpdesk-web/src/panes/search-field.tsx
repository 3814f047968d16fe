import { useEffect, useRef, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { useRouting } from '../routing/route-provider.tsx';

const restBeforeSearch = 250;

/** Searches while somebody types. One search is one step for the back button, however many letters it has. */
export function SearchField() {
  const { target, go } = useRouting();
  const [text, setText] = useState(target.search);
  const [typing, setTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = typing ? text : target.search;

  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (value: string) => {
    clearTimeout(timer.current);
    setTyping(false);
    const words = value.trim();
    if (words !== target.search)
      go({ search: words, page: 1 }, { replace: target.search !== '' && words !== '' });
  };

  return (
    <search className="search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search(shown);
        }}
      >
        <Icon name="search" />
        <input
          id="search"
          type="search"
          aria-label="Search tickets"
          placeholder="Search number, words, names"
          maxLength={100}
          autoComplete="off"
          value={shown}
          onChange={(event) => {
            const { value } = event.target;
            setText(value);
            setTyping(true);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => search(value), restBeforeSearch);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            if (shown === '') event.currentTarget.blur();
            else search('');
          }}
        />
        <span className="search-key" aria-hidden="true">
          <kbd>/</kbd>
        </span>
      </form>
    </search>
  );
}
