/** A QR code: dark on white in both themes, so that every camera reads it. */
import qrcode from 'qrcode-generator';

/** One path of all dark modules: sharp at any size. */
function pathOf(text: string): { path: string; modules: number } {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const modules = code.getModuleCount();
  let path = '';
  for (let row = 0; row < modules; row += 1)
    for (let column = 0; column < modules; column += 1)
      if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
  return { path, modules };
}

/** The picture. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }) {
  const { path, modules } = pathOf(text);
  return (
    <svg
      className={className}
      viewBox={`-2 -2 ${modules + 4} ${modules + 4}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#0c1013" />
    </svg>
  );
}
