import { useState } from 'react';
import { DeveloperPanel } from './developer/developer-panel.tsx';
import { ShortcutsHelp } from './keyboard/shortcuts-help.tsx';
import { useShortcut, useShortcutListener } from './keyboard/use-shortcut.ts';
import { TeamContext } from './mizan/index.ts';
import { ListPane } from './panes/list-pane.tsx';
import { Navigation } from './panes/navigation.tsx';
import { NewTicketForm } from './panes/new-ticket-form.tsx';
import { TicketPane } from './panes/ticket-pane.tsx';
import { DeskChooser, TopBar } from './panes/top-bar.tsx';
import { PaneBoundary } from './parts/pane-boundary.tsx';
import { ReloadOffer } from './parts/reload-offer.tsx';
import { useRouting } from './routing/route-provider.tsx';
import { useTheme } from './settings/theme.ts';
import { useStored } from './settings/use-stored.ts';

/** The page: views, list and ticket side by side, or one at a time where it is narrow. */
export function App() {
  const { target } = useRouting();
  const [dialog, setDialog] = useState<'help' | 'create' | null>(null);
  const [developer, setDeveloper] = useStored('developer', false);
  const { step } = useTheme();
  useShortcutListener();
  useShortcut('help', () => setDialog('help'));
  useShortcut('create', () => setDialog('create'));
  useShortcut('search', () => document.getElementById('search')?.focus());
  useShortcut('developer', () => setDeveloper(!developer));
  useShortcut('theme', step);
  const close = () => setDialog(null);

  return (
    <TeamContext>
      <a className="skip-link" href={target.ticketId === null ? '#list' : '#ticket'}>
        Skip to {target.ticketId === null ? 'the list' : 'the ticket'}
      </a>
      <title>Helpdesk · Lark Cycles</title>
      <ReloadOffer />
      <div
        className="page"
        data-pane={target.ticketId === null ? 'list' : 'ticket'}
        data-developer={developer}
      >
        <header className="side" data-context="summary">
          <TopBar
            developer={developer}
            toggleDeveloper={() => setDeveloper(!developer)}
            openHelp={() => setDialog('help')}
          />
          <Navigation />
          <PaneBoundary
            what="The team"
            retry={() => TeamContext.refresh()}
            skeleton={<span className="chooser desk-chooser bone" />}
          >
            <DeskChooser />
          </PaneBoundary>
        </header>
        <main className="work">
          <h1 className="visually-hidden">Helpdesk of Lark Cycles</h1>
          <ListPane openForm={() => setDialog('create')} />
          <TicketPane />
        </main>
        {developer && <DeveloperPanel onClose={() => setDeveloper(false)} />}
      </div>
      {dialog === 'help' && <ShortcutsHelp onClose={close} />}
      {dialog === 'create' && <NewTicketForm onClose={close} />}
    </TeamContext>
  );
}
