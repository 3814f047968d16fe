import { createClient, refreshOnFocus } from '@mizan/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { watchedFetch } from './developer/watched-fetch.ts';
import { Announcer } from './parts/announcer.tsx';
import { noteUpdate } from './parts/reload-offer.tsx';
import { RouteProvider } from './routing/route-provider.tsx';
import './styles/tokens.css';
import './styles/base.css';
import './styles/page.css';
import './styles/list.css';
import './styles/ticket.css';
import './styles/developer.css';

createClient({ onContractMismatch: noteUpdate, fetch: watchedFetch });
// Colleagues work on the same tickets: what they did shows when somebody comes back to the page.
refreshOnFocus();

createRoot(document.getElementById('app') as HTMLElement).render(
  <StrictMode>
    <RouteProvider>
      <Announcer>
        <App />
      </Announcer>
    </RouteProvider>
  </StrictMode>,
);
