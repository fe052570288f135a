/** When something is painted: at most once a frame, however often it is asked for. */
export interface NextFrame {
  /** In the next frame. */
  ask(): void;
  /** In the one after it, where none is awaited yet: what the page says is painted before. */
  askAfterWords(): void;
  cancel(): void;
}

export function nextFrame(paint: () => void): NextFrame {
  /** 0 where none is awaited. */
  let frame = 0;
  const come = () => {
    frame = 0;
    paint();
  };
  return {
    ask() {
      if (frame === 0) frame = requestAnimationFrame(come);
    },
    askAfterWords() {
      if (frame !== 0) return;
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(come);
      });
    },
    cancel() {
      cancelAnimationFrame(frame);
      frame = 0;
    },
  };
}
