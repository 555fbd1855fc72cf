/** The recovery codes, shown once: to copy, to save as a file, to write down. */
import { Check, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { t } from '../words/words.ts';
import './accounts.css';

function saveAsFile(handle: string, codes: readonly string[]): void {
  const text = `${t('account.codesFile', { handle, site: location.host })}\n\n${codes.join('\n')}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `vitrine-${handle}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** The codes and the two ways to keep them; `onKept` tells that one of them was used. */
export function RecoveryCodes({
  handle,
  codes,
  onKept,
}: {
  handle: string;
  codes: readonly string[];
  onKept?: () => void;
}) {
  const [isCopied, setIsCopied] = useState(false);
  return (
    <div className="codes">
      <ol className="codes-list t-mono" dir="ltr" aria-label={t('account.codes')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="codes-acts">
        <Button
          icon={isCopied ? <Check size={18} /> : <Copy size={18} />}
          onClick={() => {
            void navigator.clipboard.writeText(codes.join('\n')).then(() => {
              setIsCopied(true);
              onKept?.();
            });
          }}
        >
          {isCopied ? t('account.copied') : t('account.copy')}
        </Button>
        <Button
          icon={<Download size={18} />}
          onClick={() => {
            saveAsFile(handle, codes);
            onKept?.();
          }}
        >
          {t('account.saveFile')}
        </Button>
      </div>
    </div>
  );
}
