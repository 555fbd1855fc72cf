/** The colour filters as SVG, for canvases and for swatches: the matrices that the renderer uses. */
import { FILTER_NAMES, svgMatrix } from '@vitrine/edit';
import { filterId } from './paint.ts';

/** Put it into the page once. */
export function FilterDefinitions() {
  return (
    <svg width="0" height="0" className="filter-definitions" aria-hidden="true">
      {FILTER_NAMES.map((name) => (
        <filter key={name} id={filterId(name)} colorInterpolationFilters="sRGB">
          <feColorMatrix type="matrix" values={svgMatrix(name)} />
        </filter>
      ))}
    </svg>
  );
}
