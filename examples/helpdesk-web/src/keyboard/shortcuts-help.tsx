import { Dialog } from '../parts/dialog.tsx';
import { printKey, shortcuts } from './shortcuts.ts';
import { useShortcutsEnabled } from './use-shortcut.ts';

const groups = ['Go', 'This ticket', 'Everywhere'] as const;

/** All shortcuts at a glance, and the switch that turns them off. */
export function ShortcutsHelp({ onClose }: { onClose: () => void }) {
  const [enabled, setEnabled] = useShortcutsEnabled();
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <div className="help">
        {groups.map((group) => (
          <section key={group} aria-labelledby={`help-${group.length}`}>
            <h3 id={`help-${group.length}`} className="nav-title">
              {group}
            </h3>
            <dl>
              {Object.values(shortcuts)
                .filter((shortcut) => shortcut.group === group)
                .map(({ key, does }) => (
                  <div key={key}>
                    <dt>
                      <kbd>{printKey(key)}</kbd>
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="help-note">
        <kbd>↑</kbd> <kbd>↓</kbd> move through the list, <kbd>Enter</kbd> opens a ticket, <kbd>Ctrl</kbd>{' '}
        <kbd>Enter</kbd> sends a reply.
      </p>
      <label className="switch">
        <input type="checkbox" checked={enabled} onChange={(event) => setEnabled(event.target.checked)} />
        Single-key shortcuts
      </label>
    </Dialog>
  );
}
