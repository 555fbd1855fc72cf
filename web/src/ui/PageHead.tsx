/** The head of a plain page: back, title, and what can be done at its end. On wide pages the title stands at the start. */
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { t } from '../words/words.ts';
import { IconButton } from './Button.tsx';
import './page.css';

/** `backTo` is where Back leads when the page was opened directly. Without it there is no Back. */
export function PageHead({ title, backTo, children }: { title: ReactNode; backTo?: string; children?: ReactNode }) {
  return (
    <header className="page-head">
      {backTo !== undefined && <BackButton backTo={backTo} />}
      <h1 className="page-title">{title}</h1>
      <div className="page-acts">{children}</div>
    </header>
  );
}

/** Back to the page before, or to `backTo` where there is none. */
function BackButton({ backTo }: { backTo: string }) {
  const [, navigate] = useLocation();
  return (
    <IconButton label={t('ui.back')} onClick={() => (history.length > 1 ? history.back() : navigate(backTo))}>
      <ArrowLeft size={24} strokeWidth={1.9} className="turns-rtl" />
    </IconButton>
  );
}
