import { Component, type ReactNode, Suspense } from 'react';
import { Icon } from './icon.tsx';

interface PaneBoundaryProps {
  /** What the pane shows, for "… could not be loaded". */
  what: string;
  skeleton: ReactNode;
  /** Asks the server again. */
  retry: () => void;
  /** A change of it gives a failed pane another chance. */
  resetKey?: string | number;
  /** Something else to show for an error that is not a failure, such as an unknown ticket. */
  explain?: (error: unknown) => ReactNode;
  children: ReactNode;
}

interface PaneBoundaryState {
  error: unknown;
  resetKey: string | number | undefined;
}

/** A pane that waits with a skeleton of its own size, and fails alone, with a button to try again. */
export class PaneBoundary extends Component<PaneBoundaryProps, PaneBoundaryState> {
  override state: PaneBoundaryState = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<PaneBoundaryState> {
    return { error };
  }

  static getDerivedStateFromProps(props: PaneBoundaryProps, state: PaneBoundaryState) {
    return props.resetKey === state.resetKey ? null : { error: null, resetKey: props.resetKey };
  }

  private tryAgain = () => {
    this.props.retry();
    this.setState({ error: null });
  };

  override render() {
    const { children, explain, skeleton, what } = this.props;
    const { error } = this.state;
    if (error === null) return <Suspense fallback={skeleton}>{children}</Suspense>;
    return explain?.(error) ?? <Failure what={what} error={error} retry={this.tryAgain} />;
  }
}

function Failure({ what, error, retry }: { what: string; error: unknown; retry: () => void }) {
  return (
    <div className="blank" role="alert">
      <p className="blank-title">{what} could not be loaded</p>
      <p>{error instanceof Error ? error.message : 'Something unexpected happened.'}</p>
      <button type="button" className="button" onClick={retry}>
        <Icon name="retry" /> Try again
      </button>
    </div>
  );
}
