import { useAgents } from '../mizan/index.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../routing/link.tsx';
import { useDesk } from '../settings/desk.ts';
import { useTheme } from '../settings/theme.ts';

interface TopBarProps {
  developer: boolean;
  toggleDeveloper: () => void;
  openHelp: () => void;
}

/** The name of the place, and the switches that are about the page itself. */
export function TopBar({ developer, toggleDeveloper, openHelp }: TopBarProps) {
  const { theme, next, step } = useTheme();
  return (
    <div className="top-bar">
      <Link to={{ status: 'open', search: '', page: 1, ticketId: null }} className="brand">
        <img src="/lark.svg" alt="" width="32" height="32" />
        <span>
          <span className="brand-name">Lark Cycles</span>
          <span className="brand-place">Helpdesk</span>
        </span>
      </Link>
      <div className="top-tools">
        <button
          type="button"
          className="icon-button"
          aria-pressed={developer}
          aria-label="Developer panel"
          title="What Mizan does (D)"
          onClick={toggleDeveloper}
        >
          <Icon name="pulse" />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={`Theme: ${theme}, change to ${next}`}
          title={`Theme: ${theme} (T)`}
          onClick={step}
        >
          <Icon name={theme} />
        </button>
        <button
          type="button"
          className="icon-button keyboard-button"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={openHelp}
        >
          <Icon name="keyboard" />
        </button>
      </div>
    </div>
  );
}

/** Whose desk this is. */
export function DeskChooser() {
  const agents = useAgents();
  const { agentId, sitDown } = useDesk();
  return (
    <label className="chooser desk-chooser">
      <Avatar person={agents.find((agent) => agent.id === agentId) ?? null} />
      <span className="visually-hidden">You are</span>
      <select value={agentId} onChange={(event) => sitDown(Number(event.target.value))}>
        {agents.map((agent) => (
          <option key={agent.id} value={agent.id}>
            {agent.name}
          </option>
        ))}
      </select>
    </label>
  );
}
