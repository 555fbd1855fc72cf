import './stores.ts';
import './testing/region.ts';
