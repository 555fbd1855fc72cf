/** Why nothing can be made of an order. */
import type { ProblemCode } from '../platform/problem.ts';

/** Why a post cannot be made. */
export interface Reason {
  code: ProblemCode;
  detail: string;
  fields?: { path: string; message: string }[];
}
