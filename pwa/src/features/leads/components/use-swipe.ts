import { useRef, useState, type PointerEvent } from 'react';

/** From here on a swipe counts. */
const THRESHOLD = 72;
/** Movement that decides whether the finger scrolls or swipes. */
const LOCK = 10;

interface Swipe {
  /** How far the card has been pulled, in px. */
  offset: number;
  /** Where letting go now would lead: 1 forward, -1 back, 0 nowhere. */
  direction: 1 | -1 | 0;
  handlers: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    onPointerUp: () => void;
    onPointerCancel: () => void;
    onClickCapture: (event: { preventDefault: () => void; stopPropagation: () => void }) => void;
  };
}

const IDLE = { x: 0, y: 0, axis: 'none' as 'none' | 'x' | 'y', pointer: -1 };

/**
 * Horizontal swipes by touch or pen with an axis lock: a finger that goes up or down scrolls. Needs `touch-action: pan-y`
 * on the element. It is only ever a second way: whoever uses it offers a button for the same.
 */
export function useSwipe(allowed: { forward: boolean; back: boolean }, onSwipe: (direction: 1 | -1) => void): Swipe {
  const [offset, setOffset] = useState(0);
  const track = useRef({ ...IDLE });
  const swallowClick = useRef(false);
  const direction = offset > THRESHOLD ? 1 : offset < -THRESHOLD ? -1 : 0;

  const reset = () => {
    track.current = { ...IDLE };
    setOffset(0);
  };

  return {
    offset,
    direction,
    handlers: {
      onPointerDown: (event) => {
        swallowClick.current = false;
        if (event.pointerType === 'mouse' || !event.isPrimary) return;
        track.current = { x: event.clientX, y: event.clientY, axis: 'none', pointer: event.pointerId };
      },
      onPointerMove: (event) => {
        const state = track.current;
        if (state.pointer !== event.pointerId || state.axis === 'y') return;
        const dx = event.clientX - state.x;
        const dy = event.clientY - state.y;
        if (state.axis === 'none') {
          if (Math.max(Math.abs(dx), Math.abs(dy)) < LOCK) return;
          state.axis = Math.abs(dx) > Math.abs(dy) * 1.3 ? 'x' : 'y';
          if (state.axis === 'y') return;
          event.currentTarget.setPointerCapture(event.pointerId);
          swallowClick.current = true;
        }
        const open = dx > 0 ? allowed.forward : allowed.back;
        // A direction that leads nowhere gives way a little and holds.
        setOffset(open ? dx : Math.sign(dx) * Math.min(24, Math.abs(dx) / 4));
      },
      onPointerUp: () => {
        if (track.current.axis === 'x' && direction !== 0 && (direction === 1 ? allowed.forward : allowed.back))
          onSwipe(direction);
        reset();
      },
      onPointerCancel: reset,
      onClickCapture: (event) => {
        if (!swallowClick.current) return;
        swallowClick.current = false;
        event.preventDefault();
        event.stopPropagation();
      },
    },
  };
}
