/** The self-timer: counts down, then acts. */
import { useEffect, useRef, useState } from 'react';

/** Counting down. */
interface Countdown {
  /** Seconds left; 0: it does not run. */
  left: number;
  /** Acts at once without a timer, else when it has run out. */
  run: (act: () => void) => void;
  cancel: () => void;
}

/** For a timer of some seconds; 0 is none. */
export function useCountdown(seconds: number): Countdown {
  const [left, setLeft] = useState(0);
  const act = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    if (left === 0) return undefined;
    const timer = setTimeout(() => {
      setLeft(left - 1);
      if (left === 1) act.current?.();
    }, 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return {
    left,
    run: (next) => {
      if (seconds === 0) return next();
      act.current = next;
      setLeft(seconds);
    },
    cancel: () => setLeft(0),
  };
}
