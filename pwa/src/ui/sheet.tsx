import { X } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, type PointerEvent, type ReactNode } from 'react';
import { IconButton } from './button';

interface SheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Stays in sight below the scrolling content. */
  footer?: ReactNode;
}

const CLOSE_DISTANCE = 90;

/**
 * A sheet from the bottom on phones, a dialog in the middle on wider screens. Render it to open it. The browser's own
 * modal dialog gives the focus trap, the inert page behind, Escape and the return of the focus.
 */
export function Sheet({ title, onClose, children, footer }: SheetProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const start = useRef<number | null>(null);

  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return undefined;
    dialog.showModal();
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    return () => dialog.close();
  }, []);

  useEffect(() => {
    const { overflow } = document.documentElement.style;
    document.documentElement.style.overflow = 'hidden';
    return () => {
      document.documentElement.style.overflow = overflow;
    };
  }, []);

  const drag = (event: PointerEvent<HTMLElement>) => {
    if (start.current === null || ref.current === null) return;
    ref.current.style.transform = `translateY(${Math.max(0, event.clientY - start.current)}px)`;
  };
  const drop = (event: PointerEvent<HTMLElement>) => {
    if (start.current === null || ref.current === null) return;
    const distance = event.clientY - start.current;
    start.current = null;
    ref.current.style.transform = '';
    if (distance > CLOSE_DISTANCE) onClose();
  };

  return (
    // The click closes by pressing beside the sheet; Escape and the close button do the same for everyone else.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
      className="animate-rise m-0 mt-auto w-full max-w-full rounded-t-3xl border-line bg-panel p-0 text-text shadow-2xl sm:m-auto sm:max-w-lg sm:rounded-3xl sm:border"
    >
      <div className="flex max-h-[88dvh] flex-col">
        <header
          className="flex touch-none items-center gap-2 pt-1 pr-2 pl-5"
          onPointerDown={(event) => {
            if (event.pointerType === 'mouse' || (event.target as Element).closest('button')) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            start.current = event.clientY;
          }}
          onPointerMove={drag}
          onPointerUp={drop}
          onPointerCancel={drop}
        >
          <span
            aria-hidden
            className="absolute top-1.5 left-1/2 h-1 w-10 -translate-x-1/2 rounded-full bg-line sm:hidden"
          />
          <h2 id={titleId} className="flex-1 py-4 text-lg font-bold">
            {title}
          </h2>
          <IconButton label="Close" onClick={onClose}>
            <X aria-hidden className="size-5" />
          </IconButton>
        </header>
        <div className="flex-1 overflow-x-hidden overflow-y-auto px-5 pt-1 pb-5">{children}</div>
        {footer !== undefined && (
          <footer className="border-t border-line px-5 pt-3 pb-[max(12px,env(safe-area-inset-bottom))]">
            {footer}
          </footer>
        )}
      </div>
    </dialog>
  );
}
