/** Parts of the app come over the line when they are first needed; this stands where one did not come. */
import { Component, useEffect, type ReactNode } from 'react';
import { ApiProblem, sentenceOf } from '../api/request.ts';
import { ErrorState } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';

/** No network, or a file that an update has replaced. */
function reason(): ApiProblem {
  return new ApiProblem(navigator.onLine ? 'part_not_loaded' : 'offline', 0);
}

/**
 * In place of a screen. A file that failed once is not asked for again by the same page: the way on is a reload, by itself as
 * soon as there is a network again.
 */
export function NotLoaded() {
  useEffect(() => {
    const again = (): void => location.reload();
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, []);
  return <ErrorState error={reason()} onRetry={() => location.reload()} />;
}

/** In place of a sheet, over a screen that goes on. */
export function tellNotLoaded(): void {
  toast(sentenceOf(reason()), () => location.reload(), t('ui.tryNow'));
}

interface GuardProps {
  /** What is shown, by any name: with another one it is tried again. */
  of: string;
  /** Instead of the error in place. */
  onFailed?: () => void;
  children: ReactNode;
}

/** Catches what its children throw while they render. */
export class LoadGuard extends Component<GuardProps, { failedOf: string | undefined }> {
  override state = { failedOf: undefined };

  override componentDidCatch(error: unknown): void {
    this.setState({ failedOf: this.props.of });
    console.error(error);
    this.props.onFailed?.();
  }

  override render(): ReactNode {
    if (this.state.failedOf !== this.props.of) return this.props.children;
    return this.props.onFailed === undefined ? <NotLoaded /> : null;
  }
}
