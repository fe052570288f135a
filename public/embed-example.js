// A page that shows Rankscope in a frame, opens cases in it and hears what came of them.
const frame = document.getElementById('rankscope');
const verdict = document.getElementById('verdict');
const heard = document.getElementById('heard');

const round = {
  program: 'roundTrip',
  sp: 4,
  batch: 1,
  seq: 8,
  heads: 8,
  headDim: 2,
  batchDimIdx: 0,
};
const MESSAGES = {
  broken: { rankscope: 1, type: 'open', case: { implementation: 'deepspeed-6392', ...round } },
  merged: { rankscope: 1, type: 'open', case: { implementation: 'deepspeed-6797', ...round } },
  start: { rankscope: 1, type: 'seek', at: { call: 0, operation: 0 } },
  impossible: {
    rankscope: 1,
    type: 'open',
    case: { implementation: 'deepspeed-6797', ...round, sp: 0 },
  },
  malformed: { rankscope: 1, type: 'run', script: 'alert(1)' },
};

// Rankscope lies beside this page; from elsewhere, name its origin here.
const { origin } = window.location;

window.addEventListener('message', (event) => {
  if (event.source !== frame.contentWindow || event.origin !== origin) return;
  if (event.data?.rankscope !== 1) return;
  const { rankscope, ...said } = event.data;
  if (said.type === 'ready') send({ rankscope: 1, type: 'listen' });
  if (said.type === 'verdict') verdict.textContent = `${said.text}. ${said.headline}`;
  const line = document.createElement('li');
  line.dataset.type = said.type;
  line.textContent = JSON.stringify(said);
  heard.append(line);
  heard.scrollTop = heard.scrollHeight;
});

for (const button of document.querySelectorAll('[data-send]')) {
  button.addEventListener('click', () => send(MESSAGES[button.dataset.send]));
}

function send(message) {
  frame.contentWindow.postMessage(message, origin);
}
