/**
 * Runs in a page before its scripts: keeps in `window.scriptTimes` what the callbacks of each frame
 * take together, in milliseconds by the frame's time, and what the messages of Workers do since the
 * frame before.
 */
export function keepScriptTimes() {
  const request = window.requestAnimationFrame.bind(window);
  let sinceFrame = 0;
  window.scriptTimes = new Map();
  window.requestAnimationFrame = (callback) =>
    request((frame) => {
      const began = performance.now();
      callback(frame);
      const before = window.scriptTimes.get(frame) ?? sinceFrame;
      sinceFrame = 0;
      window.scriptTimes.set(frame, before + performance.now() - began);
    });
  const { get, set } = Object.getOwnPropertyDescriptor(Worker.prototype, 'onmessage');
  Object.defineProperty(Worker.prototype, 'onmessage', {
    get,
    set(hear) {
      set.call(this, (event) => {
        const began = performance.now();
        hear(event);
        // What it has React do is done in a microtask that stands in line before this one.
        queueMicrotask(() => {
          sinceFrame += performance.now() - began;
        });
      });
    },
  });
}
