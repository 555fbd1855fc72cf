/** Saves the receipt of a post's page as a file. */
import { ask } from '../rank/for-you.ts';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';

/** Offers the file; says so when there is none any more. */
export async function saveReceipt(post: number): Promise<void> {
  const receipt = await ask('receipt', post).catch(() => undefined);
  if (receipt === undefined) {
    toast(t('why.noReceipt'));
    return;
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(receipt)], { type: 'application/json' }));
  link.download = `vitrine-receipt-${receipt.counter}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
  toast(t('why.receiptSaved'));
}
